using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;
using static Holdfast.Core.Tests.Escalation.PageCases;

namespace Holdfast.Core.Tests.Escalation;

public sealed class EscalationDecisionsTests
{
    [Fact]
    public void The_lead_is_told_at_once_then_the_deputy_too_then_the_next_duty()
    {
        var first = Start();
        Assert.Equal(PageReason.Started, first.Reason);
        Assert.Equal([Ania], first.Whom());
        Assert.Equal(Noon.AddMinutes(5), first.Page.StepDueAt);

        var second = EscalationDecisions.Step(first.Page, null, Noon.AddMinutes(5));
        Assert.Equal([Ania, Marek], second.Whom());
        var third = EscalationDecisions.Step(second.Page, null, Noon.AddMinutes(15));
        Assert.Equal([Ola], third.Whom());
        Assert.Equal((0, 2, Noon.AddMinutes(30)), (third.Page.Step, third.Page.Round, third.Page.StepDueAt));
    }

    [Fact]
    public void A_step_is_not_taken_before_its_time()
    {
        var early = EscalationDecisions.Step(Start().Page, null, Noon.AddMinutes(5).AddTicks(-1));
        Assert.Equal(PageReason.NotDue, early.Reason);
        Assert.Empty(early.Attempts);
    }

    [Fact]
    public void After_an_outage_the_missed_steps_do_not_pile_up()
    {
        var late = EscalationDecisions.Step(Start().Page, null, Noon.AddHours(3));
        Assert.Equal([Ania, Marek], late.Whom());
        Assert.Equal(Noon.AddHours(3).AddMinutes(10), late.Page.StepDueAt);
    }

    [Fact]
    public void The_rounds_end_and_their_end_is_itself_paged()
    {
        var decision = Start();
        var now = Noon;
        var steps = 1;
        while (decision.Page.State == PageState.Running)
        {
            now = decision.Page.StepDueAt!.Value;
            decision = EscalationDecisions.Step(decision.Page, null, now);
            steps += decision.Reason == PageReason.Stepped ? 1 : 0;
        }

        Assert.Equal(9, steps);
        Assert.Equal((PageState.Exhausted, PageReason.Exhausted), (decision.Page.State, decision.Reason));
        Assert.Equal([Ania, Chief, Admin], decision.Whom());
        Assert.All(decision.Attempts, a => Assert.Equal(AttemptCause.Exhausted, a.Cause));
    }

    [Fact]
    public void An_acknowledgement_names_the_owner_stops_the_steps_and_cancels_what_is_queued()
    {
        var done = EscalationDecisions.Acknowledge(Start(Level.Four).Page, Marek, Noon.AddMinutes(2));
        Assert.True(done.CancelQueued);
        Assert.Equal((PageState.Acknowledged, Marek, Noon.AddMinutes(32)), (done.Page.State, done.Page.Owner!.Value, done.Page.LapsesAt!.Value));
        Assert.Null(done.Page.StepDueAt);
        Assert.Equal(PageReason.NotRunning, EscalationDecisions.Step(done.Page, null, Noon.AddHours(1)).Reason);
    }

    [Fact]
    public void A_second_acknowledgement_by_another_hands_it_over_and_by_the_same_changes_nothing_but_the_clock()
    {
        var done = EscalationDecisions.Acknowledge(Start(Level.Four).Page, Marek, Noon.AddMinutes(2));
        var again = EscalationDecisions.Acknowledge(done.Page, Marek, Noon.AddMinutes(9));
        Assert.Equal((PageReason.AcknowledgedAgain, Noon.AddMinutes(2), Noon.AddMinutes(39)), (again.Reason, again.Page.AcknowledgedAt, again.Page.LapsesAt));
        Assert.Equal((PageReason.OwnerChanged, Ania), (EscalationDecisions.Acknowledge(done.Page, Ania, Noon).Reason, EscalationDecisions.Acknowledge(done.Page, Ania, Noon).Page.Owner!.Value));
    }

    [Fact]
    public void Where_the_policy_runs_until_resolved_an_acknowledgement_only_names_the_owner()
    {
        var start = Start(plan: Plan with { Until = RunsUntil.Resolved });
        var done = EscalationDecisions.Acknowledge(start.Page, Marek, Noon.AddMinutes(2));
        Assert.Equal((PageState.Running, Marek), (done.Page.State, done.Page.Owner!.Value));
        Assert.Equal([Ania, Marek], EscalationDecisions.Step(done.Page, null, Noon.AddMinutes(5)).Whom());
    }

    [Fact]
    public void An_acknowledgement_without_activity_lapses_and_owner_and_duty_are_told()
    {
        var page = EscalationDecisions.Acknowledge(Start(Level.Five).Page, Marek, Noon).Page;
        Assert.Equal(PageReason.NotDue, EscalationDecisions.Lapse(page, null, null, Noon.AddMinutes(29)).Reason);
        var lapsed = EscalationDecisions.Lapse(page, null, Noon.AddMinutes(-5), Noon.AddMinutes(30));
        Assert.Equal((PageReason.Lapsed, PageState.Running), (lapsed.Reason, lapsed.Page.State));
        Assert.Equal([Marek, Ania], lapsed.Whom());
        Assert.All(lapsed.Attempts, a => Assert.Equal(AttemptCause.Lapse, a.Cause));
    }

    [Fact]
    public void Activity_keeps_an_acknowledgement_alive()
    {
        var page = EscalationDecisions.Acknowledge(Start(Level.Four).Page, Marek, Noon).Page;
        var active = EscalationDecisions.Lapse(page, null, Noon.AddMinutes(20), Noon.AddMinutes(30));
        Assert.Equal((PageReason.StillActive, Noon.AddMinutes(50)), (active.Reason, active.Page.LapsesAt));
        Assert.Empty(active.Attempts);
    }

    [Fact]
    public void At_level_three_an_acknowledgement_does_not_lapse() =>
        Assert.Null(EscalationDecisions.Acknowledge(Start(Level.Three).Page, Marek, Noon).Page.LapsesAt);

    [Fact]
    public void A_storm_is_one_page_that_grows()
    {
        var page = Start().Page;
        for (var i = 0; i < 99; i++)
        {
            var grown = EscalationDecisions.Take(page, Call(freshAt: Noon.AddSeconds(i)), Noon.AddSeconds(i));
            Assert.Empty(grown.Attempts);
            Assert.Equal(PageReason.Grew, grown.Reason);
            page = grown.Page;
        }

        Assert.Equal((100, Noon.AddSeconds(98), Noon.AddMinutes(5)), (page.Signals, page.FreshAt, page.StepDueAt));
    }

    [Theory]
    [InlineData(PageState.Running)]
    [InlineData(PageState.Acknowledged)]
    [InlineData(PageState.Exhausted)]
    public void A_higher_level_begins_the_higher_policy_whatever_stood_before(PageState before)
    {
        var page = Start().Page with { State = before, StepDueAt = before == PageState.Running ? Noon.AddMinutes(5) : null, Owner = Ola };
        var higher = Plan with { Policy = "crisis", Steps = [new(TimeSpan.Zero, [Contact(Chief)])] };
        var raised = EscalationDecisions.Take(page, Call(Level.Four, plan: higher), Noon.AddMinutes(1));
        Assert.Equal((PageReason.Raised, PageState.Running, "crisis", Level.Four), (raised.Reason, raised.Page.State, raised.Page.Plan.Policy, raised.Page.Level));
        Assert.Equal([Chief], raised.Whom());
        Assert.True(raised.CancelQueued);
    }

    [Fact]
    public void A_lower_or_equal_level_never_restarts_a_page()
    {
        var page = EscalationDecisions.Acknowledge(Start(Level.Four).Page, Ania, Noon).Page;
        Assert.Equal(PageReason.Grew, EscalationDecisions.Take(page, Call(Level.Four), Noon).Reason);
        var lower = EscalationDecisions.Take(page, Call(Level.Three), Noon);
        Assert.Equal((PageReason.Grew, Level.Four), (lower.Reason, lower.Page.Level));
    }

    [Fact]
    public void What_is_older_than_a_day_is_never_paged()
    {
        var old = EscalationDecisions.Start(Start().Page.Id, Call(freshAt: Noon.AddYears(-11)), Noon);
        Assert.Equal((PageReason.Voided, VoidReason.Stale, PageState.Void), (old.Reason, old.Page.VoidReason, old.Page.State));
        Assert.Empty(old.Attempts);
        var edge = EscalationDecisions.Start(Start().Page.Id, Call(freshAt: Noon.AddHours(-24)), Noon);
        Assert.Equal(PageReason.Started, edge.Reason);
    }

    [Theory]
    [InlineData(Level.One, true)]
    [InlineData(Level.Two, true)]
    [InlineData(Level.Three, false)]
    [InlineData(Level.Five, false)]
    public void Quiet_hours_hold_back_below_level_three_only(Level level, bool held)
    {
        var morning = Noon.AddHours(8);
        var started = EscalationDecisions.Start(Start().Page.Id, Call(level, quietUntil: morning), Noon);
        Assert.Equal(held ? PageReason.HeldByQuietHours : PageReason.Started, started.Reason);
        Assert.Equal(held ? morning : Noon.AddMinutes(5), started.Page.StepDueAt);
        Assert.Equal(held, started.Attempts.Count == 0);
        if (held)
        {
            Assert.Equal([Ania], EscalationDecisions.Step(started.Page, null, morning).Whom());
        }
    }

    [Fact]
    public void A_policy_that_names_nobody_tells_everyone_of_the_next_level_and_says_so()
    {
        var nobody = Start(plan: Plan with { Steps = [new(TimeSpan.Zero, []), new(TimeSpan.FromMinutes(5), [])] });
        Assert.True(nobody.Page.Unreachable);
        Assert.Equal([Ania, Chief, Admin], nobody.Whom());
        Assert.Equal(Noon.AddMinutes(15), nobody.Page.StepDueAt);
    }

    [Fact]
    public void A_duty_without_a_holder_is_passed_over_at_once()
    {
        var start = Start(plan: Plan with { Steps = [new(TimeSpan.Zero, []), .. Plan.Steps.Skip(1)] });
        Assert.Equal([Ania, Marek], start.Whom());
    }

    [Theory]
    [InlineData(PageState.Running, SituationState.Open, 0, SendReason.Send)]
    [InlineData(PageState.Running, SituationState.Contained, 0, SendReason.Send)]
    [InlineData(PageState.Running, SituationState.Resolved, 0, SendReason.SituationIsOver)]
    [InlineData(PageState.Running, SituationState.Dismissed, 0, SendReason.SituationIsOver)]
    [InlineData(PageState.Running, SituationState.Closed, 0, SendReason.SituationIsOver)]
    [InlineData(PageState.Running, SituationState.Open, 25, SendReason.Stale)]
    [InlineData(PageState.Acknowledged, SituationState.Open, 0, SendReason.PageIsAcknowledged)]
    [InlineData(PageState.Void, SituationState.Open, 0, SendReason.PageIsVoid)]
    [InlineData(PageState.Exhausted, SituationState.Open, 0, SendReason.PageIsVoid)]
    public void A_message_is_asked_once_more_before_it_leaves(PageState state, SituationState situation, int hours, SendReason reason) =>
        Assert.Equal(reason, EscalationDecisions.MaySend(Start().Page with { State = state }, AttemptCause.Step, situation, Noon.AddHours(hours)));

    [Fact]
    public void Nothing_wakes_a_void_page()
    {
        var page = EscalationDecisions.Void(Start().Page, VoidReason.Dismissed).Page;
        Assert.Equal(PageReason.AlreadyOver, EscalationDecisions.Take(page, Call(Level.Five), Noon).Reason);
        Assert.Equal(PageReason.AlreadyOver, EscalationDecisions.Acknowledge(page, Ania, Noon).Reason);
        Assert.Equal(PageReason.NotRunning, EscalationDecisions.Step(page, null, Noon.AddDays(1)).Reason);
        Assert.Equal(PageReason.AlreadyOver, EscalationDecisions.Void(page, VoidReason.Resolved).Reason);
    }
}
