using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

/// <summary>A post and its event time; ordered by time, then by id.</summary>
public readonly record struct PostAt(DateTimeOffset At, PostId Post) : IComparable<PostAt>
{
    public int CompareTo(PostAt other) =>
        At.CompareTo(other.At) is not 0 and var order ? order : Post.Value.CompareTo(other.Post.Value);

    public static bool operator <(PostAt left, PostAt right) => left.CompareTo(right) < 0;

    public static bool operator >(PostAt left, PostAt right) => left.CompareTo(right) > 0;

    public static bool operator <=(PostAt left, PostAt right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PostAt left, PostAt right) => left.CompareTo(right) >= 0;
}

/// <summary>What a signal is about: two findings with different subjects are never one signal.</summary>
/// <param name="Window">The rule's: runs closer than this are one.</param>
public sealed record Subject(
    SignalKind Kind, string Rule, Level Level, TimeSpan Window, bool AtOnce, bool Shadow, MonitorId? Monitor = null, SourceId? Source = null)
{
    /// <summary>Two runs are then one only where their topics touch.</summary>
    public bool HasTopic => Kind is SignalKind.SameIssue or SignalKind.Spread;

    public static Subject Of(SignalKind kind, IRule rule, MonitorId? monitor = null, bool atOnce = false) =>
        new(kind, rule.Name, rule.Level, rule.Window, atOnce, rule.Shadow, monitor);
}

/// <summary>A rule held in the window that ends with some minute.</summary>
/// <param name="At">That minute, of event time.</param>
/// <param name="Value">How strongly it held; a signal shows the figures of its strongest finding.</param>
/// <param name="Posts">The posts behind it; empty where the rule counts a pulse and the posts are looked up afterwards.</param>
/// <param name="Topic">What the posts have in common, where the rule looks for that.</param>
public sealed record Finding(
    Subject Subject, DateTimeOffset At, double Value, IReadOnlyList<Figure> Figures, IReadOnlyList<PostAt> Posts, Topic? Topic = null);

/// <summary>What the posts of a finding have in common.</summary>
/// <param name="Cores">Those of its posts which alone are resembled by enough people's.</param>
/// <param name="Words">The most telling first.</param>
public sealed record Topic(IReadOnlyList<PostAt> Cores, IReadOnlyList<string> Words);
