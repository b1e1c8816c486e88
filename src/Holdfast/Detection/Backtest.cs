using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>One signal that the rules would have raised.</summary>
/// <param name="Posts">How many posts are behind it; those of a count are cut at <see cref="Signal.MaxPosts"/>.</param>
internal sealed record BacktestSignal(SignalRun Run, int Posts, string? Monitor);

/// <summary>A stretch in which at least one signal of a level or more stood.</summary>
internal sealed record Episode(Level Level, DateTimeOffset From, DateTimeOffset To);

internal sealed record BacktestReport(
    Watched Watched, MinuteSpan Span, long Mentions, IReadOnlyList<BacktestSignal> Signals, IReadOnlyList<RuleFailure> Failures)
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

/// <summary>Runs rules over the stored history of a brand with the very functions of live detection; stores nothing.</summary>
internal sealed class Backtest(Store store)
{
    /// <param name="rules">Other rules than those in force.</param>
    public async Task<BacktestReport> RunAsync(
        Watched brand, RuleSet? rules, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var watched = rules is null ? brand : brand with { Rules = rules };
        await using var connection = await store.OpenAsync(cancel);
        var history = await BacktestSql.HistoryAsync(connection, watched.Brand.Id, from, to, cancel);
        if (history is not { Span: { } span })
        {
            return new(watched, MinuteSpan.Of(from ?? default, to ?? from ?? default), 0, [], []);
        }

        var outcome = await Detected.EvaluateAsync(connection, null, watched, span, cancel);
        var monitors = await BacktestSql.MonitorNamesAsync(connection, watched.Brand.Id, cancel);
        var signals = new List<BacktestSignal>();
        foreach (var run in outcome.Runs)
        {
            var monitor = run.Subject.Monitor is { } id ? monitors.GetValueOrDefault(id) : null;
            signals.Add(new(run, (await PostsAsync(connection, watched, run, cancel)).Count, monitor));
        }

        return new(watched, span, history.Mentions, signals, [.. outcome.Failures.DistinctBy(failure => failure.Rule)]);
    }

    /// <summary>The posts behind a run, as a live signal would list them.</summary>
    public static async Task<IReadOnlyList<PostId>> PostsAsync(
        NpgsqlConnection connection, Watched watched, SignalRun run, CancellationToken cancel) =>
        run.Subject.Kind == SignalKind.Threshold
            ? await SignalSql.BehindAsync(connection, null, watched.Brand.Id, watched.Rules.Thresholds.First(rule => rule.Name == run.Subject.Rule), run, cancel)
            : [.. run.Posts.Select(post => post.Post)];
}
