using System.Diagnostics;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>
/// What the full-text index can say about a query: a tsquery that every matching post satisfies. It may let others
/// through (phrases, exclusions, filters); those who use it ask the query itself afterwards.
/// </summary>
internal static class SearchTerms
{
    // PostgreSQL cuts words as its locale sees letters; up to here every locale agrees with us.
    private const char LastCommonLetter = '\u052F';

    /// <summary>Null where the index can say nothing and every post must be looked at.</summary>
    public static string? Of(QueryNode node) => node switch
    {
        AllOf all => And(all.Parts.Select(Of)),
        AnyOf any => Or(any.Parts.Select(Of)),
        Near near => And([Or(near.Left.Select(Of)), Or(near.Right.Select(Of))]),
        Word word => Of(word),
        Phrase phrase => And(phrase.Parts.Select(Of)),
        Joined joined => Or([Of(joined.Whole), Of(joined.Parts)]),
        Not or LanguageIs or NetworkIs or WrittenBy or HasLink or FollowersAre => null,
        _ => throw new UnreachableException(),
    };

    // Handles are cut at their dots, dashes and underscores; the index has the pieces.
    private static string? Of(Word word)
    {
        var pieces = word.Text.Split(['@', '#', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        if (pieces.Length == 0 || !pieces.All(p => p.All(c => char.IsLetterOrDigit(c) && c <= LastCommonLetter)))
            return null;
        return And(pieces.Select((piece, i) => word.IsPrefix && i == pieces.Length - 1 ? $"'{piece}':*" : $"'{piece}'"));
    }

    private static string? And(IEnumerable<string?> parts)
    {
        var known = parts.OfType<string>().ToList();
        return known.Count == 0 ? null : $"({string.Join(" & ", known)})";
    }

    private static string? Or(IEnumerable<string?> parts)
    {
        var all = parts.ToList();
        return all.Contains(null) ? null : $"({string.Join(" | ", all)})";
    }
}
