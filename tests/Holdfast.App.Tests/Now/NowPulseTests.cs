using Holdfast.Core.Detection;
using Holdfast.Now;

namespace Holdfast.App.Tests.Now;

public sealed class NowPulseTests
{
    private static readonly Guid Monitor = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("00000000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_point_is_the_hour_that_ends_now()
    {
        var pulse = Of(Row(0, 3), Row(3, 4), Row(4, 100));
        Assert.Equal(7, pulse.Last);
        Assert.Equal(104, pulse.Hours[^2]);
        Assert.Equal(NowPulse.Points, pulse.Hours.Count);
    }

    [Fact]
    public void A_post_that_two_monitors_heard_counts_once() =>
        Assert.Equal(5, Of(Row(0, 5), Row(0, 4) with { Monitor = Other }).Last);

    [Fact]
    public void What_is_usual_is_that_of_the_hour_of_the_day_and_what_happens_now_is_not_usual()
    {
        var pulse = NowPulse.Of([], Norm(weeks: 4, hour => hour > Noon.AddHours(-12) ? 900 : hour.Hour is >= 8 and < 20 ? 40 : 4), Noon);
        Assert.Equal(NowPulse.Points, pulse.Expected.Count);
        Assert.InRange(pulse.Usual!.Value, 30, 50);
        Assert.InRange(pulse.Expected[8].Usual, 2, 8);
        Assert.All(pulse.Expected, band => Assert.True(band.Low <= band.Usual && band.Usual < band.High));
    }

    [Fact]
    public void The_time_in_which_a_source_was_blind_is_not_usual()
    {
        var blind = BlindTimes.Of([MinuteSpan.Of(Noon.AddDays(-2), Noon.AddHours(-12))]);
        int Heard(DateTimeOffset hour) => hour > Noon.AddDays(-2) ? 0 : 40;
        var (asCalm, asUnknown) = (NowPulse.Of([], Norm(4, Heard), Noon).Usual, NowPulse.Of([], Norm(4, Heard, blind), Noon).Usual);
        Assert.True(asUnknown > 1.1 * asCalm, $"{asUnknown} and {asCalm}");
    }

    [Fact]
    public void With_a_day_known_there_is_no_norm()
    {
        Assert.Null(NowPulse.Of([Row(0, 2)], NowPulse.Norm(Noon.AddDays(-1), Noon, TimeZoneInfo.Utc, new Dictionary<DateTimeOffset, int>(), BlindTimes.None), Noon).Usual);
        Assert.Null(Of(Row(0, 2)).Usual);
    }

    [Theory]
    [InlineData(10, 2, Trend.Rising), InlineData(2, 10, Trend.Falling), InlineData(10, 9, Trend.Steady), InlineData(2, 0, Trend.Steady)]
    public void The_trend_is_this_hour_against_the_one_before(int last, int before, Trend trend) =>
        Assert.Equal(trend, Of(Row(0, last), Row(4, before)).Trend);

    private static PulseNow Of(params NowSql.PulseRow[] rows) =>
        NowPulse.Of(rows, NowPulse.Norm(null, Noon.AddYears(-1), TimeZoneInfo.Utc, new Dictionary<DateTimeOffset, int>(), BlindTimes.None), Noon);

    private static SpikeDetector Norm(int weeks, Func<DateTimeOffset, int> count, BlindTimes? blind = null)
    {
        var hours = Enumerable.Range(1, 24 * 7 * weeks).Select(hour => Noon.AddHours(-hour)).ToDictionary(hour => hour, count);
        return NowPulse.Norm(Noon.AddDays(-7 * weeks), Noon, TimeZoneInfo.Utc, hours, blind ?? BlindTimes.None);
    }

    private static NowSql.PulseRow Row(int ago, int negative) => new(Guid.Empty, Monitor, ago, negative);
}
