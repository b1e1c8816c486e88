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
        Assert.False(outlook.Rise.Learning);
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
        Assert.Equal((true, 0), Of(300, 9) is { } outlook ? (outlook.Rise.Learning, outlook.Coming.Count) : default);

    [Fact]
    public void Where_nothing_rises_there_is_nothing_to_say()
    {
        var even = Given.Pulse(Enumerable.Range(0, 12).Select(n => Given.Negative(Day + (n * 5)))).Minutes;
        Assert.False(Outlook.IsRising(even, Now));
        Assert.Null(Outlook.Of(new(Given.Midnight, even), Now, RuleSet.Default.Thresholds, null));
    }

    /// <param name="since">When listening began, in minutes.</param>
    /// <param name="posts">In the hour that has just ended, ever closer.</param>
    private static Outlook? Of(int since, int posts)
    {
        var minutes = Given.Pulse(Enumerable.Range(1, posts).Select(n => Given.Negative(Day + 1 + (59 * Math.Sqrt((double)n / posts))))).Minutes;
        Assert.True(Outlook.IsRising(minutes, Now));
        return Outlook.Of(new(Given.At(since), minutes), Now, RuleSet.Default.Thresholds, null);
    }
}
