namespace Holdfast.Core.Detection;

/// <summary>An instant by the clock on the brand's wall.</summary>
/// <param name="Index">Hours since a Monday at midnight, long ago.</param>
/// <param name="Fraction">Of the hour that has passed, 0 to 1.</param>
internal readonly record struct LocalHour(long Index, double Fraction)
{
    public int OfWeek => (int)(Index % 168);

    /// <param name="offset">Of the local clock from UTC at that instant.</param>
    public static LocalHour Of(DateTimeOffset at, TimeSpan offset)
    {
        // The first day of the calendar was a Monday.
        var ticks = at.UtcTicks + offset.Ticks;
        return new(ticks / TimeSpan.TicksPerHour, (double)(ticks % TimeSpan.TicksPerHour) / TimeSpan.TicksPerHour);
    }
}
