using System.Diagnostics;

namespace Holdfast.Core.Listening;

/// <summary>How much of everything a query would match: refuses what would match nearly all of it.</summary>
public static class QueryBreadth
{
    /// <summary>Above this share of all posts a query is refused. Ours: no brand, issue or place is in three posts of ten.</summary>
    public const double Limit = 0.3;

    /// <summary>A sample with fewer posts says nothing.</summary>
    public const int MinSample = 200;

    private const double LinkShare = 0.25;
    private const double FilterShare = 0.2;

    private static readonly Post Blank = new()
    {
        Id = default,
        Network = "",
        NetworkId = "",
        Author = new Author("", ""),
        Text = "",
        At = DateTimeOffset.UnixEpoch,
    };

    /// <summary>The estimated share of all posts, 0…1, or a refusal that names it.</summary>
    /// <param name="unrelated">Recent posts that are not about the brand; what the brand's monitors brought in proves nothing.</param>
    public static Result<double> Judge(MonitorQuery query, IReadOnlyList<Post> unrelated)
    {
        if (query.Matches(Blank))
            return Refusals.OnlyExcludes();
        var share = Estimate(query, unrelated);
        return share > Limit ? Refusals.TooBroad((int)Math.Round(share * 100)) : share;
    }

    /// <summary>The estimated share of all posts, 0…1: from the words, or from the posts where they say more.</summary>
    public static double Estimate(MonitorQuery query, IReadOnlyList<Post> unrelated) => Math.Max(
        Estimate(query.Root),
        unrelated.Count < MinSample ? 0 : (double)unrelated.Count(query.Matches) / unrelated.Count);

    // As if words were independent of each other: close enough to tell 1 % from 50 %.
    private static double Estimate(QueryNode node) => node switch
    {
        AllOf all => all.Parts.Aggregate(1.0, (share, part) => share * Estimate(part)),
        AnyOf any => 1 - any.Parts.Aggregate(1.0, (absent, part) => absent * (1 - Estimate(part))),
        Not not => 1 - Estimate(not.Part),
        Near near => near.Left.Sum(Estimate) * near.Right.Sum(Estimate),
        Word word => CommonWords.Share(word),
        Phrase phrase => phrase.Parts.Aggregate(1.0, (share, part) => share * Estimate(part)),
        Joined joined => Estimate(joined.Whole) + Estimate(joined.Parts),
        WrittenBy => CommonWords.Unlisted,
        // A network or a language may well be all that a brand wants to hear of: the phone form, for one.
        LanguageIs or NetworkIs or FollowersAre => FilterShare,
        HasLink => LinkShare,
        _ => throw new UnreachableException(),
    };
}
