using Holdfast.Core.Detection;

namespace Holdfast.Core.Tests.Detection;

public sealed class UsualWeekTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Fact]
    public void The_usual_is_that_of_the_hour_of_the_week()
    {
        var band = Learn(8, local => local.DayOfWeek == DayOfWeek.Monday && local.Hour is >= 8 and <= 10 ? 40 : 6);
        Assert.Equal(40, band.At(Local(2026, 3, 2, 9, 30)).Usual);
        Assert.Equal(6, band.At(Local(2026, 3, 3, 9, 30)).Usual);
        Assert.False(band.At(Local(2026, 3, 2, 9, 30)).Learning);
    }

    [Fact]
    public void One_storm_does_not_become_the_norm()
    {
        var storm = Local(2026, 2, 16, 12, 0).Date;
        var band = Learn(8, local => local.Date == storm ? 900 : 6);
        Assert.Equal(6, band.At(Local(2026, 3, 2, 12, 0)).Usual);
        Assert.InRange(band.At(Local(2026, 3, 2, 12, 0)).High, 6, 20);
    }

    [Fact]
    public void Hours_in_which_a_source_was_blind_are_unknown_and_not_nothing()
    {
        var at = Local(2026, 3, 2, 12, 0);
        (DateTimeOffset, double)[] hours = [.. Enumerable.Range(1, 24 * 7 * 9).Select(hour => at.AddHours(-hour)).Select(hour => (hour, hour > at.AddDays(-30) ? 0.0 : 6))];
        var blind = BlindTimes.Of(Enumerable.Range(1, 30).Select(day => MinuteSpan.Of(at.AddDays(-day), at.AddDays(-day + 1))));
        Assert.True(new UsualWeek(hours, hours[^1].Item1, Warsaw).At(at).Usual < 6);
        Assert.Equal(6, new UsualWeek(hours, hours[^1].Item1, Warsaw, blind).At(at).Usual);
    }

    [Fact]
    public void A_short_history_says_that_it_is_still_learning()
    {
        Assert.Equal(new Expected(0, 0, 0, 0, Learning: true), Learn(0, _ => 6).At(Local(2026, 3, 2, 12, 0)));
        var twoWeeks = Learn(2, _ => 6).At(Local(2026, 3, 2, 12, 0));
        Assert.True(twoWeeks is { Learning: true, Usual: 6 });
        Assert.False(Learn(3, _ => 6).At(Local(2026, 3, 2, 12, 0)).Learning);
    }

    [Fact]
    public void The_band_is_never_below_nothing_and_never_without_width()
    {
        var quiet = Learn(8, _ => 0).At(Local(2026, 3, 2, 12, 0));
        Assert.Equal((0, 0), (quiet.Usual, quiet.Low));
        Assert.True(quiet.High >= 1);
    }

    [Fact]
    public void What_happened_this_week_changes_no_answer_about_it()
    {
        var at = Local(2026, 3, 2, 12, 0);
        var calm = Learn(8, _ => 6).At(at);
        Assert.Equal(calm, Learn(8, local => at.DateTime - local < TimeSpan.FromDays(6) ? 500 : 6).At(at));
    }

    /// <summary>On 29 March 2026 the hour from two is missing in Warsaw; on 25 October it comes twice.</summary>
    [Theory]
    [InlineData(2026, 3, 29)]
    [InlineData(2026, 4, 5)]
    [InlineData(2026, 10, 25)]
    [InlineData(2026, 11, 1)]
    public void Nights_when_the_clocks_change_keep_the_hour_of_the_week(int year, int month, int day)
    {
        // Busy from eight in the morning by the clock on the wall, winter and summer.
        var sunday = Local(year, month, day, 0, 0);
        var band = Learn(8, local => local.Hour is >= 8 and < 20 ? 60 : 4, until: sunday.AddDays(1));
        Assert.Equal(60, band.At(Local(year, month, day, 9, 0)).Usual);
        Assert.Equal(60, band.At(Local(year, month, day, 18, 0)).Usual);
        for (var hour = 0; hour < 7; hour++)
        {
            Assert.Equal(4, band.At(sunday.AddHours(hour)).Usual);
        }
    }

    [Fact]
    public void A_window_over_the_change_of_clocks_is_still_sixty_minutes()
    {
        // 00:30 to 01:29 UTC: on the wall 01:30 to 03:29.
        var midnight = new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.Zero);
        var first = (midnight - Given.Midnight).TotalMinutes + 30;
        var six = Enumerable.Range(0, 6).Select(n => Given.Negative(first + (n * 11.8))).ToList();
        Assert.Single(Given.Runs(Given.Only(ThresholdRule.Assign), six));
        Assert.Empty(Given.Runs(Given.Only(ThresholdRule.Assign), [.. six.Take(5), Given.Negative(first + 60)]));
    }

    private static UsualWeek Learn(int weeks, Func<DateTime, double> count, DateTimeOffset? until = null)
    {
        var end = until ?? Local(2026, 3, 4, 0, 0);
        var first = end.AddDays(-7 * (weeks + (weeks > 0 ? 1 : 0))).ToUniversalTime();
        var hours = Enumerable.Range(0, (int)(end - first).TotalHours)
            .Select(hour => first.AddHours(hour))
            .Select(hour => (hour, count(TimeZoneInfo.ConvertTime(hour, Warsaw).DateTime)));
        return new(hours, weeks == 0 ? end.AddDays(1) : first, Warsaw);
    }

    private static DateTimeOffset Local(int year, int month, int day, int hour, int minute)
    {
        var local = new DateTime(year, month, day, hour, minute, 0);
        return new(local, Warsaw.GetUtcOffset(local));
    }
}
