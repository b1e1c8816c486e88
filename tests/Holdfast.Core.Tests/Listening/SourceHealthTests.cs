using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class SourceHealthTests
{
    // A Monday, at ten.
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_busy_source_that_is_quiet_for_longer_than_ever_at_this_hour_is_silent_and_blind()
    {
        var health = SourceHealth.Decide(Steady(60, Now.AddMinutes(-20)), Now);

        Assert.Equal((SourceState.Silent, true), (health.State, health.IsBlind));
        Assert.Equal(20, health.Missed!.Value, 6);
        Assert.Equal(60, health.UsualPerHour);
    }

    [Theory]
    [InlineData(60, 11, SourceState.Working)]
    [InlineData(60, 13, SourceState.Silent)]
    [InlineData(600, 9, SourceState.Working)]
    [InlineData(600, 11, SourceState.Silent)]
    [InlineData(2, 300, SourceState.Working)]
    [InlineData(2, 370, SourceState.Silent)]
    public void Silence_is_judged_by_what_would_have_come(int perHour, int minutes, SourceState state) =>
        Assert.Equal(state, SourceHealth.Decide(Steady(perHour, Now.AddMinutes(-minutes)), Now).State);

    [Fact]
    public void A_night_that_is_always_quiet_is_no_silence()
    {
        var facts = Steady(60, Now.AddHours(-9)) with
        {
            Arrivals = [.. Steady(60, Now).Arrivals.Where(a => a.Hour.Hour is >= 11 and < 24)],
        };

        Assert.Equal(SourceState.Working, SourceHealth.Decide(facts, Now).State);
    }

    [Fact]
    public void While_the_norm_is_being_learnt_nothing_is_odd()
    {
        var facts = Steady(60, Now.AddHours(-5)) with { CreatedAt = Now.AddDays(-10) };
        Assert.Equal((SourceState.Working, null), (SourceHealth.Decide(facts, Now).State, SourceHealth.Decide(facts, Now).UsualPerHour));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public void A_promise_counts_more_than_the_norm(int minutes, bool blind)
    {
        var facts = Steady(600, Now.AddMinutes(-minutes)) with { ExpectedWithin = TimeSpan.FromMinutes(30) };
        Assert.Equal(blind, SourceHealth.Decide(facts, Now).IsBlind);
    }

    [Fact]
    public void What_is_refused_and_not_followed_by_anything_good_is_failing()
    {
        var failing = Steady(60, Now.AddMinutes(-8)) with { LastErrorAt = Now.AddMinutes(-1) };

        Assert.Equal((SourceState.Failing, true), (SourceHealth.Decide(failing, Now).State, SourceHealth.Decide(failing, Now).IsBlind));
        Assert.Equal(SourceState.Working, SourceHealth.Decide(failing with { LastPostAt = Now }, Now).State);
        Assert.Equal(SourceState.Working, SourceHealth.Decide(failing with { LastErrorAt = Now.AddMinutes(-7) }, Now).State);
        Assert.Equal(SourceState.NeverReceived, SourceHealth.Decide(New with { CreatedAt = Now.AddHours(-2), LastErrorAt = Now.AddMinutes(-115) }, Now).State);
    }

    [Fact]
    public void A_new_source_is_blind_only_once_its_promise_is_broken()
    {
        Assert.False(SourceHealth.Decide(New, Now).IsBlind);
        Assert.False(SourceHealth.Decide(New with { ExpectedWithin = TimeSpan.FromHours(2) }, Now.AddHours(1)).IsBlind);
        Assert.True(SourceHealth.Decide(New with { ExpectedWithin = TimeSpan.FromHours(2) }, Now.AddHours(3)).IsBlind);
    }

    [Fact]
    public void Files_and_forms_are_never_blind() =>
        Assert.False(SourceHealth.Decide(Steady(60, Now.AddDays(-300)) with { OnDemand = true, ExpectedWithin = TimeSpan.FromMinutes(1) }, Now).IsBlind);

    private static SourceFacts New => new(false, Now, null, null, null, []);

    private static SourceFacts Steady(int perHour, DateTimeOffset last) =>
        new(false, Now.AddDays(-40), null, last, null,
            [.. Enumerable.Range(0, 40 * 24).Select(h => new HourOfArrivals(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero).AddHours(-h), perHour)).Where(a => a.Hour < last)]);
}
