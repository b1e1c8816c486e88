namespace Holdfast.Core.Listening;

/// <summary>A part of a parsed query. The hierarchy is closed: what stands in this file is all there is.</summary>
public abstract record QueryNode
{
    private protected QueryNode()
    {
    }
}

public sealed record AllOf(IReadOnlyList<QueryNode> Parts) : QueryNode;

public sealed record AnyOf(IReadOnlyList<QueryNode> Parts) : QueryNode;

public sealed record Not(QueryNode Part) : QueryNode;

/// <summary>At most <paramref name="Distance"/> words stand between one of the left and one of the right, in either order.</summary>
public sealed record Near(IReadOnlyList<Term> Left, IReadOnlyList<Term> Right, int Distance) : QueryNode;

/// <summary>Something that stands at a place in the text.</summary>
public abstract record Term : QueryNode
{
    private protected Term()
    {
    }
}

/// <summary>A folded word, <c>@handle</c>, <c>#tag</c> or emoji; with <paramref name="IsPrefix"/>, whatever begins so.</summary>
public sealed record Word(string Text, bool IsPrefix = false) : Term;

/// <summary>Its parts stand one directly behind the other.</summary>
public sealed record Phrase(IReadOnlyList<Term> Parts) : Term;

/// <summary>A joined word: <c>coca-cola</c> is <c>cocacola</c> as well as <c>coca cola</c>.</summary>
public sealed record Joined(Word Whole, Phrase Parts) : Term;

/// <summary>The language the network declares, by its primary tag.</summary>
public sealed record LanguageIs(string Language) : QueryNode;

public sealed record NetworkIs(string Network) : QueryNode;

/// <summary>The author's handle, lower case, without <c>@</c>.</summary>
public sealed record WrittenBy(string Handle) : QueryNode;

public sealed record HasLink : QueryNode;

/// <summary>False for an author whose followers the network does not tell.</summary>
public sealed record FollowersAre(Comparison Comparison, long Number) : QueryNode;

public enum Comparison
{
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}
