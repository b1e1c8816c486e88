using Holdfast.Core.Escalation;
using static Holdfast.Core.Tests.Escalation.PageCases;

namespace Holdfast.Core.Tests.Escalation;

public sealed class SettlingTests
{
    private static readonly Delivery Busy = Delivery.Rejected(DeliveryFailure.Busy, true, "451 later");
    private static readonly Delivery Refused = Delivery.Rejected(DeliveryFailure.RecipientRefused, false, "550 no such person");

    [Fact]
    public void A_confirmed_message_leaves_the_page_as_it_is()
    {
        var start = Start();
        var settled = EscalationDecisions.Settle(start.Page, start.Attempts[0].Sent(), Delivery.Confirmed("250"), [], Noon);
        Assert.Equal((AttemptState.Confirmed, start.Page), (settled.State, settled.Page.Page));
        Assert.Empty(settled.Page.Attempts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_way_that_fails_or_is_unknown_gives_way_to_the_next_at_once(bool unknown)
    {
        var plan = Plan with { Steps = [new(TimeSpan.Zero, [Contact(Ania, PageWay.Mail, PageWay.Outbox)])] };
        var start = Start(plan: plan);
        var settled = EscalationDecisions.Settle(start.Page, start.Attempts[0].Sent(), unknown ? Delivery.Unknown("lost") : Busy, [], Noon.AddSeconds(3));
        Assert.Equal(unknown ? AttemptState.Unknown : AttemptState.Rejected, settled.State);
        var next = Assert.Single(settled.Page.Attempts);
        Assert.Equal((Ania, PageWay.Outbox, Noon.AddSeconds(3)), (next.Person, next.Way, next.DueAt));
    }

    [Fact]
    public void A_last_way_that_is_busy_is_tried_again_later_and_later_and_then_given_up()
    {
        var start = Start();
        var waits = Enumerable.Range(0, EscalationDecisions.MaxTries)
            .Select(tries => EscalationDecisions.Settle(start.Page, start.Attempts[0].Sent(tries), Busy, [], Noon))
            .ToList();
        Assert.Equal([20, 40, 80, 160], waits.SkipLast(1).Select(w => (w.RetryAt!.Value - Noon).TotalSeconds));
        Assert.All(waits.SkipLast(1), w => Assert.Equal(AttemptState.Intent, w.State));
        Assert.Equal((AttemptState.Rejected, null), (waits[^1].State, waits[^1].RetryAt));
    }

    [Fact]
    public void An_unknown_message_is_never_sent_again_by_the_same_way()
    {
        var start = Start();
        var settled = EscalationDecisions.Settle(start.Page, start.Attempts[0].Sent(), Delivery.Unknown("lost"), [], Noon);
        Assert.Equal((AttemptState.Unknown, null, 0), (settled.State, settled.RetryAt, settled.Page.Attempts.Count));
        Assert.Equal(start.Page.StepDueAt, settled.Page.Page.StepDueAt);
    }

    [Fact]
    public void A_step_that_reaches_nobody_brings_the_next_one_forward()
    {
        var start = Start();
        var settled = EscalationDecisions.Settle(start.Page, start.Attempts[0].Sent(), Refused, [], Noon.AddSeconds(1));
        Assert.Equal((PageReason.BroughtForward, Noon.AddSeconds(1)), (settled.Page.Reason, settled.Page.Page.StepDueAt));
        Assert.Equal([Ania, Marek], EscalationDecisions.Step(settled.Page.Page, null, Noon.AddSeconds(1)).Whom());
    }

    [Theory]
    [InlineData(Reach.Reached)]
    [InlineData(Reach.Pending)]
    public void While_another_of_the_step_may_be_reached_the_next_step_waits(Reach reach)
    {
        var second = EscalationDecisions.Step(Start().Page, null, Noon.AddMinutes(5));
        StandingAttempt[] others = [new(0, 1, AttemptCause.Step, Reach.Failed), new(1, 1, AttemptCause.Step, reach)];
        var settled = EscalationDecisions.Settle(second.Page, second.Attempts[0].Sent(), Refused, others, Noon.AddMinutes(5));
        Assert.Equal(second.Page.StepDueAt, settled.Page.Page.StepDueAt);
    }

    [Fact]
    public void A_round_that_reached_nobody_tells_everyone_of_the_next_level()
    {
        var last = EscalationDecisions.Step(EscalationDecisions.Step(Start().Page, null, Noon.AddMinutes(5)).Page, null, Noon.AddMinutes(15));
        StandingAttempt[] others = [new(0, 1, AttemptCause.Step, Reach.Failed), new(1, 1, AttemptCause.Step, Reach.Failed)];
        var settled = EscalationDecisions.Settle(last.Page, last.Attempts[0].Sent(), Busy, others, Noon.AddMinutes(15));
        Assert.True(settled.Page.Page.Unreachable);
        Assert.Equal([Ania, Chief, Admin], settled.Page.Whom());
        Assert.NotNull(settled.RetryAt);
        var acknowledged = EscalationDecisions.Acknowledge(settled.Page.Page, Chief, Noon.AddMinutes(16));
        Assert.False(acknowledged.Page.Unreachable);
    }

    [Fact]
    public void A_round_ends_with_the_last_step_that_has_people()
    {
        var start = Start(plan: Plan with { Steps = [Plan.Steps[0], new(TimeSpan.FromMinutes(5), [])] });
        Assert.Equal((2, Noon.AddMinutes(15)), (start.Page.Round, start.Page.StepDueAt));
        Assert.True(EscalationDecisions.Settle(start.Page, start.Attempts[0].Sent(), Refused, [], Noon).Page.Page.Unreachable);
    }

    [Fact]
    public void A_round_that_reached_somebody_does_not()
    {
        var last = EscalationDecisions.Step(EscalationDecisions.Step(Start().Page, null, Noon.AddMinutes(5)).Page, null, Noon.AddMinutes(15));
        StandingAttempt[] others = [new(0, 1, AttemptCause.Step, Reach.Reached), new(1, 1, AttemptCause.Step, Reach.Failed)];
        var settled = EscalationDecisions.Settle(last.Page, last.Attempts[0].Sent(), Refused, others, Noon.AddMinutes(15));
        Assert.False(settled.Page.Page.Unreachable);
        Assert.Empty(settled.Page.Attempts);
    }

    [Fact]
    public void After_an_acknowledgement_a_failure_wakes_nobody()
    {
        var start = Start();
        var page = EscalationDecisions.Acknowledge(start.Page, Ania, Noon).Page;
        var settled = EscalationDecisions.Settle(page, start.Attempts[0].Sent(), Busy, [], Noon);
        Assert.Equal((AttemptState.Rejected, null, page), (settled.State, settled.RetryAt, settled.Page.Page));
    }

    [Fact]
    public void A_late_failure_of_an_earlier_step_does_not_hurry_the_later_ones()
    {
        var start = Start();
        var second = EscalationDecisions.Step(start.Page, null, Noon.AddMinutes(5));
        StandingAttempt[] others = [new(1, 1, AttemptCause.Step, Reach.Failed)];
        var settled = EscalationDecisions.Settle(second.Page, start.Attempts[0].Sent(), Refused, others, Noon.AddMinutes(6));
        Assert.Equal(second.Page.StepDueAt, settled.Page.Page.StepDueAt);
    }
}
