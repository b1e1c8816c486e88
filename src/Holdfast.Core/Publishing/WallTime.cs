namespace Holdfast.Core.Publishing;

/// <summary>How often the clocks of a zone show a time on its day.</summary>
public enum WallTimeKind
{
    Once,

    /// <summary>The clocks go forward over it.</summary>
    Never,

    /// <summary>The clocks go back over it.</summary>
    Twice,
}

/// <summary>When the clocks on the wall show a time.</summary>
/// <param name="First">The instant; of the two, the earlier one; of a time that never is, the one that was meant had the clocks not changed.</param>
/// <param name="Second">The later one of a time that is there twice.</param>
public readonly record struct WallTimeReading(WallTimeKind Kind, DateTimeOffset First, DateTimeOffset Second);

/// <summary>A night in which the clocks change. From <paramref name="Begins"/> on they show <paramref name="Shows"/>.</summary>
public readonly record struct ClockChange(DateOnly Day, TimeOnly Begins, TimeOnly Shows, bool Forward);

/// <summary>Times as the clocks of a brand's zone show them: a plan is made in these, and what is planned for nine stays at nine.</summary>
public static class WallTime
{
    public static WallTimeReading Read(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // The offset of a day before: the change is not yet made, and no zone changes twice within a day.
            var meant = new DateTimeOffset(local, zone.GetUtcOffset(local.AddDays(-1))).ToUniversalTime();
            return new(WallTimeKind.Never, meant, meant);
        }

        if (zone.IsAmbiguousTime(local))
        {
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            return new(WallTimeKind.Twice, At(local, offsets.Max()), At(local, offsets.Min()));
        }

        var at = At(local, zone.GetUtcOffset(local));
        return new(WallTimeKind.Once, at, at);
    }

    public static DateTime Show(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>The same time of day on another day.</summary>
    public static WallTimeReading Move(DateTimeOffset at, DateOnly day, TimeZoneInfo zone) =>
        Read(day.ToDateTime(TimeOnly.FromDateTime(Show(at, zone))), zone);

    /// <summary>The first instant of a day; where midnight is left out, the first that there is.</summary>
    public static DateTimeOffset DayBegins(DateOnly day, TimeZoneInfo zone) => Read(day.ToDateTime(TimeOnly.MinValue), zone).First;

    /// <summary>The clock change of a day, or null on a day like any other.</summary>
    public static ClockChange? ChangeOn(DateOnly day, TimeZoneInfo zone)
    {
        // A minute early, for the zones that leave midnight out.
        var (from, to) = (DayBegins(day, zone).AddMinutes(-1), DayBegins(day.AddDays(1), zone).AddMinutes(-1));
        if (zone.GetUtcOffset(from) == zone.GetUtcOffset(to))
        {
            return null;
        }

        var before = zone.GetUtcOffset(from);
        while (to - from > TimeSpan.FromMinutes(1))
        {
            var middle = from + TimeSpan.FromMinutes(Math.Floor((to - from).TotalMinutes / 2));
            (from, to) = zone.GetUtcOffset(middle) == before ? (middle, to) : (from, middle);
        }

        return new(day, TimeOnly.FromDateTime(to.ToOffset(before).DateTime), TimeOnly.FromDateTime(Show(to, zone)), zone.GetUtcOffset(to) > before);
    }

    private static DateTimeOffset At(DateTime local, TimeSpan offset) => new DateTimeOffset(local, offset).ToUniversalTime();
}
