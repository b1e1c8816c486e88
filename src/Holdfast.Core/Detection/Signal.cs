using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

public readonly record struct SignalId(Guid Value);

public readonly record struct TopicId(Guid Value);

/// <summary>The kinds of BEHAVIOUR 3, in its order. Names are stored.</summary>
public enum SignalKind
{
    Threshold,
    SameIssue,
    Spike,
    RiskWord,
    ProminentVoice,
    Spread,
    Forecast,
    Blind,
    ByHand,
}

/// <summary>Something that happened and the level it asks for, with all that explains it.</summary>
/// <param name="Rule">The rule's name in the plan.</param>
/// <param name="StartedAt">Event time of the first minute of the unbroken run.</param>
/// <param name="LastAt">Event time of its last minute so far.</param>
/// <param name="Figures">Named numbers of the rule, in a fixed order: what was seen, the limit, the window, the norm.</param>
/// <param name="Posts">The posts behind it, earliest first, at most <see cref="MaxPosts"/>.</param>
public sealed record Signal(
    SignalId Id,
    BrandId Brand,
    SignalKind Kind,
    string Rule,
    MonitorId? Monitor,
    TopicId? Topic,
    SourceId? Source,
    Level Level,
    DateTimeOffset StartedAt,
    DateTimeOffset LastAt,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<PostId> Posts)
{
    public const int MaxPosts = 200;

    /// <summary>A level of 4 or 5 that takes effect without waiting for a person's confirmation.</summary>
    public bool AtOnce { get; init; }

    /// <summary>The rule only records what it would have done; nobody is told.</summary>
    public bool Shadow { get; init; }

    /// <summary>Event time of the strongest minute, whose figures these are; null for what no rule found.</summary>
    public DateTimeOffset? PeakAt { get; init; }

    /// <summary>What it is about in its most telling words; empty where there is no topic.</summary>
    public IReadOnlyList<string> TopicWords { get; init; } = [];
}

/// <summary>One number with its name and unit: <c>("negative", 41, "per hour")</c>. Pages translate the name.</summary>
public sealed record Figure(string Name, double Value, string Unit);
