namespace Holdfast.Core.Listening;

/// <summary>A word, or the beginning of one, whose presence makes a query worth looking at.</summary>
internal readonly record struct Anchor(string Text, bool IsPrefix);

/// <summary>
/// The words of which a post must hold at least one for a query to match, chosen to be as rare as can be. A query has
/// none where a post without any word could match it, as with filters alone.
/// </summary>
internal sealed record QueryAnchors(IReadOnlyList<Anchor> Anchors, double Cost)
{
    private const string AuthorKey = "from:";
    private const double AuthorCost = 0.0001;

    /// <summary>The word that stands for an author; no folded text holds a colon.</summary>
    public static string Author(string handle) => AuthorKey + handle;

    public static QueryAnchors? Of(QueryNode node) => node switch
    {
        AllOf all => Cheapest(all.Parts),
        AnyOf any => Together(any.Parts),
        Near near => Cheaper(Together(near.Left), Together(near.Right)),
        Word word => new([new Anchor(word.Text, word.IsPrefix)], CommonWords.Share(word)),
        Phrase phrase => Cheapest(phrase.Parts),
        Joined joined => Together([joined.Whole, joined.Parts]),
        WrittenBy author => new([new Anchor(Author(author.Handle), false)], AuthorCost),
        _ => null,
    };

    private static QueryAnchors? Cheapest(IReadOnlyList<QueryNode> parts)
    {
        QueryAnchors? best = null;
        foreach (var part in parts)
            best = Cheaper(best, Of(part));
        return best;
    }

    private static QueryAnchors? Cheaper(QueryAnchors? one, QueryAnchors? other) =>
        one is null ? other
        : other is null ? one
        : other.Cost < one.Cost ? other : one;

    private static QueryAnchors? Together(IReadOnlyList<QueryNode> parts)
    {
        var anchors = new HashSet<Anchor>();
        var cost = 0.0;
        foreach (var part in parts)
        {
            if (Of(part) is not { } found)
                return null;
            anchors.UnionWith(found.Anchors);
            cost += found.Cost;
        }

        return new([.. anchors], cost);
    }
}
