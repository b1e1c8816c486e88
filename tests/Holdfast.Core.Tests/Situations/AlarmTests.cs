using Holdfast.Core.Detection;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

public sealed class AlarmTests
{
    private static readonly Situation Nothing = Situation.Empty(Make.Situation());

    [Theory]
    [InlineData(1, AlarmAct.None)]
    [InlineData(2, AlarmAct.None)]
    [InlineData(3, AlarmAct.Start)]
    [InlineData(5, AlarmAct.Start)]
    public void People_are_paged_from_level_3(int level, AlarmAct act) =>
        Assert.Equal(new Alarm(act, (Level)level), Alarm.For(Nothing, Make.Opened(level), []));

    [Fact]
    public void A_proposal_pages_once_to_confirm_at_the_proposed_level()
    {
        var decision = SituationDecisions.Open(Make.Situation(), Make.Signal(5), "t", Make.Noon, Make.Rules);
        Assert.Equal(new Alarm(AlarmAct.Start, Level.Five, ToConfirm: true), Alarm.For(Nothing, Make.Of(decision), decision.Events));
    }

    [Fact]
    public void More_of_the_same_grows_the_page()
    {
        var before = Make.Opened(3);
        var decision = SituationDecisions.Take(before, Make.Signal(3), "t", Make.Noon, Make.Rules);
        Assert.Equal(AlarmAct.Grow, Alarm.For(before, before.And(decision.Events), decision.Events).Act);
    }

    [Fact]
    public void A_note_pages_nobody()
    {
        var before = Make.Opened(5);
        TimelineEvent[] events = [new Noted("x")];
        Assert.Equal(AlarmAct.None, Alarm.For(before, before.And(events), events).Act);
    }

    [Fact]
    public void Every_end_stands_the_people_down_and_says_why()
    {
        var before = Make.Opened(3);
        Assert.Equal(StandDown.Resolved, Why(before, new Resolved("over")));
        Assert.Equal(StandDown.Dismissed, Why(before, new Dismissed(DismissalReason.FalseAlarm, null)));
        Assert.Equal(StandDown.Merged, Why(before, new MergedInto(Make.Situation(2), "same")));
        Assert.Equal(StandDown.Lowered, Why(before, new LevelLowered(Level.Three, Level.Two, "calm")));
        Assert.Equal(StandDown.Overruled, Why(before.And(new LevelProposed(Level.Five, "r", null, null)), new Overruled(Level.Five, "no")));
    }

    [Fact]
    public void A_confirmed_a_raised_and_a_reopened_situation_page_again()
    {
        var proposed = Make.Opened(3).And(new LevelProposed(Level.Four, "r", null, null));
        Assert.Equal(new Alarm(AlarmAct.Start, Level.Four), Of(proposed, new LevelConfirmed(Level.Four)));
        Assert.Equal(new Alarm(AlarmAct.Start, Level.Five), Of(proposed, new LevelRaised(Level.Three, Level.Five, "worse", null)));
        Assert.Equal(new Alarm(AlarmAct.Start, Level.Three), Of(Make.Opened(3).And(new Contained(null)), new Reopened("again")));
        Assert.Equal(new Alarm(AlarmAct.Start, Level.Three), Of(Make.Opened(3).And(new Resolved("over")), new Reopened("again")));
    }

    private static Alarm Of(Situation before, TimelineEvent e) => Alarm.For(before, before.And(e), [e]);

    private static StandDown? Why(Situation before, TimelineEvent e)
    {
        var alarm = Of(before, e);
        Assert.Equal(AlarmAct.Void, alarm.Act);
        return alarm.Why;
    }
}
