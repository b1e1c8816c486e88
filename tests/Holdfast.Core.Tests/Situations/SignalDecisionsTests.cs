using Holdfast.Core.Detection;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

public sealed class SignalDecisionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_signal_of_level_2_or_less_without_a_situation_is_for_the_watch_list(int level)
    {
        var decision = SituationDecisions.Open(Make.Situation(), Make.Signal(level), "Delays", Make.Noon, Make.Rules);
        Assert.Equal(SignalTaken.Watched, decision.Taken);
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void A_signal_of_level_3_opens_a_situation_at_once()
    {
        var decision = SituationDecisions.Open(Make.Situation(), Make.Signal(3, topic: 5), "Delays", Make.Noon, Make.Rules);
        var situation = Make.Of(decision);
        Assert.Equal(SignalTaken.Opened, decision.Taken);
        Assert.Equal((SituationState.Open, Level.Three, "Delays"), (situation.State, situation.Level, situation.Title));
        Assert.Null(situation.Proposed);
        Assert.Equal(new TopicId(Make.Id(5)), situation.Topic);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_rules_4_or_5_is_only_proposed_and_the_situation_stands_at_3_meanwhile(int level)
    {
        var situation = Make.Of(SituationDecisions.Open(Make.Situation(), Make.Signal(level), "Harm", Make.Noon, Make.Rules));
        Assert.Equal(Level.Three, situation.Level);
        Assert.Equal((Level)level, situation.Proposed?.Level);
        Assert.Null(situation.Proposed?.ConfirmBy);
    }

    [Fact]
    public void A_rule_that_speaks_at_once_stands_at_4_without_a_person()
    {
        var signal = Make.Signal(4, kind: SignalKind.RiskWord, rule: "grave-words-from-many") with { AtOnce = true };
        var situation = Make.Of(SituationDecisions.Open(Make.Situation(), signal, "Harm", Make.Noon, Make.Rules));
        Assert.Equal(Level.Four, situation.Level);
        Assert.Null(situation.Proposed);
    }

    [Fact]
    public void A_second_signal_joins_and_the_level_is_the_highest_in_force()
    {
        var situation = Make.Opened(3);
        Assert.Equal(Level.Three, Take(situation, Make.Signal(2, id: 2)).Level);
        situation = Take(Make.Opened(2), Make.Signal(3, id: 2));
        Assert.Equal((Level.Three, SituationState.Open), (situation.Level, situation.State));
    }

    [Fact]
    public void The_same_signal_again_writes_nothing_until_it_doubles_or_asks_for_more()
    {
        var situation = Make.Of(SituationDecisions.Open(Make.Situation(), Make.Signal(3, size: 10), "Delays", Make.Noon, Make.Rules));
        Assert.Empty(Decide(situation, Make.Signal(3, size: 19)).Events);
        Assert.Equal(SignalTaken.Heard, Decide(situation, Make.Signal(3, size: 19)).Taken);
        Assert.IsType<SignalGrew>(Assert.Single(Decide(situation, Make.Signal(3, size: 20)).Events));
        var graver = Take(situation, Make.Signal(5, size: 11));
        Assert.Equal(Level.Five, graver.Proposed?.Level);
    }

    [Fact]
    public void A_lower_proposal_does_not_replace_a_higher_one_and_a_higher_does()
    {
        var situation = Take(Make.Opened(), Make.Signal(4, id: 2));
        situation = Take(situation, Make.Signal(5, id: 3));
        Assert.Equal(Level.Five, situation.Proposed?.Level);
        Assert.Equal(Level.Five, Take(situation, Make.Signal(4, id: 4)).Proposed?.Level);
    }

    [Fact]
    public void What_a_person_overruled_is_not_proposed_again_by_the_same_signal_but_by_another()
    {
        var situation = Take(Make.Opened(), Make.Signal(4, id: 2));
        situation = situation.And(SituationDecisions.Overrule(situation, "old news"));
        Assert.Null(Take(situation, Make.Signal(4, id: 2, size: 100)).Proposed);
        Assert.Equal(Level.Four, Take(situation, Make.Signal(4, id: 3)).Proposed?.Level);
        Assert.Equal(Level.Five, Take(situation, Make.Signal(5, id: 2)).Proposed?.Level);
    }

    [Fact]
    public void What_a_person_lowered_stays_low_while_the_same_signal_goes_on()
    {
        var situation = Take(Make.Opened(2), Make.Signal(3, id: 2));
        situation = situation.And(SituationDecisions.Lower(situation, Level.Two, "known and harmless"));
        Assert.Equal(Level.Two, Take(situation, Make.Signal(3, id: 2, size: 100)).Level);
        Assert.Equal(Level.Three, Take(situation, Make.Signal(3, id: 3)).Level);
    }

    [Fact]
    public void Something_new_reopens_what_was_contained_and_the_known_going_on_does_not()
    {
        var situation = Take(Make.Opened(), Make.Signal(3, id: 2));
        situation = situation.And(SituationDecisions.Contain(situation, null));
        Assert.Equal(SituationState.Contained, Take(situation, Make.Signal(3, id: 2, size: 100)).State);
        Assert.Equal(SituationState.Contained, Take(situation, Make.Signal(2, id: 3)).State);
        Assert.Equal(SituationState.Open, Take(situation, Make.Signal(3, id: 3)).State);
    }

    [Fact]
    public void A_settled_situation_takes_nothing()
    {
        var situation = Make.Opened().And(new Resolved("over"));
        var decision = Decide(situation, Make.Signal(5));
        Assert.Equal(SignalTaken.Settled, decision.Taken);
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void A_situation_opened_by_a_rule_without_a_topic_takes_the_topic_of_the_first_signal_that_has_one()
    {
        var byRule = Make.Of(SituationDecisions.Open(Make.Situation(), Make.Signal(3, kind: SignalKind.Threshold), "negative-an-hour", Make.Noon, Make.Rules));
        var named = byRule.And(SituationDecisions.Take(byRule, Make.Signal(3, id: 2, topic: 9), "Cancelled flights", Make.Noon, Make.Rules).Events);
        Assert.Equal(("Cancelled flights", new TopicId(Make.Id(9))), (named.Title, named.Topic));
        var byHand = Take(Make.Opened(), Make.Signal(3, id: 2, topic: 9));
        Assert.Equal("Flights", byHand.Title);
    }

    [Fact]
    public void An_unanswered_proposal_takes_effect_only_if_the_plan_says_so_and_not_before()
    {
        var waits = Take(Make.Opened(), Make.Signal(4));
        Assert.Empty(SituationDecisions.ConfirmationDue(waits, Make.Noon.AddDays(1)));

        var decision = SituationDecisions.Take(Make.Opened(), Make.Signal(4), "t", Make.Noon, Make.TakesEffect);
        var situation = Make.Opened().And(decision.Events);
        Assert.Empty(SituationDecisions.ConfirmationDue(situation, Make.Noon.AddMinutes(10).AddTicks(-1)));
        var after = situation.And(SituationDecisions.ConfirmationDue(situation, Make.Noon.AddMinutes(10)));
        Assert.Equal(Level.Four, after.Level);
        Assert.Null(after.Proposed);
        Assert.Empty(SituationDecisions.ConfirmationDue(after, Make.Noon.AddDays(1)));
    }

    private static SignalDecision Decide(Situation situation, Signal signal) =>
        SituationDecisions.Take(situation, signal, "Topic", Make.Noon, Make.Rules);

    private static Situation Take(Situation situation, Signal signal) => situation.And(Decide(situation, signal).Events);
}
