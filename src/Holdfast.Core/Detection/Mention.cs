using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Detection;

/// <summary>A post that matched, as it was read for a brand: all that detection sees of it.</summary>
/// <param name="Author">Network and author id: one person on one network.</param>
/// <param name="Spreads">A repost or a copy: counts for spread and reach, not as a new complaint.</param>
public sealed record Mention(
    BrandId Brand,
    PostId Post,
    IReadOnlyList<MonitorId> Monitors,
    DateTimeOffset At,
    string Network,
    string Author,
    long Reach,
    string Text,
    PostReading Reading,
    Voice Voice,
    bool Spreads)
{
    /// <summary>The author's name on the network; empty where it is not known.</summary>
    public string Handle { get; init; } = "";

    /// <summary>Null where the network does not say.</summary>
    public long? Followers { get; init; }

    /// <summary>The topic it was put in, where a person has said something of that topic; null for the others.</summary>
    public TopicMark? Topic { get; init; }
}

/// <summary>What a person said of a topic.</summary>
/// <param name="Together">All in it is one thing, however it is worded.</param>
/// <param name="Apart">These topics are another thing, even where they are worded alike.</param>
public sealed record TopicMark(TopicId Topic, bool Together, IReadOnlyList<TopicId> Apart);
