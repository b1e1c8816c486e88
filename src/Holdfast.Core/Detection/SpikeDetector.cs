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
    private readonly double[] _tail;
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
        (_tail, _tailExpected) = (new double[Open], new double[Open]);
    }

    public TimeSpan Bucket { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>The beginning of the first bucket not learnt yet.</summary>
    public DateTimeOffset Next { get; private set; }

    /// <summary>How many buckets may still gain posts while the last of them is looked at; they are looked at but not learnt from.</summary>
    public int Open { get; }

    /// <summary>Learns the next bucket.</summary>
    /// <param name="count">Null where nothing is known of it (the source was blind): then it is as if that time had not been.</param>
    public void Learn(double? count)
    {
        var at = Local(Next);
        Next += Bucket;
        if (count is not { } known)
        {
            return;
        }

        _seen += _hours;
        var perHour = _norm.PerHour(at) ?? known / _hours;
        foreach (var scale in _scales)
        {
            scale.Learn(known, perHour * _hours, _norm.Level, _seen);
        }

        _norm.Learn(at, known / _hours, perHour, _hourly.Scatter);
    }

    /// <summary>Looks at the last of these buckets, the first of which is <see cref="Next"/>; at most <see cref="Open"/>. Changes nothing.</summary>
    public SpikeLook Look(ReadOnlySpan<double?> tail)
    {
        var (known, usual) = (0, 0.0);
        for (var i = 0; i < tail.Length; i++)
        {
            usual = (_norm.PerHour(Local(Next + (i * Bucket))) ?? 0) * _hours;
            if (tail[i] is { } count)
            {
                (_tail[known], _tailExpected[known]) = (count, usual);
                known++;
            }
        }

        var seen = _seen + (known * _hours);
        var rarest = default(WindowLook);
        var window = Bucket;
        foreach (var scale in _scales)
        {
            var look = scale.Look(_tail.AsSpan(0, known), _tailExpected.AsSpan(0, known), _norm.Level, seen);
            if (scale.Buckets == 1 || look.Days > rarest.Days)
            {
                (rarest, window) = (look, scale.Buckets * Bucket);
            }
        }

        var (low, high) = _scales[0].Band(usual);
        var learning = seen * TimeSpan.TicksPerHour < FirstDays.Ticks;
        var days = learning || tail[^1] is null ? 0 : Math.Min(rarest.Days, MostDays);
        return new(
            Next + ((tail.Length - 1) * Bucket), tail[^1] ?? 0, usual, low, high, window, rarest.Seen, rarest.Expected, TimeSpan.FromDays(days), learning);
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
