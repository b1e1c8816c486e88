using System.Globalization;
using Holdfast.Core.Brands;
using Holdfast.Core.Escalation;

namespace Holdfast.Core.Tests.Escalation;

public sealed class QuietTimeTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData("22:00", "07:00", "2026-01-10T20:59Z", null)]
    [InlineData("22:00", "07:00", "2026-01-10T21:00Z", "2026-01-11T06:00Z")]
    [InlineData("22:00", "07:00", "2026-01-10T23:30Z", "2026-01-11T06:00Z")]
    [InlineData("22:00", "07:00", "2026-01-11T05:59Z", "2026-01-11T06:00Z")]
    [InlineData("22:00", "07:00", "2026-01-11T06:00Z", null)]
    [InlineData("12:00", "14:00", "2026-07-01T10:30Z", "2026-07-01T12:00Z")]
    [InlineData("12:00", "12:00", "2026-07-01T10:30Z", null)]
    // The night of the 29th of March has no half past two in Warsaw.
    [InlineData("22:00", "02:30", "2026-03-29T00:15Z", "2026-03-29T01:00Z")]
    public void Quiet_hours_end_in_the_brands_own_time(string from, string to, string now, string? end)
    {
        var hours = new QuietHours(TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture));
        Assert.Equal(end is null ? null : At(end), QuietTime.EndsAt(hours, Warsaw, At(now)));
    }

    [Fact]
    public void A_brand_without_quiet_hours_is_never_quiet() => Assert.Null(QuietTime.EndsAt(null, Warsaw, At("2026-01-10T23:30Z")));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
