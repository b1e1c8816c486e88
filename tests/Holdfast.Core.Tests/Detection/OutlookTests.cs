using Holdfast.Core.Detection;

namespace Holdfast.Core.Tests.Detection;

public sealed class OutlookTests
{
    private const int Day = 1440;
    private static readonly DateTimeOffset Now = Given.At(Day + 60);

    [Fact]
    public void It_says_when_the_next_number_of_the_plan_is_likely_to_be_passed()
    {
        var outlook = Of(0, 9)!;
        Assert.Equal(11, outlook.Number);
        Assert.True(outlook.Crossing.Earliest <= outlook.Crossing.Likely, $"{outlook.Crossing}");
        Assert.Null(outlook.Rise.Unknown);
    }

    [Fact]
    public void A_number_that_is_passed_is_not_foreseen_and_what_is_to_come_is_told_instead()
    {
        var outlook = Of(0, 60)!;
        Assert.Null(outlook.Number);
        Assert.Equal(Forecast.After, outlook.Coming.Select(band => band.After));
        Assert.All(outlook.Coming, band => Assert.True(band.Low >= 0 && band.Low <= band.Middle && band.Middle <= band.High, $"{band}"));
        Assert.True(outlook.Coming[0].High < 60, "A quarter of an hour cannot bring what the whole hour holds.");
    }

    [Fact]
    public void On_the_first_day_it_says_that_it_is_still_learning() =>
        Assert.Equal((RiseUnknown.Learning, 0), Of(300, 9) is { } outlook ? (outlook.Rise.Unknown, outlook.Coming.Count) : default);

    [Fact]
    public void Where_a_source_was_blind_within_the_hour_it_says_that_it_is_not_known() =>
        Assert.Equal((RiseUnknown.Blind, 0), Of(0, 9, BlindTimes.Of([MinuteSpan.Of(Now.AddMinutes(-59), Now.AddMinutes(-58))])) is { } outlook ? (outlook.Rise.Unknown, outlook.Coming.Count) : default);

    /// <summary>Of a brand of twelve posts an hour: what was heard in blind hours counts as little as what was not.</summary>
    [Theory]
    [InlineData(5, 0, 16, false, null)]
    [InlineData(5, 150, 20, true, null)]
    [InlineData(7, 0, 16, false, RiseUnknown.Blind)]
    public void Blind_hours_of_the_day_before_are_neither_calm_nor_busy(int hours, int heard, int now, bool rises, RiseUnknown? unknown)
    {
        var blind = MinuteSpan.Of(Given.At(120), Given.At(120 + (hours * 60) - 1));
        var minutes = Given.Pulse(
        [
            .. Enumerable.Range(0, Day / 5).Select(n => Given.Negative(n * 5)).Where(post => post.At < blind.From || post.At > blind.To),
            .. Enumerable.Range(0, heard).Select(_ => Given.Negative(130)),
            .. Enumerable.Range(0, 6).Select(n => Given.Negative(Day + (n * 5))),
            .. Enumerable.Range(0, now - 6).Select(n => Given.Negative(Day + 31 + (n * 2))),
        ]).Minutes;
        var (calm, known) = (Look(BlindTimes.None), Look(BlindTimes.Of([blind])));
        Assert.Equal(heard == 0, calm?.Rise.Bands is not null);
        Assert.Equal((rises, unknown), (known?.Rise.Bands is not null, known?.Rise.Unknown));

        Outlook? Look(BlindTimes times) => Outlook.Of(new(Given.At(0), minutes, times), Now, RuleSet.Default.Thresholds, null);
    }

    [Fact]
    public void Where_nothing_rises_there_is_nothing_to_say()
    {
        var even = Given.Pulse(Enumerable.Range(0, 12).Select(n => Given.Negative(Day + (n * 5)))).Minutes;
        Assert.False(Outlook.IsRising(even, Now));
        Assert.Null(Outlook.Of(new(Given.Midnight, even, BlindTimes.None), Now, RuleSet.Default.Thresholds, null));
    }

    /// <param name="since">When listening began, in minutes.</param>
    /// <param name="posts">In the hour that has just ended, ever closer.</param>
    private static Outlook? Of(int since, int posts, BlindTimes? blind = null)
    {
        var minutes = Given.Pulse(Enumerable.Range(1, posts).Select(n => Given.Negative(Day + 1 + (59 * Math.Sqrt((double)n / posts))))).Minutes;
        Assert.True(Outlook.IsRising(minutes, Now));
        return Outlook.Of(new(Given.At(since), minutes, blind ?? BlindTimes.None), Now, RuleSet.Default.Thresholds, null);
    }
}
