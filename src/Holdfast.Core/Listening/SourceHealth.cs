namespace Holdfast.Core.Listening;

/// <summary>How a source is doing, as far as can be told from what arrived.</summary>
public enum SourceState
{
    /// <summary>Made, and nothing has come yet.</summary>
    NeverReceived,
    Working,

    /// <summary>Quiet for longer than it ever is at this hour of the week, or than was promised.</summary>
    Silent,

    /// <summary>What it sends is refused, and nothing good has come since.</summary>
    Failing,

    /// <summary>It speaks only when somebody hands something in; its silence means nothing.</summary>
    OnDemand,
}

/// <summary>What arrived in one clock hour; <paramref name="Hour"/> is its beginning, UTC.</summary>
public readonly record struct HourOfArrivals(DateTimeOffset Hour, long Arrived);

/// <summary>All that the judgement of a source rests on.</summary>
/// <param name="OnDemand">Files and forms.</param>
/// <param name="ExpectedWithin">What its owner promised; null: the norm is learnt.</param>
/// <param name="LastPostAt">By our clock.</param>
/// <param name="Arrivals">Hours in which something came, of the last <see cref="SourceHealth.Memory"/>.</param>
public sealed record SourceFacts(
    bool OnDemand, DateTimeOffset CreatedAt, TimeSpan? ExpectedWithin, DateTimeOffset? LastPostAt, DateTimeOffset? LastErrorAt,
    IReadOnlyList<HourOfArrivals> Arrivals);

/// <summary>The judgement of a source, with the figures it rests on.</summary>
/// <param name="Since">Since when it is in this state, where that is known.</param>
/// <param name="Missed">How many posts would usually have come since the last one; null where the norm is not known.</param>
/// <param name="UsualPerHour">What comes in an hour like this one of the week; null where that is not known yet.</param>
/// <param name="IsBlind">Nobody may take its silence for calm.</param>
public sealed record SourceHealth(SourceState State, DateTimeOffset? Since, double? Missed, double? UsualPerHour, bool IsBlind)
{
    /// <summary>How far back the norm looks.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(56);

    /// <summary>A norm of the hour of the week needs that hour at least this often.</summary>
    public const int MinWeeks = 2;

    /// <summary>
    /// Silence is odd when this many posts would usually have come. Were they independent (Poisson), twelve would all fail to
    /// come once in 160,000 times; posts come in bursts, so it is far less rare than that, and still rare.
    /// </summary>
    public const double MissedForSilence = 12;

    /// <summary>However busy the source, a shorter pause is a hiccup.</summary>
    public static readonly TimeSpan ShortestSilence = TimeSpan.FromMinutes(10);

    /// <summary>An error that a good delivery follows within this is a hiccup too.</summary>
    public static readonly TimeSpan ErrorPatience = TimeSpan.FromMinutes(2);

    /// <summary>An error as old as this is no longer what ails it.</summary>
    public static readonly TimeSpan ErrorMemory = TimeSpan.FromHours(1);

    public static SourceHealth Decide(SourceFacts facts, DateTimeOffset now)
    {
        var usual = Usual(facts, now, now);
        if (facts.OnDemand)
            return new(SourceState.OnDemand, null, null, usual, IsBlind: false);
        if (facts.LastErrorAt is { } error && now - error < ErrorMemory && error - (facts.LastPostAt ?? facts.CreatedAt) >= ErrorPatience)
            return new(SourceState.Failing, facts.LastPostAt ?? facts.CreatedAt, null, usual, IsBlind: true);
        if (facts.LastPostAt is not { } last)
            return new(SourceState.NeverReceived, facts.CreatedAt, null, null, IsBlind: facts.ExpectedWithin < now - facts.CreatedAt);
        var missed = MissedSince(facts, last, now);
        var silent = facts.ExpectedWithin is { } within
            ? now - last > within
            : missed >= MissedForSilence && now - last >= ShortestSilence;
        return new(silent ? SourceState.Silent : SourceState.Working, last, missed, usual, silent);
    }

    /// <summary>The usual count of each hour from the last post until now, the first and the last hour in part.</summary>
    private static double? MissedSince(SourceFacts facts, DateTimeOffset last, DateTimeOffset now)
    {
        double? missed = null;
        // Nobody needs the sum once it is far beyond odd; a source that was silent for a year is judged as quickly as any.
        for (var hour = Begin(last); hour < now && !(missed > MissedForSilence * 100) && hour - last < Memory; hour += TimeSpan.FromHours(1))
        {
            var from = hour > last ? hour : last;
            var to = hour.AddHours(1) < now ? hour.AddHours(1) : now;
            if (Usual(facts, hour, last) is { } perHour)
                missed = (missed ?? 0) + (perHour * (to - from).TotalHours);
        }

        return missed;
    }

    /// <summary>The mean of the same hour of the week, in the weeks before <paramref name="before"/> that the source has lived through.</summary>
    private static double? Usual(SourceFacts facts, DateTimeOffset at, DateTimeOffset before)
    {
        var hour = Begin(at);
        var (weeks, arrived) = (0, 0L);
        for (var past = hour.AddDays(-7); past >= Begin(facts.CreatedAt) && hour - past <= Memory; past = past.AddDays(-7))
        {
            // The hour that is under way, or in which the silence began, is not a whole hour.
            if (past.AddHours(1) > before)
                continue;
            weeks++;
            arrived += facts.Arrivals.Where(a => a.Hour == past).Sum(a => a.Arrived);
        }

        return weeks >= MinWeeks ? (double)arrived / weeks : null;
    }

    private static DateTimeOffset Begin(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
