namespace Holdfast.Core.Detection;

/// <summary>What an hour's count is likely to be after a while: one hour in ten is below <paramref name="Low"/>, one in ten above <paramref name="High"/>.</summary>
public readonly record struct ForecastBand(TimeSpan After, double Low, double Middle, double High);

/// <summary>When an hour's count is expected to pass a number; a bound that is not reached within the last horizon is null.</summary>
public readonly record struct Crossing(TimeSpan? Earliest, TimeSpan? Likely, TimeSpan? Latest);

/// <summary>
/// Where a rise goes within the next hour. The rate of what is still to come is told from how the last hour grew, what its last quarter
/// adds, how far it is above the usual and how many posts it rests on; what of the coming hour's window has already been counted is not
/// guessed again. The weights are quantile regressions over rises of three kinds of labelled data (docs/design/detection.md): a self-exciting
/// process fades from its peak in the same way, and this does as well with nothing to fit while the house is on fire.
/// </summary>
public static class Forecast
{
    public static readonly TimeSpan Bucket = TimeSpan.FromMinutes(5);

    /// <summary>The buckets that are looked at: those of the last hour.</summary>
    public const int Buckets = 12;

    /// <summary>Fewer posts in the hour are no rise. More than five are what starts the assigning of mentions.</summary>
    public const double FewestPosts = 6;

    /// <summary>What is usual for an hour is the mean of the day before: until a day was heard, a night has not been told from a rise.</summary>
    public static readonly TimeSpan Learns = TimeSpan.FromDays(1);

    /// <summary>The second half of the hour must be so many times the first, and the hour so many times the usual.</summary>
    private const double Growth = 1.3;
    private const double AboveUsual = 1.5;

    /// <summary>Of each horizon the weights of the low, the middle and the high rate: constant, growth, last quarter, above usual, few posts.</summary>
    private static readonly (int Minutes, double[] Low, double[] Middle, double[] High)[] Horizons =
    [
        (15, [-0.194, -0.413, 0.484, 0.069, -4.369], [-0.266, -0.014, 0.493, 0.184, -0.548], [0.197, 0.226, 0.573, 0.107, 0.560]),
        (30, [-0.596, -0.398, 0.439, -0.022, -1.443], [-0.210, -0.099, 0.410, 0.122, -0.152], [0.210, 0.146, 0.414, 0.121, 0.118]),
        (60, [-0.515, -0.372, 0.318, -0.121, -0.681], [-0.246, -0.216, 0.339, 0.160, 0.000], [0.060, 0.041, 0.432, 0.194, 0.630]),
    ];

    public static IReadOnlyList<TimeSpan> After { get; } = [.. Horizons.Select(horizon => TimeSpan.FromMinutes(horizon.Minutes))];

    /// <summary>The bands of each horizon; null where nothing is rising.</summary>
    /// <param name="hour">The last twelve buckets, the newest last.</param>
    /// <param name="usual">Of an hour here.</param>
    public static IReadOnlyList<ForecastBand>? Of(ReadOnlySpan<double> hour, double usual)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hour.Length, Buckets);
        var (before, half, quarter) = (Sum(hour[..6]), Sum(hour[6..]), Sum(hour[9..]));
        var all = before + half;
        if (!Grows(before, half) || all < AboveUsual * usual)
        {
            return null;
        }

        double[] signs =
        [
            1,
            Math.Log((half + 1) / (before + 1)),
            Math.Log(((4 * quarter) + 1) / ((2 * half) + 1)),
            Math.Log((all + 1) / (usual + 1)),
            1 / Math.Sqrt(all),
        ];
        var bands = new List<ForecastBand>();
        foreach (var (minutes, low, middle, high) in Horizons)
        {
            var coming = Math.Min(Buckets, minutes / 5);
            var known = Sum(hour[coming..]);
            double Count(double[] weights) => known + (Rate(weights, signs, all) * coming / Buckets);
            var likely = Count(middle);
            bands.Add(new(TimeSpan.FromMinutes(minutes), Math.Min(Count(low), likely), likely, Math.Max(Count(high), likely)));
        }

        return bands;
    }

    /// <summary>Whether a half of an hour after another is a rise, where that is not usual.</summary>
    public static bool Grows(double before, double half) => before + half >= FewestPosts && half >= (Growth * before) + 1;

    /// <param name="now">Counted in the last hour.</param>
    public static Crossing When(IReadOnlyList<ForecastBand> bands, double now, double number) => new(
        When(bands, now, number, band => band.High),
        When(bands, now, number, band => band.Middle),
        When(bands, now, number, band => band.Low));

    private static TimeSpan? When(IReadOnlyList<ForecastBand> bands, double now, double number, Func<ForecastBand, double> count)
    {
        if (now >= number)
        {
            return TimeSpan.Zero;
        }

        var (at, before) = (TimeSpan.Zero, now);
        foreach (var band in bands)
        {
            if (count(band) >= number)
            {
                return at + ((band.After - at) * ((number - before) / (count(band) - before)));
            }

            (at, before) = (band.After, count(band));
        }

        return null;
    }

    private static double Rate(double[] weights, double[] signs, double all)
    {
        var sum = Math.Log(all + 1);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * signs[i];
        }

        return Math.Max(0, Math.Exp(sum) - 1);
    }

    private static double Sum(ReadOnlySpan<double> counts)
    {
        var sum = 0.0;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
