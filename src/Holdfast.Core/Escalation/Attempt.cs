using Holdfast.Core.People;

namespace Holdfast.Core.Escalation;

public readonly record struct AttemptId(Guid Value);

/// <summary>Why a person is told. Names are stored.</summary>
public enum AttemptCause
{
    Step,

    /// <summary>The acknowledgement is no longer believed.</summary>
    Lapse,

    /// <summary>All rounds went by unanswered.</summary>
    Exhausted,

    /// <summary>Nobody of the policy could be reached.</summary>
    Unreachable,

    /// <summary>Holdfast itself is not well.</summary>
    Watch,
}

/// <summary>Where one outgoing message stands. Names are stored.</summary>
public enum AttemptState
{
    Intent,
    Claimed,
    Confirmed,
    Rejected,
    Unknown,
    Void,
}

/// <summary>A message that is to go out.</summary>
public sealed record PlannedAttempt(
    PersonId Person, PageWay Way, string Address, int Step, int Round, DateTimeOffset DueAt, AttemptCause Cause);

/// <summary>A message that was handed to its way.</summary>
/// <param name="Tries">How often it was sent before, not counting this time.</param>
public sealed record Attempt(AttemptId Id, PersonId Person, PageWay Way, string Address, int Step, int Round, AttemptCause Cause, int Tries);

/// <summary>How another message of the same page stands, as far as reaching someone goes.</summary>
public sealed record StandingAttempt(int Step, int Round, AttemptCause Cause, Reach Reach);

/// <summary>Whether a message got to its person.</summary>
public enum Reach
{
    Pending,

    /// <summary>Confirmed, or possibly (unknown).</summary>
    Reached,

    /// <summary>Refused at least once; a retry may wait.</summary>
    Failed,
}
