using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Bench.Quality.Spikes;

/// <summary>What the detector said of a series.</summary>
/// <param name="Fired">The rows at which a signal began, after the probation.</param>
/// <param name="Delays">Of each window that was hit: from the label to the first detection within it; less than nothing when it came before.</param>
/// <param name="FalseEpisodes">Detections outside all windows, merged within six hours.</param>
internal sealed record SpikeResult(NabSeries Series, IReadOnlyList<int> Fired, IReadOnlyList<TimeSpan> Delays, int FalseEpisodes)
{
    private static readonly TimeSpan Merge = TimeSpan.FromHours(6);

    public static SpikeResult Of(NabSeries series, IEnumerable<int> fired)
    {
        var rows = fired.Where(row => row >= series.Probation).ToList();
        var delays = Enumerable.Range(0, series.Windows.Count)
            .Select(window => rows.Where(row => NabScorer.WindowOf(series, row) == window).Select(row => (series.Buckets[row] - series.Buckets[series.Labels[window]]) * series.Step))
            .Where(inside => inside.Any())
            .Select(inside => inside.First());
        var outside = rows.Where(row => NabScorer.WindowOf(series, row) < 0).ToList();
        var episodes = outside.Where((row, i) => i == 0 || (series.Buckets[row] - series.Buckets[outside[i - 1]]) * series.Step > Merge).Count();
        return new(series, rows, [.. delays], episodes);
    }
}

/// <summary>The product's own spike rule on labelled series.</summary>
internal static class SpikeQuality
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(60);

    /// <summary>A score of one half is the product's default rarity; it tends to one as the burst becomes rarer.</summary>
    public const double DefaultThreshold = 0.5;

    public static SpikeRule Rule(double threshold) =>
        SpikeRule.Default with { OnceIn = SpikeRule.DefaultOnceIn * (threshold / Math.Max(1e-9, 1 - threshold)) };

    /// <summary>How the detector sees every row; the same for every threshold. What has no row is unknown.</summary>
    public static IReadOnlyList<SpikeLook> Looks(NabSeries series)
    {
        if (!series.IsLookedAt)
        {
            return [];
        }

        var counts = new double?[series.Buckets[^1] + 1];
        for (var row = 0; row < series.Values.Count; row++)
        {
            counts[series.Buckets[row]] = series.Values[row];
        }

        return [.. SpikeTrace.Along(new(series.Start, series.Step, TimeZoneInfo.Utc), counts)];
    }

    public static SpikeResult Detect(NabSeries series, IReadOnlyList<SpikeLook> looks, double threshold)
    {
        var rows = series.Buckets.Index().DistinctBy(row => row.Item).ToDictionary(row => row.Item, row => row.Index);
        var runs = Rule(threshold).Evaluate(new MonitorId(Guid.Empty), looks);
        return SpikeResult.Of(series, runs.Select(run => rows[(int)((run.StartedAt - series.Start) / series.Step)]));
    }

    public static Dictionary<string, object?> Figures(IReadOnlyList<SpikeResult> results)
    {
        var figures = new Dictionary<string, object?>();
        var windows = results.Sum(result => result.Series.Windows.Count);
        foreach (var profile in NabProfile.All)
        {
            var raw = results.Sum(result => NabScorer.Raw(result.Series, result.Fired, profile));
            figures[profile.Name] = Math.Round(windows == 0 ? 0 : NabScorer.Normalised(raw, windows, profile), 2);
        }

        var delays = results.SelectMany(result => result.Delays).Order().ToList();
        var weeks = results.Sum(result => result.Series.Weeks);
        figures["windows"] = windows;
        figures["hit"] = delays.Count;
        figures["hit_within_60"] = delays.Count(delay => delay <= Within);
        figures["median_delay_minutes"] = delays.Count == 0 ? (double?)null : Math.Round((delays[(delays.Count - 1) / 2] + delays[delays.Count / 2]).TotalMinutes / 2, 1);
        figures["false_per_series_week"] = weeks > 0 ? Math.Round(results.Sum(result => result.FalseEpisodes) / weeks, 3) : 0;
        return figures;
    }
}
