using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Listening;
using Holdfast.Core.Plans;

namespace Holdfast.Detection;

/// <summary>A history and all that is known about it.</summary>
/// <param name="Mentions">How many there are, counted ones and others.</param>
/// <param name="Monitors">Their names.</param>
/// <param name="Marks">What people have said of stretches of it.</param>
public sealed record BacktestInput(
    Brand Brand, IHistory History, MinuteSpan? Span, long Mentions, IReadOnlyDictionary<MonitorId, string> Monitors, IReadOnlyList<MarkedStretch> Marks)
{
    public TimeZoneInfo Zone { get; } = new Watched(Brand, RuleSet.Default).Zone;

    /// <summary>Where a picture of it begins; what lies before only tells what is usual.</summary>
    public DateTimeOffset? ShownFrom { get; init; }
}

/// <summary>One signal that the rules would have raised.</summary>
/// <param name="Posts">How many posts are behind it; those of a count are cut at <see cref="Signal.MaxPosts"/>.</param>
public sealed record BacktestSignal(SignalRun Run, int Posts, string? Monitor);

/// <summary>A stretch in which at least one signal of a level or more stood.</summary>
public sealed record Episode(Level Level, DateTimeOffset From, DateTimeOffset To);

/// <summary>What one rule set would have made of the history.</summary>
/// <param name="Name">What the user calls it: the plan in force, or a file.</param>
public sealed record BacktestSet(
    string Name, IReadOnlyList<BacktestSignal> Signals, IReadOnlyList<ForeseenSituation> Situations, AlarmCount Alarms, IReadOnlyList<RuleFailure> Failures)
{
    /// <summary>Overlapping signals of a level or more are one episode.</summary>
    public IReadOnlyList<Episode> Episodes(Level level)
    {
        var episodes = new List<Episode>();
        foreach (var run in Signals.Select(signal => signal.Run).Where(run => run.Subject.Level >= level).OrderBy(run => run.StartedAt))
        {
            if (episodes.Count > 0 && run.StartedAt <= episodes[^1].To)
            {
                episodes[^1] = episodes[^1] with { To = run.LastAt > episodes[^1].To ? run.LastAt : episodes[^1].To };
            }
            else
            {
                episodes.Add(new(level, run.StartedAt, run.LastAt));
            }
        }

        return episodes;
    }
}

/// <summary>One rule set over a history, or two side by side.</summary>
public sealed record BacktestReport(BacktestInput Input, BacktestSet Tried, BacktestSet? Against)
{
    public SideBySide? Comparison { get; } = Against is null ? null : SideBySide.Of(Tried.Situations, Against.Situations);
}

/// <summary>Runs rules over a history with the very functions of live detection, situations and escalation; stores nothing.</summary>
internal static class Backtest
{
    /// <param name="plan">Whose rules are tried, and by whose levels, duties and policies people are paged.</param>
    /// <param name="progress">Told how much is done, 0…1.</param>
    public static async Task<BacktestSet> RunAsync(
        BacktestInput input, CrisisPlan plan, string name, CancellationToken cancel, Action<double>? progress = null)
    {
        if (input.Span is not { } span)
        {
            return new(name, [], [], new(0, 0, 0, 0), []);
        }

        var watched = new Watched(input.Brand, plan.Rules);
        var outcome = await Detected.EvaluateAsync(input.History, watched, span, cancel, done => progress?.Invoke((double)done / span.Count));
        var signals = new List<BacktestSignal>();
        foreach (var run in outcome.Runs)
        {
            var monitor = run.Subject.Monitor is { } id ? input.Monitors.GetValueOrDefault(id) : null;
            signals.Add(new(run, await PostsAsync(input.History, plan.Rules, run, cancel), monitor));
        }

        var situations = Rehearsal.Of(plan, outcome.Runs);
        return new(
            name,
            signals,
            situations,
            AlarmCount.Of(situations, input.Marks, TimeSpan.FromMinutes(span.Count).TotalDays),
            [.. outcome.Failures.DistinctBy(failure => failure.Rule)]);
    }

    /// <summary>How many posts are behind a run; a count's are those from its first window to its last.</summary>
    private static async Task<int> PostsAsync(IHistory history, RuleSet rules, SignalRun run, CancellationToken cancel)
    {
        if (rules.Counting(run.Subject.Rule) is not { } counting)
        {
            return run.Posts.Count;
        }

        var pulses = await history.PulsesAsync(new(counting.BehindFrom(run), run.LastAt), cancel);
        var metric = counting.Metric == Metric.Reach ? Metric.Mentions : counting.Metric;
        var posts = pulses.Where(pulse => pulse.Monitor == run.Subject.Monitor).SelectMany(pulse => pulse.Minutes).Sum(minute => minute.Count(metric));
        return (int)Math.Min(posts, Signal.MaxPosts);
    }
}
