namespace Holdfast.Core.Escalation;

/// <summary>Why a page changed, or why it did not.</summary>
public enum PageReason
{
    Started,
    HeldByQuietHours,
    Grew,
    Raised,
    Restarted,
    Stepped,
    Exhausted,
    Unreachable,
    BroughtForward,
    Acknowledged,
    OwnerChanged,
    AcknowledgedAgain,
    Lapsed,
    StillActive,
    Voided,
    NotDue,
    NotRunning,
    AlreadyOver,
}

/// <summary>What becomes of a page.</summary>
/// <param name="Attempts">Messages to write down with it.</param>
/// <param name="CancelQueued">Everything of this page that has not been sent yet is void.</param>
public sealed record PageDecision(Page Page, PageReason Reason, IReadOnlyList<PlannedAttempt> Attempts, bool CancelQueued = false);

/// <summary>What becomes of a message after it was sent, and of its page.</summary>
/// <param name="RetryAt">When the same message is sent again; it then goes back to <see cref="AttemptState.Intent"/>.</param>
/// <param name="Page">The page afterwards, with further messages: the person's next way, or everyone of the next level.</param>
public sealed record SettleDecision(AttemptState State, DateTimeOffset? RetryAt, PageDecision Page);

/// <summary>Whether a message may leave now, asked in the transaction that claims it.</summary>
public enum SendReason
{
    Send,
    PageIsVoid,
    PageIsAcknowledged,
    SituationIsOver,
    Stale,
}
