namespace Holdfast.Core.Publishing;

/// <summary>Why a post was claimed, left, settled or held, or why not.</summary>
public enum PostReason
{
    Claimed,
    Leaves,
    Settled,
    Held,

    /// <summary>A freeze in force holds it.</summary>
    Frozen,

    /// <summary>Its claim had asked to leave before the freeze: it is named, and awaited.</summary>
    InFlight,

    NotDue,
    TooLate,
    AccountGone,

    /// <summary>Another state than the act is for, or another claim since.</summary>
    NotOurs,
    LeaseOver,

    /// <summary>The network says it is not there, and a request may still be on its way: asked again later.</summary>
    TooEarlyToTell,
}

/// <summary>A post after a decision, the same where nothing changed, and why.</summary>
public sealed record PostDecision(ScheduledPost Post, PostReason Reason);
