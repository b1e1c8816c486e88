namespace Holdfast.Core.Escalation;

public static partial class EscalationDecisions
{
    /// <summary>Takes the step that is due. A step with nobody in it is passed over at once.</summary>
    public static PageDecision Step(Page page, DateTimeOffset? quietUntil, DateTimeOffset now)
    {
        if (page.State != PageState.Running)
        {
            return Nothing(page, PageReason.NotRunning);
        }

        if (IsStale(page, now))
        {
            return Void(page, VoidReason.Stale);
        }

        if (now < page.StepDueAt)
        {
            return Nothing(page, PageReason.NotDue);
        }

        if (page.Level < LoudFrom && quietUntil > now)
        {
            return Nothing(page with { StepDueAt = quietUntil }, PageReason.HeldByQuietHours);
        }

        if (page.Round > page.Plan.Rounds)
        {
            return Exhaust(page, now);
        }

        return FirstWithPeople(page.Plan, page.Step) is { } step ? TakeStep(page, step, now) : NobodyNamed(page, now);
    }

    private static int? FirstWithPeople(PagePlan plan, int from)
    {
        for (var step = from; step < plan.Steps.Count; step++)
        {
            if (plan.Steps[step].Whom.Count > 0)
            {
                return step;
            }
        }

        return null;
    }

    private static PageDecision TakeStep(Page page, int step, DateTimeOffset now)
    {
        var attempts = Plan(page.Plan.Steps[step].Whom, step, page.Round, AttemptCause.Step, now);
        return new PageDecision(After(page, step, now), PageReason.Stepped, attempts);
    }

    /// <summary>The next step is counted from now and not from when this one was due: after an outage steps do not pile up.</summary>
    private static Page After(Page page, int step, DateTimeOffset now) => FirstWithPeople(page.Plan, step + 1) is { } next
        ? page with { Step = next, StepDueAt = now + page.Plan.Steps[step + 1].After }
        : page with { Step = 0, Round = page.Round + 1, StepDueAt = now + page.Plan.RepeatAfter + FirstDelay(page.Plan) };

    /// <summary>The whole policy names nobody: everyone of the next level is told instead.</summary>
    private static PageDecision NobodyNamed(Page page, DateTimeOffset now) => new(
        After(page, page.Plan.Steps.Count, now) with { Unreachable = true }, PageReason.Unreachable, LastResort(page, page.Round, now));

    private static PageDecision Exhaust(Page page, DateTimeOffset now) => new(
        page with { State = PageState.Exhausted, StepDueAt = null },
        PageReason.Exhausted,
        Plan(NextLevelAndAdministrators(page), page.Plan.Steps.Count, page.Plan.Rounds, AttemptCause.Exhausted, now),
        CancelQueued: true);

    private static List<PlannedAttempt> LastResort(Page page, int round, DateTimeOffset now) =>
        Plan(NextLevelAndAdministrators(page), page.Plan.Steps.Count, round, AttemptCause.Unreachable, now);

    private static IEnumerable<Contact> NextLevelAndAdministrators(Page page) =>
        page.Plan.NextLevel.Concat(page.Plan.Administrators).DistinctBy(contact => contact.Person);

    private static List<PlannedAttempt> Plan(IEnumerable<Contact> whom, int step, int round, AttemptCause cause, DateTimeOffset now) =>
        [.. whom.DistinctBy(contact => contact.Person)
            .Select(contact => new PlannedAttempt(contact.Person, contact.Ways[0].Way, contact.Ways[0].Address, step, round, now, cause))];
}
