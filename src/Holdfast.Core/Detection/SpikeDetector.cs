namespace Holdfast.Core.Detection;

/// <summary>
/// Tells how unusual the counts of a pulse are, bucket by bucket, with the same parameters for every brand and any bucket that divides an
/// hour. Two questions are asked of the bucket and of the hour and the six hours that end with it: is it above what is expected, by the
/// hour of the week and the level of late; and how rare have bursts of this size been here? What it learns from is older than a post may
/// be late, so that whatever the order of arrival, more posts can only make a bucket more unusual, never take back what was said of it.
/// </summary>
public sealed class SpikeDetector
{
    /// <summary>A post may arrive so long after it was written and still count as in order (BEHAVIOUR 3: the allowed lateness).</summary>
    public static readonly TimeSpan AllowedLateness = TimeSpan.FromMinutes(10);

    /// <summary>Before that nothing is called unusual: a night has not been told from a day yet.</summary>
    public static readonly TimeSpan FirstDays = TimeSpan.FromDays(2);

    /// <summary>Rarer than once in a year is not told apart: no one has listened that long.</summary>
    private const double MostDays = 365;

    /// <summary>Bursts of minutes, of an hour, and what grows over half a day. Each is judged against its own bursts.</summary>
    private static readonly TimeSpan[] Windows = [TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    private readonly double _hours;
    private readonly WeekNorm _norm = new();
    private readonly SpikeScale[] _scales;
    private readonly SpikeScale _hourly;
    private readonly double[] _tailExpected;
    private double _seen;
    private (long Quarter, TimeSpan Offset) _clock = (-1, default);

    /// <param name="start">When listening began: the beginning of the first bucket.</param>
    /// <param name="bucket">A minute to an hour.</param>
    public SpikeDetector(DateTimeOffset start, TimeSpan bucket, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(TimeSpan.FromHours(1).Ticks % bucket.Ticks, 0);
        (Bucket, Zone, _hours) = (bucket, zone, bucket.TotalHours);
        _scales =
        [
            new(1, _hours),
            .. Windows.Where(window => window > bucket).Select(window => new SpikeScale((int)(window / bucket), _hours)),
        ];
        _hourly = _scales.First(scale => scale.Buckets * bucket >= TimeSpan.FromHours(1));
        Next = start;
        Open = 1 + (int)Math.Ceiling(AllowedLateness / bucket);
        _tailExpected = new double[Open];
    }

    public TimeSpan Bucket { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>The beginning of the first bucket not learnt yet.</summary>
    public DateTimeOffset Next { get; private set; }

    /// <summary>How many buckets may still gain posts while the last of them is looked at; they are looked at but not learnt from.</summary>
    public int Open { get; }

    /// <summary>
    /// Learns the next bucket. Of one that is not whole nothing is learnt: it is taken to have been as usual, or as what was heard where
    /// that is more, so that what is still heard can stand out and what is not is no calm.
    /// </summary>
    public void Learn(BucketCount bucket)
    {
        var at = Middle(Next);
        Next += Bucket;
        var usual = _norm.PerHour(at);
        if (!bucket.IsWhole && usual is null)
        {
            return;
        }

        _seen += bucket.IsWhole ? _hours : 0;
        var perHour = usual ?? bucket.Seen / _hours;
        foreach (var scale in _scales)
        {
            scale.Learn(bucket, perHour * _hours, _norm.Level, _seen);
        }

        if (bucket.IsWhole)
        {
            _norm.Learn(at, bucket.Seen / _hours, perHour, _hourly.Scatter);
        }
    }

    /// <summary>Looks at the last of these buckets, the first of which is <see cref="Next"/>; at most <see cref="Open"/>. Changes nothing.</summary>
    public SpikeLook Look(ReadOnlySpan<BucketCount> tail)
    {
        var (seen, last) = (_seen, tail[^1]);
        for (var i = 0; i < tail.Length; i++)
        {
            _tailExpected[i] = (_norm.PerHour(Middle(Next + (i * Bucket))) ?? 0) * _hours;
            seen += tail[i].IsWhole ? _hours : 0;
        }

        var usual = _tailExpected[tail.Length - 1];
        var rarest = default(WindowLook);
        var window = Bucket;
        foreach (var scale in _scales)
        {
            var look = scale.Look(tail, _tailExpected, _norm.Level, seen);
            if (scale.Buckets == 1 || look.Days > rarest.Days)
            {
                (rarest, window) = (look, scale.Buckets * Bucket);
            }
        }

        var (low, high) = _scales[0].Band(usual);
        var learning = seen * TimeSpan.TicksPerHour < FirstDays.Ticks;
        var days = learning ? 0 : Math.Min(rarest.Days, MostDays);
        return new(
            Next + ((tail.Length - 1) * Bucket), last.Seen, usual, low, high, window, rarest.Seen, rarest.Expected, TimeSpan.FromDays(days), learning);
    }

    /// <summary>What it expects of an hour around this time, from all that it has learnt by now; null while it is still learning.</summary>
    public ExpectedBand? HourAt(DateTimeOffset at)
    {
        if (_seen * TimeSpan.TicksPerHour < FirstDays.Ticks || _norm.PerHour(Local(at)) is not { } usual)
        {
            return null;
        }

        var (low, high) = _hourly.Band(usual);
        return new(usual, low, high);
    }

    /// <summary>All that it has learnt, a few thousand bytes whatever the length of the history.</summary>
    public byte[] Save()
    {
        var copy = new StateCopy();
        Do(copy);
        return copy.Bytes;
    }

    /// <param name="state">Of a detector with the same bucket, saved when its next bucket was <paramref name="next"/>.</param>
    public static SpikeDetector Restore(ReadOnlySpan<byte> state, DateTimeOffset next, TimeSpan bucket, TimeZoneInfo zone)
    {
        var detector = new SpikeDetector(next, bucket, zone);
        detector.Do(StateCopy.Of(state));
        return detector;
    }

    /// <summary>Makes another with the same bucket and zone one that has learnt the same.</summary>
    internal void CopyTo(SpikeDetector other, StateCopy copy)
    {
        copy.Write();
        Do(copy);
        copy.Read();
        other.Do(copy);
        other.Next = Next;
    }

    /// <summary>
    /// A bucket stands for its middle. By its beginning a whole hour would be judged by the mean of two hours' factors, in which a swing
    /// up and down from hour to hour cannot be seen, and so grows.
    /// </summary>
    private LocalHour Middle(DateTimeOffset bucket) => Local(bucket + (Bucket / 2));

    /// <summary>Clocks change at whole quarters of an hour; asking for each bucket would cost more than the rest.</summary>
    private LocalHour Local(DateTimeOffset at)
    {
        var quarter = at.UtcTicks / TimeSpan.FromMinutes(15).Ticks;
        if (quarter != _clock.Quarter)
        {
            _clock = (quarter, Zone.GetUtcOffset(at));
        }

        return LocalHour.Of(at, _clock.Offset);
    }

    private void Do(StateCopy copy)
    {
        copy.Do(ref _seen);
        _norm.Copy(copy);
        foreach (var scale in _scales)
        {
            scale.Copy(copy);
        }
    }
}
