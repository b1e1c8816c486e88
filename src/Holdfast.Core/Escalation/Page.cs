using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Escalation;

public readonly record struct PageId(Guid Value);

/// <summary>Where a page stands. Names are stored.</summary>
public enum PageState
{
    Running,
    Acknowledged,
    Exhausted,
    Void,
}

/// <summary>Why nothing more is sent. Names are stored; the first are those of a stand-down.</summary>
public enum VoidReason
{
    Resolved,
    Dismissed,
    Merged,
    Overruled,
    Lowered,

    /// <summary>What it is about is older than the policy's greatest age.</summary>
    Stale,
}

/// <summary>One run of an escalation policy for a situation. It grows; it is not repeated.</summary>
public sealed record Page
{
    public required PageId Id { get; init; }

    public required Level Level { get; init; }

    /// <summary>The level is only proposed: the people are asked to confirm it.</summary>
    public bool ToConfirm { get; init; }

    public required PagePlan Plan { get; init; }

    public PageState State { get; init; }

    /// <summary>The step that is due next, from 0.</summary>
    public int Step { get; init; }

    /// <summary>The round that step belongs to, from 1; one beyond the last means that exhaustion is due next.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Never null while <see cref="PageState.Running"/>, always null otherwise.</summary>
    public DateTimeOffset? StepDueAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the newest thing it is about happened, in event time.</summary>
    public required DateTimeOffset FreshAt { get; init; }

    public PersonId? Owner { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? LapsesAt { get; init; }

    /// <summary>How many signals it stands for.</summary>
    public int Signals { get; init; } = 1;

    /// <summary>A whole round reached nobody: a red banner until somebody acknowledges.</summary>
    public bool Unreachable { get; init; }

    public VoidReason? VoidReason { get; init; }
}
