namespace Holdfast.Core.Detection;

/// <summary>Where a rise goes, as pages show it.</summary>
/// <param name="At">The minute that has just ended.</param>
/// <param name="Number">The lowest number of the plan, of an hour's negative posts, that is not passed yet; null where all are, or none is likely to be.</param>
/// <param name="Crossing">Of that number.</param>
/// <param name="Coming">Posts still to come until each horizon; empty where it is not known where the rise goes.</param>
public sealed record Outlook(DateTimeOffset At, Rise Rise, double? Number, Crossing Crossing, IReadOnlyList<ForecastBand> Coming)
{
    /// <summary>Whether the count grew in the hour before this minute; most of the time it did not, and no more need be read.</summary>
    /// <param name="minutes">Of that hour.</param>
    public static bool IsRising(IReadOnlyList<PulseMinute> minutes, DateTimeOffset at) =>
        Rise.Grows(Sums(minutes, at, TimeSpan.FromHours(1)), 60);

    /// <summary>Null where nothing rises.</summary>
    public static Outlook? Of(HeardDay heard, DateTimeOffset at, IEnumerable<ThresholdRule> numbers, UsualWeek? usual)
    {
        var sums = Sums(heard.Minutes, at, Forecast.Learns);
        var end = sums.Index(Minutes.Floor(at));
        var rise = Rise.Of(sums, end, heard);
        if (rise.Bands is not { } bands)
        {
            return rise.Unknown is null ? null : new(at, rise, null, default, []);
        }

        var next = numbers
            .Where(ForecastRule.CanForesee)
            .Select(rule => rule.CountAt(sums.Minute(end), usual))
            .Where(number => number > rise.Seen)
            .Min();
        var crossing = next is { } number ? Forecast.When(bands, rise.Seen, number) : default;
        return new(at, rise, crossing.Likely is null ? null : next, crossing, [.. bands.Select(band => Ahead(band, sums, end))]);
    }

    private static ForecastBand Ahead(ForecastBand band, PulseSums sums, int end)
    {
        var known = sums.Count(end, 60 - (int)band.After.TotalMinutes);
        return band with { Low = band.Low - known, Middle = band.Middle - known, High = band.High - known };
    }

    private static PulseSums Sums(IReadOnlyList<PulseMinute> minutes, DateTimeOffset at, TimeSpan reach) =>
        new(new(default, minutes), Metric.Negative, MinuteSpan.Of(at - reach, at));
}
