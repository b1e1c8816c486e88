using Holdfast.Core.Detection;

namespace Holdfast.Now;

/// <summary>Turns counts in quarters of an hour into the pulse of a brand and the band it is expected in.</summary>
internal static class NowPulse
{
    /// <summary>Twelve hours, and the three quarters before them that the first hour needs.</summary>
    public const int Points = 48;
    public const int Quarters = Points + 3;

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Picture = Points * Quarter;

    /// <summary>As the rules of spikes do.</summary>
    private static readonly TimeSpan Learnt = TimeSpan.FromDays(56);

    /// <summary>How much the last hour must differ from the one before, and by how many mentions at least, to be called a trend.</summary>
    private const double TrendRatio = 1.3;
    private const double TrendMinimum = 3;

    /// <param name="norm">Learnt from what lies before the picture, so that what happens now is not taken for usual.</param>
    /// <param name="anchor">When the last point's hour ends.</param>
    public static PulseNow Of(IReadOnlyList<NowSql.PulseRow> now, SpikeDetector norm, DateTimeOffset anchor)
    {
        var hours = Hours(now);
        var expected = Enumerable.Range(0, Points).Select(point => norm.HourAt(anchor - Quarter * (Points - 1 - point) - HalfHour)).OfType<ExpectedBand>().ToList();
        return new(hours, expected, TrendOf(hours));
    }

    /// <summary>What is usual for a brand: the detector of spikes, having learnt the hours until the picture begins.</summary>
    /// <param name="first">The brand's first minute; null where nothing was heard yet.</param>
    /// <param name="hours">Counted an hour since <see cref="LearnsFrom"/>; one that is missing counted nothing.</param>
    public static SpikeDetector Norm(
        DateTimeOffset? first, DateTimeOffset anchor, TimeZoneInfo zone, IReadOnlyDictionary<DateTimeOffset, int> hours, BlindTimes blind)
    {
        var (from, heard) = (LearnsFrom(anchor), Hour(first ?? anchor));
        var norm = new SpikeDetector(heard > from ? heard : from, AnHour, zone);
        while (norm.Next + AnHour <= anchor - Picture)
        {
            norm.Learn(new(hours.GetValueOrDefault(norm.Next), !blind.Touch(norm.Next, AnHour)));
        }

        return norm;
    }

    public static DateTimeOffset LearnsFrom(DateTimeOffset anchor) => Hour(anchor - Picture) - Learnt;

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % AnHour.Ticks, TimeSpan.Zero);

    /// <summary>
    /// Rolling hours, oldest first. A post that two monitors heard is one post: the brand's count is that of its busiest
    /// monitor, which is also what the rules judge.
    /// </summary>
    private static double[] Hours(IReadOnlyList<NowSql.PulseRow> rows)
    {
        var hours = new double[Points];
        foreach (var monitor in rows.GroupBy(row => row.Monitor))
        {
            var quarters = new double[Quarters];
            foreach (var row in monitor.Where(row => row.Ago is >= 0 and < Quarters))
            {
                quarters[Quarters - 1 - row.Ago] += row.Negative;
            }

            for (var point = 0; point < Points; point++)
            {
                hours[point] = Math.Max(hours[point], quarters[point] + quarters[point + 1] + quarters[point + 2] + quarters[point + 3]);
            }
        }

        return hours;
    }

    private static Trend TrendOf(double[] hours)
    {
        var (last, before) = (hours[^1], hours[^5]);
        return Math.Abs(last - before) < TrendMinimum ? Trend.Steady
            : last > before * TrendRatio ? Trend.Rising
            : before > last * TrendRatio ? Trend.Falling
            : Trend.Steady;
    }
}
