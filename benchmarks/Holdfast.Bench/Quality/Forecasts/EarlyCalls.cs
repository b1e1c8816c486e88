using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Bench.Quality.Forecasts;

/// <summary>How much earlier level 3 is raised by the forecast of a number than by the number itself, and how often wrongly.</summary>
/// <param name="Called">Crossings before which it was raised.</param>
/// <param name="Weeks">Of all series together, less the day each needs to learn.</param>
internal sealed record EarlyCalls(int Crossings, int Called, double MedianMinutes, int FalseCalls, double Weeks)
{
    /// <summary>After a crossing or a call it must have been quiet for so long before another counts.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(6);

    /// <summary>A call is right when the number is passed within two hours.</summary>
    private static readonly TimeSpan Right = TimeSpan.FromHours(2);

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly Brand Brand = new(new(new Guid(1, 0, 0, new byte[8])), "Kestrel Rail", [], [], "UTC");

    public static EarlyCalls Of(IReadOnlyList<RiseSeries> all, double times)
    {
        var (crossings, wrong, leads) = (0, 0, new List<double>());
        foreach (var series in all)
        {
            var number = Math.Max(20, times * series.Sum(0, series.Counts.Count) / series.Counts.Count * Forecast.Buckets);
            var runs = Runs(series, number);
            var crossed = Episodes(runs, SignalKind.Threshold).Where(at => at - Start >= Forecast.Learns).ToList();
            var called = Episodes(runs, SignalKind.Forecast);
            crossings += crossed.Count;
            leads.AddRange(crossed.SelectMany(at => called.Where(call => call < at && at - call <= Right).Take(1).Select(call => (at - call).TotalMinutes)));
            wrong += called.Count(call => !runs.Any(run => run.Subject.Kind == SignalKind.Threshold && run.StartedAt <= call + Right && run.LastAt + Quiet >= call));
        }

        return new(
            crossings, leads.Count, leads.Count == 0 ? 0 : leads.Order().ElementAt(leads.Count / 2), wrong,
            all.Sum(series => Math.Max(0, ((series.Counts.Count * Forecast.Bucket) - Forecast.Learns).TotalDays / 7)));
    }

    /// <summary>What the rules themselves say, each bucket counted in its last minute.</summary>
    private static IReadOnlyList<SignalRun> Runs(RiseSeries series, double number)
    {
        var monitor = new MonitorId(new Guid(1, 1, 0, new byte[8]));
        var minutes = series.Counts
            .Select((count, index) => new PulseMinute(Start + (index * Forecast.Bucket) + Forecast.Bucket - TimeSpan.FromMinutes(1), (int)count, (int)count, 0, [], []))
            .Where(minute => minute.Negative > 0)
            .ToList();
        var rule = new ThresholdRule("number", Level.Four, Metric.Negative, Core.Detection.Comparison.AtLeast, number, NumberOf.Posts, TimeSpan.FromHours(1), 1, 1);
        var rules = RuleSet.Default with { Thresholds = [rule], Spikes = [] };
        return Detector.Evaluate(new(Brand, rules, new(Start, minutes[^1].Minute), [new(monitor, minutes)], [], (_, _) => null)
        {
            Days = _ => new(Start, minutes, BlindTimes.None),
        }).Runs;
    }

    private static List<DateTimeOffset> Episodes(IReadOnlyList<SignalRun> runs, SignalKind kind)
    {
        var (starts, last) = (new List<DateTimeOffset>(), DateTimeOffset.MinValue);
        foreach (var run in runs.Where(run => run.Subject.Kind == kind))
        {
            if (starts.Count == 0 || run.StartedAt - last > Quiet)
            {
                starts.Add(run.StartedAt);
            }

            last = run.LastAt > last ? run.LastAt : last;
        }

        return starts;
    }
}
