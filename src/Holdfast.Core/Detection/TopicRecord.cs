namespace Holdfast.Core.Detection;

/// <summary>A topic as it is stored, so that any node can go on with it.</summary>
/// <param name="Posts">How many it has; what lies far back counts less.</param>
/// <param name="Words">The most telling first.</param>
/// <param name="Apart">Topics which a person said are something else.</param>
public sealed record TopicRecord(
    TopicId Id, double Posts, DateTimeOffset LastAt, IReadOnlyList<TopicTerm> Words, IReadOnlyList<TopicId> Apart)
{
    /// <summary>What it is called until a person calls it something else.</summary>
    public IReadOnlyList<string> Name => [.. Words.Select(word => word.Written).Distinct().Take(TopicName.Most)];
}

/// <summary>A word of a topic.</summary>
/// <param name="Written">As most people write it.</param>
/// <param name="Posts">How many of the topic's posts use it.</param>
public readonly record struct TopicTerm(string Stem, string Written, double Posts);

/// <summary>How often words are used in posts whose topics are forgotten.</summary>
public sealed record TopicBackground(double Posts, IReadOnlyList<BackgroundTerm> Words)
{
    public static TopicBackground Empty { get; } = new(0, []);
}

public readonly record struct BackgroundTerm(string Stem, double Posts);

/// <summary>Where a post was put.</summary>
/// <param name="Began">Its topic begins with it.</param>
/// <param name="Joins">Topics that became one because of it.</param>
public sealed record TopicPlacement(TopicId Topic, bool Began, IReadOnlyList<TopicJoin> Joins);

/// <summary>Two topics turned out to be one.</summary>
public readonly record struct TopicJoin(TopicId Gone, TopicId Kept);
