using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing;

public sealed class WallTimeTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData("2026-03-28T02:30", WallTimeKind.Once, "2026-03-28T01:30Z", "2026-03-28T01:30Z")]
    [InlineData("2026-03-29T01:59", WallTimeKind.Once, "2026-03-29T00:59Z", "2026-03-29T00:59Z")]
    [InlineData("2026-03-29T02:00", WallTimeKind.Never, "2026-03-29T01:00Z", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29T02:59", WallTimeKind.Never, "2026-03-29T01:59Z", "2026-03-29T01:59Z")]
    [InlineData("2026-03-29T03:00", WallTimeKind.Once, "2026-03-29T01:00Z", "2026-03-29T01:00Z")]
    [InlineData("2026-10-25T02:00", WallTimeKind.Twice, "2026-10-25T00:00Z", "2026-10-25T01:00Z")]
    [InlineData("2026-10-25T02:59", WallTimeKind.Twice, "2026-10-25T00:59Z", "2026-10-25T01:59Z")]
    [InlineData("2026-10-25T03:00", WallTimeKind.Once, "2026-10-25T02:00Z", "2026-10-25T02:00Z")]
    public void A_time_on_the_wall_is_there_once_never_or_twice(string local, WallTimeKind kind, string first, string second) =>
        Assert.Equal(new WallTimeReading(kind, At(first), At(second)), WallTime.Read(DateTime.Parse(local, null), Warsaw));

    [Fact]
    public void A_post_that_is_moved_over_a_clock_change_keeps_its_time_of_day()
    {
        var nine = At("2026-10-23T07:00Z");
        var moved = WallTime.Move(nine, new DateOnly(2026, 10, 26), Warsaw);
        Assert.Equal(WallTimeKind.Once, moved.Kind);
        Assert.Equal(At("2026-10-26T08:00Z"), moved.First);
        Assert.Equal(nine, WallTime.Move(moved.First, new DateOnly(2026, 10, 23), Warsaw).First);
    }

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-29", "02:00", "03:00")]
    [InlineData("Europe/Warsaw", "2026-10-25", "03:00", "02:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "02:00", "01:30")]
    [InlineData("America/New_York", "2026-11-01", "02:00", "01:00")]
    [InlineData("Africa/Cairo", "2026-04-24", "00:00", "01:00")]
    [InlineData("Africa/Cairo", "2026-10-29", "00:00", "23:00")]
    public void The_night_when_the_clocks_change_says_from_when_to_when(string zone, string day, string begins, string shows) =>
        Assert.Equal(
            new ClockChange(DateOnly.Parse(day, null), TimeOnly.Parse(begins, null), TimeOnly.Parse(shows, null), day.Contains("-03-", StringComparison.Ordinal) || day == "2026-04-24"),
            WallTime.ChangeOn(DateOnly.Parse(day, null), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void Every_minute_of_two_years_is_read_back_as_it_was_shown()
    {
        var from = At("2026-01-01T00:00Z");
        for (var minute = 0; minute < 2 * 365 * 24 * 60; minute += 7)
        {
            var at = from.AddMinutes(minute);
            var reading = WallTime.Read(WallTime.Show(at, Warsaw), Warsaw);
            Assert.True(reading.First == at || (reading.Kind == WallTimeKind.Twice && reading.Second == at), $"{at:O}");
        }
    }

    [Fact]
    public void Only_two_days_of_a_year_have_a_change() =>
        Assert.Equal(
            [new DateOnly(2026, 3, 29), new DateOnly(2026, 10, 25)],
            Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).Where(day => WallTime.ChangeOn(day, Warsaw) is not null));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}
