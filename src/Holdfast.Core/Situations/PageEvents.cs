using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

/// <param name="ToConfirm">The duty lead is asked to confirm a proposed level.</param>
public sealed record PageStarted(Guid Page, Level Level, string Policy, bool ToConfirm) : TimelineEvent;

/// <param name="Signals">How many signals the page now stands for.</param>
public sealed record PageGrew(Guid Page, Level Level, int Signals) : TimelineEvent;

/// <param name="Way">Mail, Outbox …; never the address, which is the person's own.</param>
/// <param name="Outcome">Confirmed, Rejected, Unknown or Void.</param>
public sealed record PageAttempted(
    Guid Page, Guid Attempt, PersonId Person, string Way, int Step, int Round, string Outcome, string? Detail, bool PossibleRepeat) : TimelineEvent;

/// <param name="How">Link or App.</param>
public sealed record PageAcknowledged(Guid Page, PersonId Person, string How) : TimelineEvent;

public sealed record PageLapsed(Guid Page, PersonId? Owner) : TimelineEvent;

public sealed record PageExhausted(Guid Page, int Rounds) : TimelineEvent;

public sealed record PageVoided(Guid Page, string Reason) : TimelineEvent;
