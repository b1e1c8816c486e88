using Holdfast.Now;

namespace Holdfast.App.Tests.Now;

public sealed class NowPulseTests
{
    private static readonly Guid Monitor = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("00000000-0000-7000-8000-000000000002");
    private static readonly TimeSpan Long = TimeSpan.FromDays(100);

    [Fact]
    public void The_last_point_is_the_hour_that_ends_now()
    {
        var pulse = NowPulse.Of([Row(0, 3), Row(3, 4), Row(4, 100)], [], Long);
        Assert.Equal(7, pulse.Last);
        Assert.Equal(104, pulse.Hours[^2]);
        Assert.Equal(NowPulse.Points, pulse.Hours.Count);
    }

    [Fact]
    public void A_post_that_two_monitors_heard_counts_once() =>
        Assert.Equal(5, NowPulse.Of([Row(0, 5), Row(0, 4) with { Monitor = Other }], [], Long).Last);

    [Fact]
    public void With_weeks_known_the_norm_is_that_of_the_hour_of_the_week()
    {
        var history = NowPulse.Weeks.Select(days => Row(0, 8) with { Lag = days }).Append(Row(0, 999) with { Lag = 1 }).ToList();
        Assert.Equal(8, NowPulse.Of([], history, Long).Usual);
    }

    [Fact]
    public void With_few_weeks_known_the_same_hour_of_the_last_days_serves() =>
        Assert.Equal(3, NowPulse.Of([], [Row(0, 2) with { Lag = 1 }, Row(0, 4) with { Lag = 2 }], TimeSpan.FromDays(2.5)).Usual);

    [Fact]
    public void With_a_day_known_there_is_no_norm() => Assert.Null(NowPulse.Of([Row(0, 2)], [], TimeSpan.FromDays(1)).Usual);

    [Theory]
    [InlineData(10, 2, Trend.Rising), InlineData(2, 10, Trend.Falling), InlineData(10, 9, Trend.Steady), InlineData(2, 0, Trend.Steady)]
    public void The_trend_is_this_hour_against_the_one_before(int last, int before, Trend trend) =>
        Assert.Equal(trend, NowPulse.Of([Row(0, last), Row(4, before)], [], Long).Trend);

    private static NowSql.PulseRow Row(int ago, int negative) => new(Guid.Empty, 0, Monitor, ago, negative);
}
