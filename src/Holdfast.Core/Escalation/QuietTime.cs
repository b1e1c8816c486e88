using Holdfast.Core.Brands;

namespace Holdfast.Core.Escalation;

/// <summary>Quiet hours in instants.</summary>
public static class QuietTime
{
    /// <summary>When the quiet hours that hold now end; null where none hold. An hour that a clock change skips ends with the skip.</summary>
    public static DateTimeOffset? EndsAt(QuietHours? hours, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (hours is null || hours.From == hours.To)
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (!time.IsBetween(hours.From, hours.To))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(local.DateTime);
        var end = (time < hours.To ? day : day.AddDays(1)).ToDateTime(hours.To);
        while (zone.IsInvalidTime(end))
        {
            end = end.AddMinutes(1);
        }

        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }
}
