using System.Diagnostics;
using System.Globalization;

namespace Holdfast.Core.Listening;

/// <summary>Writes a query in its canonical form, with no more parentheses than it needs.</summary>
internal static class QueryWriter
{
    public static string Write(QueryNode node) => node switch
    {
        AllOf all => string.Join(" AND ", all.Parts.Select(p => p is AnyOf or AllOf ? $"({Write(p)})" : Write(p))),
        AnyOf any => string.Join(" OR ", any.Parts.Select(p => p is AnyOf ? $"({Write(p)})" : Write(p))),
        Not not => not.Part is AllOf or AnyOf or Near ? $"NOT ({Write(not.Part)})" : $"NOT {Write(not.Part)}",
        Near near => string.Create(CultureInfo.InvariantCulture, $"{Alternatives(near.Left)} NEAR/{near.Distance} {Alternatives(near.Right)}"),
        Term term => Term(term),
        LanguageIs filter => $"lang:{filter.Language}",
        NetworkIs filter => $"network:{filter.Network}",
        WrittenBy filter => $"from:@{filter.Handle}",
        HasLink => "has:link",
        FollowersAre filter => string.Create(CultureInfo.InvariantCulture, $"followers:{Sign(filter.Comparison)}{filter.Number}"),
        _ => throw new UnreachableException(),
    };

    private static string Alternatives(IReadOnlyList<Term> terms) =>
        terms.Count == 1 ? Term(terms[0]) : $"({string.Join(" OR ", terms.Select(Term))})";

    private static string Term(Term term) => term is Phrase ? $"\"{Bare(term)}\"" : Bare(term);

    private static string Bare(Term term) => term switch
    {
        Word word => word.IsPrefix ? word.Text + "*" : word.Text,
        Joined joined => string.Join('-', joined.Parts.Parts.Select(Bare)),
        Phrase phrase => string.Join(' ', phrase.Parts.Select(Bare)),
        _ => throw new UnreachableException(),
    };

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.AtMost => "<=",
        Comparison.Equal => "=",
        Comparison.AtLeast => ">=",
        Comparison.More => ">",
    };
}
