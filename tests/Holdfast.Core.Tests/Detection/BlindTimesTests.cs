using Holdfast.Core.Detection;

namespace Holdfast.Core.Tests.Detection;

public sealed class BlindTimesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_silence_that_is_odd_began_with_the_last_post() =>
        Assert.Equal(Span(0, 95), BlindTimes.Behind(At(60), At(95), At(95), [new("silent", 95, "minutes"), new("missed", 14, "posts")]));

    [Fact]
    public void A_silence_is_counted_back_from_when_it_was_longest() =>
        Assert.Equal(Span(-15, 95), BlindTimes.Behind(At(60), At(95), At(80), [new("silent", 95, "minutes"), new("missed", 14, "posts")]));

    [Fact]
    public void A_source_that_fails_or_breaks_a_promise_was_believed_until_the_signal() =>
        Assert.Equal(Span(60, 95), BlindTimes.Behind(At(60), At(95), At(95), [new("silent", 95, "minutes")]));

    [Fact]
    public void Stretches_of_several_sources_are_joined_whatever_their_order()
    {
        var times = BlindTimes.Of([Span(50, 70), Span(10, 20), Span(60, 61), Span(15, 30)]);
        Assert.Equal([(At(10), At(31)), (At(50), At(71))], times.Between(At(-100), At(100)));
        Assert.Equal([(At(12), At(31)), (At(50), At(55))], times.Between(At(12), At(55)));
    }

    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(6, 5, true)]
    [InlineData(19, 5, true)]
    [InlineData(20, 5, true)]
    [InlineData(21, 5, false)]
    [InlineData(0, 60, true)]
    [InlineData(45, 10, true)]
    [InlineData(51, 10, false)]
    public void A_bucket_that_is_blind_in_part_is_not_whole(int from, int minutes, bool touched) =>
        Assert.Equal(touched, BlindTimes.Of([Span(10, 20), Span(50, 50)]).Touch(At(from), TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void A_source_that_stays_dead_is_a_change_and_no_gap()
    {
        var times = BlindTimes.Of([Span(0, 60 * 24 * 20)]);
        Assert.True(times.Touch(Noon.AddDays(2.9), TimeSpan.FromMinutes(5)));
        Assert.False(times.Touch(Noon.AddDays(3.1), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void Two_are_the_same_where_they_say_the_same_of_the_time_asked_about()
    {
        var (growing, grown) = (BlindTimes.Of([Span(0, 10), Span(50, 60)]), BlindTimes.Of([Span(0, 10), Span(50, 90)]));
        Assert.True(growing.SameBetween(At(0), At(60), grown));
        Assert.False(growing.SameBetween(At(0), At(70), grown));
        Assert.False(BlindTimes.None.SameBetween(At(0), At(5), grown));
        Assert.True(BlindTimes.None.SameBetween(At(20), At(40), grown));
    }

    private static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);

    private static MinuteSpan Span(int from, int to) => new(At(from), At(to));
}
