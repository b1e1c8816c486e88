using System.Diagnostics;

namespace Holdfast.Core.Listening;

/// <summary>Decides whether a query matches a post.</summary>
internal static class QueryMatch
{
    public static bool Matches(QueryNode node, Post post, FoldedText text)
    {
        switch (node)
        {
            case AllOf all:
                foreach (var part in all.Parts)
                {
                    if (!Matches(part, post, text))
                        return false;
                }

                return true;
            case AnyOf any:
                foreach (var part in any.Parts)
                {
                    if (Matches(part, post, text))
                        return true;
                }

                return false;
            default:
                return node switch
                {
                    Not not => !Matches(not.Part, post, text),
                    Near near => StandNear(near, text),
                    Term term => TermSpans.Stands(term, text),
                    LanguageIs filter => IsLanguage(post.Language, filter.Language),
                    NetworkIs filter => filter.Network.Equals(post.Network, StringComparison.OrdinalIgnoreCase),
                    WrittenBy filter => filter.Handle.Equals(Handle(post.Author), StringComparison.Ordinal),
                    HasLink => text.HasLink,
                    FollowersAre filter => post.Author.Followers is { } followers && Holds(followers, filter),
                    _ => throw new UnreachableException(),
                };
        }
    }

    /// <summary>As handles are compared: lower case, without <c>@</c>.</summary>
    public static string Handle(Author author) => author.Handle.TrimStart('@').ToLowerInvariant();

    private static bool IsLanguage(string? declared, string language) =>
        declared is not null
        && declared.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        && (declared.Length == language.Length || declared[language.Length] is '-' or '_');

    private static bool Holds(long followers, FollowersAre filter) => filter.Comparison switch
    {
        Comparison.Less => followers < filter.Number,
        Comparison.AtMost => followers <= filter.Number,
        Comparison.Equal => followers == filter.Number,
        Comparison.AtLeast => followers >= filter.Number,
        Comparison.More => followers > filter.Number,
    };

    private static bool StandNear(Near near, FoldedText text)
    {
        var left = TermSpans.FindAny(near.Left, text);
        var right = left.Count == 0 ? [] : TermSpans.FindAny(near.Right, text);
        return left.Exists(l => HasFollower(l, right, near.Distance)) || right.Exists(r => HasFollower(r, left, near.Distance));
    }

    /// <summary>Whether one of the places (in order) begins behind this one with at most so many words between.</summary>
    public static bool HasFollower(TermPlace place, List<TermPlace> places, int distance)
    {
        var (low, high) = (0, places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = places[middle].First > place.Last ? (low, middle) : (middle + 1, high);
        }

        return low < places.Count && places[low].First - place.Last - 1 <= distance;
    }
}
