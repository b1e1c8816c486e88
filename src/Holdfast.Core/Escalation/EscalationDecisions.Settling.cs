namespace Holdfast.Core.Escalation;

public static partial class EscalationDecisions
{
    /// <summary>How often one message is sent by one way before it is given up.</summary>
    public const int MaxTries = 5;

    /// <summary>Before the second try; doubled before each further one. Our own choice: a greylisting server asks for minutes.</summary>
    public static readonly TimeSpan FirstRetryAfter = TimeSpan.FromSeconds(20);

    /// <summary>A message came to its end: its person's next way at once where it failed, the next step at once where nobody was reached.</summary>
    /// <param name="others">The page's other messages of this round and later.</param>
    public static SettleDecision Settle(
        Page page, Attempt attempt, Delivery delivery, IReadOnlyList<StandingAttempt> others, DateTimeOffset now)
    {
        if (delivery.State == DeliveryState.Confirmed)
        {
            return new SettleDecision(AttemptState.Confirmed, null, Nothing(page, PageReason.NotDue));
        }

        var state = delivery.State == DeliveryState.Unknown ? AttemptState.Unknown : AttemptState.Rejected;
        var wanted = page.State == PageState.Running || (page.State == PageState.Exhausted && attempt.Cause == AttemptCause.Exhausted);
        if (!wanted)
        {
            return new SettleDecision(state, null, Nothing(page, PageReason.NotRunning));
        }

        if (NextWay(page, attempt) is { } next)
        {
            return new SettleDecision(state, null, new PageDecision(page, PageReason.Stepped, [attempt.By(next, now)]));
        }

        if (state == AttemptState.Unknown)
        {
            return new SettleDecision(state, null, Nothing(page, PageReason.NotDue));
        }

        var retryAt = delivery.Retryable && attempt.Tries + 1 < MaxTries ? now + (FirstRetryAfter * Math.Pow(2, attempt.Tries)) : (DateTimeOffset?)null;
        return new SettleDecision(retryAt is null ? state : AttemptState.Intent, retryAt, AfterFailure(page, attempt, others, now));
    }

    private static ContactWay? NextWay(Page page, Attempt attempt)
    {
        var ways = page.Plan.Find(attempt.Person)?.Ways ?? [];
        var used = ways.TakeWhile(way => way.Way != attempt.Way || way.Address != attempt.Address).Count();
        return used + 1 < ways.Count ? ways[used + 1] : null;
    }

    private static PlannedAttempt By(this Attempt attempt, ContactWay way, DateTimeOffset now) =>
        new(attempt.Person, way.Way, way.Address, attempt.Step, attempt.Round, now, attempt.Cause);

    private static PageDecision AfterFailure(Page page, Attempt attempt, IReadOnlyList<StandingAttempt> others, DateTimeOffset now)
    {
        // A later step was taken already: what this one could bring forward has happened.
        if (attempt.Cause is not (AttemptCause.Step or AttemptCause.Lapse) || page.State != PageState.Running
            || others.Any(other => (other.Round, other.Step).CompareTo((attempt.Round, attempt.Step)) > 0))
        {
            return Nothing(page, PageReason.NotDue);
        }

        if (others.Any(other => other.Step == attempt.Step && other.Round == attempt.Round && other.Reach != Reach.Failed))
        {
            return Nothing(page, PageReason.NotDue);
        }

        if (page.Round == attempt.Round)
        {
            return Nothing(page with { StepDueAt = now }, PageReason.BroughtForward);
        }

        return others.Any(other => other.Round == attempt.Round && other.Reach != Reach.Failed)
            ? Nothing(page, PageReason.NotDue)
            : new PageDecision(page with { Unreachable = true }, PageReason.Unreachable, LastResort(page, attempt.Round, now));
    }
}
