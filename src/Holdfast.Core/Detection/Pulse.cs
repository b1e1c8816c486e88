using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

/// <summary>What was counted of one monitor in one minute of event time, all networks together.</summary>
/// <param name="Minute">Its beginning, UTC, whole.</param>
/// <param name="Authors">Hashes of the distinct authors, so that minutes can be joined exactly.</param>
/// <param name="NegativeAuthors">Those of the posts that count as negative.</param>
public sealed record PulseMinute(
    DateTimeOffset Minute, int Mentions, int Negative, long Reach, IReadOnlyList<int> Authors, IReadOnlyList<int> NegativeAuthors)
{
    public long Count(Metric metric) => metric switch
    {
        Metric.Negative => Negative,
        Metric.Mentions => Mentions,
        Metric.Reach => Reach,
    };

    public IReadOnlyList<int> AuthorsOf(Metric metric) => metric == Metric.Negative ? NegativeAuthors : Authors;
}

/// <summary>The minutes of one monitor in which something was said, in any order, one entry or more a minute.</summary>
public sealed record Pulse(MonitorId Monitor, IReadOnlyList<PulseMinute> Minutes);

/// <summary>Minutes of event time from <paramref name="From"/> to <paramref name="To"/>, both included, whole and UTC.</summary>
public readonly record struct MinuteSpan(DateTimeOffset From, DateTimeOffset To)
{
    public static MinuteSpan Of(DateTimeOffset from, DateTimeOffset to) => new(Minutes.Floor(from), Minutes.Floor(to));

    public int Count => (int)((To - From).Ticks / TimeSpan.TicksPerMinute) + 1;
}

internal static class Minutes
{
    public static DateTimeOffset Floor(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    public static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    public static int Between(DateTimeOffset from, DateTimeOffset to) => (int)((to - from).Ticks / TimeSpan.TicksPerMinute);
}
