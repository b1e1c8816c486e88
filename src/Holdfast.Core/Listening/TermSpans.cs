using System.Diagnostics;

namespace Holdfast.Core.Listening;

/// <summary>Where a term stands: positions of its first and last word, and the piece of the original text.</summary>
internal readonly record struct TermPlace(int First, int Last, int Start, int End);

/// <summary>Finds the places of terms in a folded text. Never more places than the text has tokens.</summary>
internal static class TermSpans
{
    /// <summary>Whether the term stands anywhere; most queries end here, at the first word that is missing.</summary>
    public static bool Stands(Term term, FoldedText text) => term switch
    {
        Word { IsPrefix: false } word => text.Has(word.Text, string.GetHashCode(word.Text.AsSpan())),
        Word word => text.HasPrefix(word.Text),
        Joined joined => Stands(joined.Whole, text) || Stands(joined.Parts, text),
        Phrase phrase => phrase.Parts.All(p => Stands(p, text)) && Find(phrase, text).Count > 0,
        _ => throw new UnreachableException(),
    };

    /// <summary>In order of their first word.</summary>
    public static List<TermPlace> Find(Term term, FoldedText text)
    {
        switch (term)
        {
            case Word word:
                return Find(word, text);
            case Phrase phrase:
                return Find(phrase, text);
            case Joined joined:
                return Union(Find(joined.Whole, text), Find(joined.Parts, text));
            default:
                throw new UnreachableException();
        }
    }

    public static List<TermPlace> FindAny(IReadOnlyList<Term> terms, FoldedText text)
    {
        var places = new List<TermPlace>();
        foreach (var term in terms)
            places.AddRange(Find(term, text));
        return terms.Count == 1 ? places : Ordered(places);
    }

    private static List<TermPlace> Find(Word word, FoldedText text)
    {
        var tokens = new List<Token>();
        if (word.IsPrefix)
        {
            text.FindPrefix(word.Text, tokens);
        }
        else
        {
            text.Find(word.Text, string.GetHashCode(word.Text.AsSpan()), tokens);
            tokens.Reverse();
        }

        return Ordered(tokens.ConvertAll(t => new TermPlace(t.First, t.Last, t.Start, t.End)));
    }

    private static List<TermPlace> Find(Phrase phrase, FoldedText text)
    {
        var begun = Find(phrase.Parts[0], text);
        for (var i = 1; i < phrase.Parts.Count && begun.Count > 0; i++)
        {
            var next = Find(phrase.Parts[i], text).ToLookup(p => p.First);
            var longer = new List<TermPlace>();
            foreach (var place in begun)
            {
                foreach (var follower in next[place.Last + 1])
                    longer.Add(place with { Last = follower.Last, End = follower.End });
            }

            begun = Ordered(longer);
        }

        return begun;
    }

    private static List<TermPlace> Union(List<TermPlace> some, List<TermPlace> others)
    {
        some.AddRange(others);
        return Ordered(some);
    }

    // Two ways to read the same words at the same place are one place.
    private static List<TermPlace> Ordered(List<TermPlace> places)
    {
        if (places.Count > 1)
        {
            places.Sort((a, b) => a.First != b.First ? a.First.CompareTo(b.First) : a.Last.CompareTo(b.Last));
            places = [.. places.DistinctBy(p => (p.First, p.Last))];
        }

        return places;
    }
}
