using Holdfast.Core.Detection;

namespace Holdfast.Now;

/// <summary>Turns counts in quarters of an hour into the pulse of a brand and the band it is expected in.</summary>
internal static class NowPulse
{
    /// <summary>Twelve hours, and the three quarters before them that the first hour needs.</summary>
    public const int Points = 48;
    public const int Quarters = Points + 3;

    /// <summary>A norm by the hour of the week needs a few weeks; until then the same hour of the last days serves.</summary>
    private const int EnoughWeeks = 3;

    public static readonly int[] Days = [1, 2, 3, 4, 5, 6, 7];
    public static readonly int[] Weeks = [7, 14, 21, 28, 35, 42, 49, 56];

    /// <summary>How much the last hour must differ from the one before, and by how many mentions at least, to be called a trend.</summary>
    private const double TrendRatio = 1.3;
    private const double TrendMinimum = 3;

    public static PulseNow Of(IReadOnlyList<NowSql.PulseRow> now, IReadOnlyList<NowSql.PulseRow> before, TimeSpan known)
    {
        var hours = Hours(now);
        var weeks = Weeks.Where(days => days <= known.TotalDays).ToList();
        var lags = weeks.Count >= EnoughWeeks ? weeks : [.. Days.Where(days => days <= known.TotalDays)];
        var past = lags.Select(lag => Hours([.. before.Where(row => row.Lag == lag)])).ToList();
        var expected = past.Count < 2
            ? []
            : Enumerable.Range(0, Points).Select(point => ExpectedBand.Of([.. past.Select(each => each[point])])!.Value).ToList();
        return new(hours, expected, TrendOf(hours));
    }

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
