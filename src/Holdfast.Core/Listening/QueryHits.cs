namespace Holdfast.Core.Listening;

/// <summary>What to highlight: every place of every term that is asked for, not of those that are excluded.</summary>
internal static class QueryHits
{
    public static IReadOnlyList<TextSpan> Find(QueryNode root, FoldedText text)
    {
        var places = new List<TermPlace>();
        Collect(root, text, places);
        places.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var spans = new List<TextSpan>();
        var end = 0;
        foreach (var place in places)
        {
            var start = Math.Max(place.Start, end);
            if (place.End <= start)
                continue;
            // Overlapping places are shown as one.
            if (spans.Count > 0 && place.Start < end)
                spans[^1] = spans[^1] with { Length = place.End - spans[^1].Start };
            else
                spans.Add(new TextSpan(start, place.End - start));
            end = place.End;
        }

        return spans;
    }

    private static void Collect(QueryNode node, FoldedText text, List<TermPlace> places)
    {
        switch (node)
        {
            case AllOf all:
                foreach (var part in all.Parts)
                    Collect(part, text, places);
                break;
            case AnyOf any:
                foreach (var part in any.Parts)
                    Collect(part, text, places);
                break;
            case Near near:
                Collect(near, text, places);
                break;
            case Term term:
                places.AddRange(TermSpans.Find(term, text));
                break;
            default:
                break;
        }
    }

    private static void Collect(Near near, FoldedText text, List<TermPlace> places)
    {
        var left = TermSpans.FindAny(near.Left, text);
        var right = TermSpans.FindAny(near.Right, text);
        // Those that have their neighbour; a neighbour before is a follower of that one.
        places.AddRange(left.Where(l => QueryMatch.HasFollower(l, right, near.Distance) || HasLeader(l, right, near.Distance)));
        places.AddRange(right.Where(r => QueryMatch.HasFollower(r, left, near.Distance) || HasLeader(r, left, near.Distance)));
    }

    private static bool HasLeader(TermPlace place, List<TermPlace> places, int distance) =>
        places.Exists(p => p.Last < place.First && place.First - p.Last - 1 <= distance);
}
