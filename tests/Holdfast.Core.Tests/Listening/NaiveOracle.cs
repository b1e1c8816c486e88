using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

/// <summary>
/// A second, slow spelling of the grammar: posts are lists of words that were known before they were written down, queries
/// are trees that were known before they were written down. Nothing of the product is used but its records.
/// </summary>
internal static class NaiveOracle
{
    /// <summary>A word as it can be read at places <paramref name="First"/> to <paramref name="Last"/> of a post.</summary>
    public sealed record Spelling(string Text, int First, int Last);

    public sealed record KnownPost(Post Post, Spelling[] Spellings, bool HasLink);

    public abstract record Node;

    public sealed record And(Node[] Parts) : Node;

    public sealed record Or(Node[] Parts) : Node;

    public sealed record Not(Node Part) : Node;

    public sealed record Near(Node[] Left, Node[] Right, int Between) : Node;

    /// <summary>Elements in a row; an element is any one of some words, or of some rows of words.</summary>
    public sealed record Row(Element[] Elements) : Node;

    public sealed record Element(string[][] Choices, bool Prefix);

    public sealed record Filter(string Text, Func<KnownPost, bool> Holds) : Node;

    public static bool Matches(Node node, KnownPost post) => node switch
    {
        And and => Array.TrueForAll(and.Parts, p => Matches(p, post)),
        Or or => Array.Exists(or.Parts, p => Matches(p, post)),
        Not not => !Matches(not.Part, post),
        Row row => Places(row, post).Any(),
        Filter filter => filter.Holds(post),
        Near near => near.Left.SelectMany(l => Places((Row)l, post)).Any(l => near.Right.SelectMany(r => Places((Row)r, post)).Any(r =>
            (r.First > l.Last && r.First - l.Last - 1 <= near.Between) || (l.First > r.Last && l.First - r.Last - 1 <= near.Between))),
        _ => throw new InvalidOperationException(),
    };

    private static IEnumerable<(int First, int Last)> Places(Row row, KnownPost post)
    {
        foreach (var first in post.Spellings.Select(s => s.First).Distinct())
        {
            foreach (var last in Ends(row.Elements, first, post))
                yield return (first, last);
        }
    }

    // Every place where the elements, begun at a place, may end.
    private static IEnumerable<int> Ends(Element[] elements, int first, KnownPost post)
    {
        foreach (var choice in elements[0].Choices)
        {
            foreach (var last in Ends(choice, elements[0].Prefix, first, post))
            {
                if (elements.Length == 1)
                    yield return last;
                else
                    foreach (var end in Ends(elements[1..], last + 1, post))
                        yield return end;
            }
        }
    }

    private static IEnumerable<int> Ends(string[] words, bool prefix, int first, KnownPost post)
    {
        foreach (var spelling in post.Spellings)
        {
            var reads = words.Length == 1 && prefix ? spelling.Text.StartsWith(words[0], StringComparison.Ordinal) : spelling.Text == words[0];
            if (!reads || spelling.First != first)
                continue;
            if (words.Length == 1)
                yield return spelling.Last;
            else
                foreach (var end in Ends(words[1..], prefix, spelling.Last + 1, post))
                    yield return end;
        }
    }
}
