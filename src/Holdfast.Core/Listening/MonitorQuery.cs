namespace Holdfast.Core.Listening;

/// <summary>A parsed boolean query (BEHAVIOUR 1). The text is kept as its author wrote it; equal texts are equal queries.</summary>
public sealed class MonitorQuery : IEquatable<MonitorQuery>
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 20_000;
    public const int MaxTerms = 2_000;
    public const int MaxDepth = 50;
    public const int MaxPhrase = 50;
    public const int MaxNear = 100;
    public const int MinPrefix = 2;

    internal MonitorQuery(string text, QueryNode root) => (Text, Root) = (text, root);

    public string Text { get; }

    public QueryNode Root { get; }

    /// <summary>The query, or the first thing wrong with it: its position and a sentence. Linear in the length of the text.</summary>
    public static Result<MonitorQuery> Parse(string text) => QueryParser.Parse(text);

    /// <summary>The same query written one way: folded words, explicit AND. Parsing it gives the same query again.</summary>
    public string Canonical => QueryWriter.Write(Root);

    public bool Matches(Post post) => QueryMatch.Matches(Root, post, TextFold.Fold(post.Text));

    /// <summary>The pieces of a matching text that the query asked for, in order, without overlap.</summary>
    public IReadOnlyList<TextSpan> Hits(string text) => QueryHits.Find(Root, TextFold.Fold(text));

    public bool Equals(MonitorQuery? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as MonitorQuery);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}

/// <summary>A piece of a text, in UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int Length);
