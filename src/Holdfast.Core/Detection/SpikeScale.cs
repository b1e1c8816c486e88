namespace Holdfast.Core.Detection;

/// <summary>What the windows of one length that end with a bucket are expected to hold, how they scatter, and how large their bursts have been.</summary>
internal sealed class SpikeScale
{
    /// <summary>What is farther from the expected than so many standard deviations is cut short where the usual is learnt.</summary>
    public const double Cut = 2;

    /// <summary>The level of late fades by half in so many windows.</summary>
    private const double LevelWindows = 8;

    /// <summary>Posts that the season's expectation weighs against the level of late.</summary>
    private const double LevelDoubt = 2;

    /// <summary>
    /// A count this many standard deviations above the expected is worth asking how rare it is. Low on purpose: how rare the burst is
    /// decides, and this only keeps apart what chance does all the time.
    /// </summary>
    private const double Above = 1.5;

    /// <summary>Half of the normal distribution lies within so many standard deviations.</summary>
    private const double Median = 0.6745;

    private const double FirstScatter = 0.1;
    private const double LeastScatter = 0.003;
    private const double MostScatter = 3;

    /// <summary>The scatter's logarithm moves by this an hour.</summary>
    private const double ScatterStep = 0.01;

    private readonly double[] _counts;
    private readonly double[] _expected;
    private readonly double _hours;
    private readonly double _fade;
    private readonly BurstMemory _bursts = new();
    private double _next;
    private double _filled;
    private double _sum;
    private double _expectedSum;
    private double _levelSeen;
    private double _levelExpected;
    private double _scatter = FirstScatter;

    /// <param name="bucketHours">The length of a bucket in hours.</param>
    public SpikeScale(int buckets, double bucketHours)
    {
        _counts = new double[buckets];
        _expected = new double[buckets];
        _hours = bucketHours;
        _fade = Math.Pow(2, -1.0 / (buckets * LevelWindows));
    }

    public int Buckets => _counts.Length;

    public double Scatter => _scatter;

    public void Learn(BucketCount bucket, double expected, double perHour, double hoursSeen)
    {
        var count = AtLeast(bucket, expected);
        var at = (int)_next;
        var (left, leftExpected) = (_counts[at], _expected[at]);
        var full = _filled >= Buckets;
        (_counts[at], _expected[at]) = (count, expected);
        _next = (at + 1) % Buckets;
        _filled++;
        _sum = Math.Max(0, _sum + count - left);
        _expectedSum = Math.Max(0, _expectedSum + expected - leftExpected);
        if (full)
        {
            LearnLevel(left, leftExpected);
        }

        var window = Of(_sum, _expectedSum, perHour);
        if (bucket.IsWhole && _filled >= 2 * Buckets)
        {
            var step = Math.Max(ScatterStep, 2 / (1 + hoursSeen)) * _hours;
            _scatter = Math.Clamp(_scatter * Math.Exp(Math.Abs(window.Deviations) > Median ? step : -step), LeastScatter, MostScatter);
        }

        _bursts.Learn(hoursSeen, window.Deviations > Above ? window.Size : 0);
    }

    /// <summary>The window that ends with the last of the buckets not learnt yet.</summary>
    public WindowLook Look(ReadOnlySpan<BucketCount> tail, ReadOnlySpan<double> tailExpected, double perHour, double hoursSeen)
    {
        var (sum, expected) = (0.0, 0.0);
        var open = Math.Min(tail.Length, Buckets);
        for (var i = tail.Length - open; i < tail.Length; i++)
        {
            sum += AtLeast(tail[i], tailExpected[i]);
            expected += tailExpected[i];
        }

        if (open < Buckets)
        {
            (sum, expected) = (sum + _sum, expected + _expectedSum);
            for (var i = 0; i < open; i++)
            {
                var oldest = ((int)_next + i) % Buckets;
                sum -= _counts[oldest];
                expected -= _expected[oldest];
            }
        }

        var window = Of(Math.Max(0, sum), expected, perHour);
        return window with { Days = window.Deviations > Above ? _bursts.DaysBetween(window.Size, hoursSeen) : 0 };
    }

    public (double Low, double High) Band(double expected)
    {
        var middle = Even(expected);
        return (Math.Min(expected, Uneven(Math.Max(Even(0), middle - Cut))), Uneven(middle + Cut));
    }

    public void Copy(StateCopy copy)
    {
        copy.Do(_counts);
        copy.Do(_expected);
        copy.Do(ref _next);
        copy.Do(ref _filled);
        copy.Do(ref _sum);
        copy.Do(ref _expectedSum);
        copy.Do(ref _levelSeen);
        copy.Do(ref _levelExpected);
        copy.Do(ref _scatter);
        _bursts.Copy(copy);
    }

    private void LearnLevel(double left, double leftExpected)
    {
        var usual = leftExpected * (_levelExpected > 0 ? (_levelSeen + 1) / (_levelExpected + 1) : 1);
        var most = usual + (Cut * Math.Sqrt(usual + 0.5 + (_scatter * usual * usual)));
        _levelSeen = (_levelSeen * _fade) + Math.Min(left, most);
        _levelExpected = (_levelExpected * _fade) + leftExpected;
    }

    /// <summary>What was not heard because a source was blind is taken to have been as usual.</summary>
    private double AtLeast(BucketCount bucket, double expected) => bucket.IsWhole ? bucket.Seen : Math.Max(bucket.Seen, expected * OfLate);

    private double OfLate => (_levelSeen + LevelDoubt) / (_levelExpected + LevelDoubt);

    private WindowLook Of(double sum, double season, double perHour)
    {
        var expected = Math.Max(season * OfLate, 1e-3);
        var excess = Math.Max(0, sum - expected);
        return new(sum, expected, Even(sum) - Even(expected), BurstMemory.Size(excess, perHour * _hours * Buckets), 0);
    }

    /// <summary>Makes counts that scatter with mean + scatter × mean² scatter evenly, by about one (Anscombe 1948, of the negative binomial).</summary>
    private double Even(double count)
    {
        // The inverse hyperbolic sine, several times as fast as the library's; what it is given is never near zero.
        var root = Math.Sqrt(_scatter * (count + 0.375));
        return 2 / Math.Sqrt(_scatter) * Math.Log(root + Math.Sqrt((root * root) + 1));
    }

    private double Uneven(double even) => Math.Max(0, (Math.Pow(Math.Sinh(even * Math.Sqrt(_scatter) / 2), 2) / _scatter) - 0.375);
}

/// <param name="Deviations">How many standard deviations above the expected.</param>
/// <param name="Size">Of the burst, see <see cref="BurstMemory.Size"/>.</param>
/// <param name="Days">How long one usually waits for one of this size; zero where it is not above the expected.</param>
internal readonly record struct WindowLook(double Seen, double Expected, double Deviations, double Size, double Days);
