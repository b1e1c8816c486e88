namespace Holdfast.Bench.Quality.Spikes;

/// <summary>One series with its labels, in rows.</summary>
/// <param name="Windows">The first and the last row of each, both within.</param>
/// <param name="Labels">The labelled row of each window.</param>
/// <param name="Buckets">How many steps after the start each row is: a series may have holes.</param>
internal sealed record NabSeries(
    string Name, DateTimeOffset Start, TimeSpan Step, IReadOnlyList<double?> Values, IReadOnlyList<(int From, int To)> Windows, IReadOnlyList<int> Labels,
    IReadOnlyList<int> Buckets)
{
    /// <summary>The rows at the beginning that are ignored altogether.</summary>
    public int Probation => Math.Min((int)(0.15 * Values.Count), 750);

    /// <summary>The detector looks at buckets that divide an hour.</summary>
    public bool IsLookedAt => Step > TimeSpan.Zero && TimeSpan.TicksPerHour % Step.Ticks == 0;

    public double Weeks => (Values.Count - Probation) * Step / TimeSpan.FromDays(7);
}

/// <param name="Hit">What an event found is worth; <paramref name="Miss"/> what one missed costs; <paramref name="False"/> what a false row costs.</param>
internal sealed record NabProfile(string Name, double Hit, double Miss, double False)
{
    public static IReadOnlyList<NabProfile> All { get; } =
        [new("standard", 1, 1, 0.11), new("reward_low_FP", 1, 1, 0.22), new("reward_low_FN", 1, 2, 0.11)];
}

/// <summary>The Numenta Anomaly Benchmark's score, version 1.1, written from its published definition.</summary>
internal static class NabScorer
{
    /// <summary>The sum over a series for the rows that were called an anomaly.</summary>
    public static double Raw(NabSeries series, IEnumerable<int> detections, NabProfile profile)
    {
        var best = new double?[series.Windows.Count];
        var score = 0.0;
        foreach (var row in detections.Where(row => row >= series.Probation))
        {
            var within = WindowOf(series, row);
            if (within >= 0)
            {
                best[within] = Math.Max(best[within] ?? double.MinValue, Early(series.Windows[within], row));
            }
            else
            {
                score += profile.False * Outside(series, row);
            }
        }

        return score + best.Sum(early => early * profile.Hit ?? -profile.Miss);
    }

    /// <summary>0 for never saying anything, 100 for one detection at the beginning of each window.</summary>
    public static double Normalised(double raw, int windows, NabProfile profile) =>
        100 * (raw + (profile.Miss * windows)) / ((profile.Hit + profile.Miss) * windows);

    public static int WindowOf(NabSeries series, int row)
    {
        for (var window = 0; window < series.Windows.Count; window++)
        {
            if (row >= series.Windows[window].From && row <= series.Windows[window].To)
            {
                return window;
            }
        }

        return -1;
    }

    private static double Early((int From, int To) window, int row)
    {
        double width = window.To - window.From + 1;
        return Sigmoid(-(window.To - row + 1) / width) / Sigmoid(-1);
    }

    private static double Outside(NabSeries series, int row)
    {
        var before = series.Windows.Where(window => window.To < row).ToList();
        return before.Count == 0 ? -1 : Sigmoid((row - before[^1].To) / (double)(before[^1].To - before[^1].From));
    }

    private static double Sigmoid(double x) => x > 3 ? -1 : (2 / (1 + Math.Exp(5 * x))) - 1;
}
