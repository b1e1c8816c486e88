using Holdfast.Core.Detection;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

public sealed class CoolingTests
{
    [Fact]
    public void Four_quiet_hours_bring_a_3_down_to_1_and_not_a_tick_earlier()
    {
        var (situation, heard) = Standing((3, Make.Noon));
        Assert.Equal(Make.Noon.AddHours(4), SituationDecisions.CoolsAt(situation, heard, Make.Rules));
        Assert.Empty(SituationDecisions.CoolDown(situation, heard, Make.Noon.AddHours(4).AddTicks(-1), Make.Rules));
        Assert.Equal(Level.One, CooledAt(situation, heard, Make.Noon.AddHours(4)));
    }

    [Fact]
    public void It_comes_down_only_to_the_level_of_the_rule_that_still_speaks()
    {
        var (situation, heard) = Standing((3, Make.Noon), (2, Make.Noon.AddHours(3)));
        Assert.Equal(Level.Two, CooledAt(situation, heard, Make.Noon.AddHours(4)));
        situation = situation.And(SituationDecisions.CoolDown(situation, heard, Make.Noon.AddHours(4), Make.Rules), Make.Noon.AddHours(4));
        Assert.Equal(Make.Noon.AddHours(7), SituationDecisions.CoolsAt(situation, heard, Make.Rules));
        Assert.Equal(Level.One, CooledAt(situation, heard, Make.Noon.AddHours(7)));
    }

    [Fact]
    public void A_signal_that_speaks_again_after_cooling_raises_the_level_again()
    {
        var (situation, heard) = Standing((3, Make.Noon));
        situation = situation.And(SituationDecisions.CoolDown(situation, heard, Make.Noon.AddHours(4), Make.Rules));
        var decision = SituationDecisions.Take(situation, Make.Signal(3, id: 1), "t", Make.Noon.AddHours(5), Make.Rules);
        Assert.Equal(Level.Three, situation.And(decision.Events).Level);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_4_or_5_comes_down_only_by_a_person(int level)
    {
        var situation = Make.Opened(level);
        Assert.Null(SituationDecisions.CoolsAt(situation, None, Make.Rules));
        Assert.Empty(SituationDecisions.CoolDown(situation, None, Make.Noon.AddYears(1), Make.Rules));
    }

    [Fact]
    public void It_does_not_cool_while_a_grave_proposal_waits_for_an_answer()
    {
        var (situation, heard) = Standing((5, Make.Noon));
        Assert.NotNull(situation.Proposed);
        Assert.Empty(SituationDecisions.CoolDown(situation, heard, Make.Noon.AddDays(2), Make.Rules));
    }

    [Fact]
    public void A_level_set_by_hand_holds_four_hours_from_then_though_the_rules_were_quiet_before()
    {
        var (situation, heard) = Standing((2, Make.Noon));
        var later = Make.Noon.AddHours(10);
        situation = situation.And(SituationDecisions.Raise(situation, Level.Three, "press calls"), later);
        Assert.Equal(later.AddHours(4), SituationDecisions.CoolsAt(situation, heard, Make.Rules));
    }

    [Fact]
    public void What_a_person_brought_down_from_5_to_3_cools_from_that_moment()
    {
        var later = Make.Noon.AddHours(1);
        var situation = Make.Opened(5);
        situation = situation.And(SituationDecisions.Lower(situation, Level.Three, "the court dropped it"), later);
        Assert.Equal(later.AddHours(4), SituationDecisions.CoolsAt(situation, None, Make.Rules));
    }

    [Fact]
    public void What_has_ended_does_not_cool()
    {
        var (situation, heard) = Standing((3, Make.Noon));
        Assert.Null(SituationDecisions.CoolsAt(situation.And(new Resolved("over")), heard, Make.Rules));
    }

    private static IReadOnlyDictionary<SignalId, DateTimeOffset> None => new Dictionary<SignalId, DateTimeOffset>();

    private static Level CooledAt(Situation situation, IReadOnlyDictionary<SignalId, DateTimeOffset> heard, DateTimeOffset at) =>
        situation.And(SituationDecisions.CoolDown(situation, heard, at, Make.Rules)).Level;

    private static (Situation Situation, IReadOnlyDictionary<SignalId, DateTimeOffset> Heard) Standing(params (int Level, DateTimeOffset Heard)[] signals)
    {
        var first = Make.Signal(signals[0].Level, id: 1);
        var situation = signals[0].Level >= 3
            ? Make.Of(SituationDecisions.Open(Make.Situation(), first, "t", Make.Noon, Make.Rules))
            : Make.Opened(1).And(SituationDecisions.Take(Make.Opened(1), first, "t", Make.Noon, Make.Rules).Events);
        var heard = new Dictionary<SignalId, DateTimeOffset> { [first.Id] = signals[0].Heard };
        foreach (var (index, (level, at)) in signals.Index().Skip(1))
        {
            var signal = Make.Signal(level, id: index + 1);
            situation = situation.And(SituationDecisions.Take(situation, signal, "t", at, Make.Rules).Events);
            heard[signal.Id] = at;
        }

        return (situation, heard);
    }
}
