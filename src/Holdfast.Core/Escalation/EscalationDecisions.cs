using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Escalation;

/// <summary>Everything that is decided about a page: who is told next, and when to stop. Pure; the clock comes in.</summary>
public static partial class EscalationDecisions
{
    /// <summary>BEHAVIOUR 7: quiet hours hold back below this level only.</summary>
    public const Level LoudFrom = Level.Three;

    /// <summary>BEHAVIOUR 7: an acknowledgement lapses from this level on.</summary>
    public const Level LapsesFrom = Level.Four;

    /// <summary>A new page; its first messages come with it.</summary>
    public static PageDecision Start(PageId id, PageDemand call, DateTimeOffset now)
    {
        var page = new Page
        {
            Id = id,
            Level = call.Level,
            ToConfirm = call.ToConfirm,
            Plan = call.Plan,
            StartedAt = now,
            FreshAt = call.FreshAt,
            StepDueAt = now + FirstDelay(call.Plan),
        };
        var first = Step(page, call.QuietUntil, now);
        return first.Reason is PageReason.Stepped or PageReason.NotDue ? first with { Reason = PageReason.Started } : first;
    }

    /// <summary>Another signal for a situation that has a page: it grows; a higher level begins the higher policy.</summary>
    public static PageDecision Take(Page page, PageDemand call, DateTimeOffset now)
    {
        if (page.State == PageState.Void)
        {
            return Nothing(page, PageReason.AlreadyOver);
        }

        var grown = page with
        {
            Signals = page.Signals + 1,
            FreshAt = call.FreshAt > page.FreshAt ? call.FreshAt : page.FreshAt,
        };
        if (call.Level > page.Level)
        {
            return Begin(grown with { Level = call.Level, ToConfirm = call.ToConfirm, Plan = call.Plan }, PageReason.Raised, call.QuietUntil, now);
        }

        if (page.State == PageState.Exhausted)
        {
            return Begin(grown, PageReason.Restarted, call.QuietUntil, now);
        }

        return Nothing(call.Level == page.Level ? grown with { ToConfirm = call.ToConfirm } : grown, PageReason.Grew);
    }

    /// <summary>Somebody has it. Stops the paging, unless the policy runs until the situation is resolved.</summary>
    public static PageDecision Acknowledge(Page page, PersonId by, DateTimeOffset now)
    {
        if (page.State == PageState.Void)
        {
            return Nothing(page, PageReason.AlreadyOver);
        }

        var goesOn = page.Plan.Until == RunsUntil.Resolved && page.State == PageState.Running;
        var reason = page.Owner is null || page.State is PageState.Exhausted ? PageReason.Acknowledged
            : page.Owner == by ? PageReason.AcknowledgedAgain : PageReason.OwnerChanged;
        var owned = page with
        {
            State = goesOn ? PageState.Running : PageState.Acknowledged,
            Owner = by,
            AcknowledgedAt = reason == PageReason.AcknowledgedAgain ? page.AcknowledgedAt : now,
            StepDueAt = goesOn ? page.StepDueAt : null,
            LapsesAt = goesOn || page.Level < LapsesFrom ? null : now + page.Plan.LapsesAfter,
            Unreachable = false,
        };
        return new PageDecision(owned, reason, [], CancelQueued: true);
    }

    /// <summary>Whether an acknowledgement still stands; if not, its owner and the people on duty are told and the steps begin anew.</summary>
    /// <param name="owner">How to reach the owner, where the plan does not know.</param>
    /// <param name="lastActivity">When a person last did something in the situation.</param>
    public static PageDecision Lapse(Page page, Contact? owner, DateTimeOffset? lastActivity, DateTimeOffset now)
    {
        if (page.State != PageState.Acknowledged || page.LapsesAt is not { } lapsesAt || page.Plan.LapsesAfter is not { } after)
        {
            return Nothing(page, PageReason.NotRunning);
        }

        if (now < lapsesAt)
        {
            return Nothing(page, PageReason.NotDue);
        }

        if (lastActivity + after > now)
        {
            return Nothing(page with { LapsesAt = lastActivity + after }, PageReason.StillActive);
        }

        if (IsStale(page, now))
        {
            return Void(page, VoidReason.Stale);
        }

        var begun = Begin(page with { Owner = null, AcknowledgedAt = null, LapsesAt = null }, PageReason.Lapsed, null, now);
        var known = owner ?? (page.Owner is { } id ? page.Plan.Find(id) : null);
        var toOwner = known is null || begun.Attempts.Any(attempt => attempt.Person == known.Person)
            ? []
            : Plan([known], begun.Page.Step, begun.Page.Round, AttemptCause.Lapse, now);
        return begun with { Attempts = [.. toOwner, .. begun.Attempts.Select(attempt => attempt with { Cause = AttemptCause.Lapse })] };
    }

    /// <summary>Nothing more is sent.</summary>
    public static PageDecision Void(Page page, VoidReason reason) => page.State == PageState.Void
        ? Nothing(page, PageReason.AlreadyOver)
        : new PageDecision(
            page with { State = PageState.Void, VoidReason = reason, StepDueAt = null, LapsesAt = null, Unreachable = false },
            PageReason.Voided,
            [],
            CancelQueued: true);

    /// <summary>Asked once more at the moment a message would leave.</summary>
    public static SendReason MaySend(Page page, AttemptCause cause, SituationState situation, DateTimeOffset now) => page.State switch
    {
        _ when situation is SituationState.Resolved or SituationState.Closed or SituationState.Dismissed => SendReason.SituationIsOver,
        PageState.Void => SendReason.PageIsVoid,
        PageState.Acknowledged => SendReason.PageIsAcknowledged,
        PageState.Exhausted when cause != AttemptCause.Exhausted => SendReason.PageIsVoid,
        _ when IsStale(page, now) => SendReason.Stale,
        _ => SendReason.Send,
    };

    private static PageDecision Begin(Page page, PageReason reason, DateTimeOffset? quietUntil, DateTimeOffset now)
    {
        var begun = page with
        {
            State = PageState.Running,
            Step = 0,
            Round = 1,
            StepDueAt = now + FirstDelay(page.Plan),
            AcknowledgedAt = null,
            Owner = null,
            LapsesAt = null,
            Unreachable = false,
        };
        var first = Step(begun, quietUntil, now);
        return first with
        {
            Reason = first.Reason is PageReason.Stepped or PageReason.NotDue ? reason : first.Reason,
            CancelQueued = true,
        };
    }

    private static TimeSpan FirstDelay(PagePlan plan) => plan.Steps.Count > 0 ? plan.Steps[0].After : TimeSpan.Zero;

    private static bool IsStale(Page page, DateTimeOffset now) => now - page.FreshAt > page.Plan.MaxAge;

    private static PageDecision Nothing(Page page, PageReason reason) => new(page, reason, []);
}

/// <summary>A situation asks that people be told.</summary>
/// <param name="FreshAt">When what it is about happened, in event time.</param>
/// <param name="QuietUntil">The end of the brand's quiet hours, where they hold now.</param>
public sealed record PageDemand(Level Level, bool ToConfirm, PagePlan Plan, DateTimeOffset FreshAt, DateTimeOffset? QuietUntil = null);
