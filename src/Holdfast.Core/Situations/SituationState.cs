namespace Holdfast.Core.Situations;

public readonly record struct SituationId(Guid Value);

/// <summary>
/// The life of BEHAVIOUR 5: Candidate → Open → Contained → Resolved → Closed; Dismissed from the first two. Names are stored.
/// </summary>
public enum SituationState
{
    /// <summary>Put up by hand at level 1–2: looked at, not yet a crisis. Reaching level 3 opens it.</summary>
    Candidate,
    Open,
    Contained,
    Resolved,
    Closed,
    Dismissed,
}

/// <summary>Why a situation was not one. Names are stored.</summary>
public enum DismissalReason
{
    FalseAlarm,
    NotAboutUs,
    Duplicate,
    Other,
}

/// <summary>The three lists of the room: what we know, what we do not know, what we are doing. Names are stored.</summary>
public enum Board
{
    Known,
    Unknown,
    Doing,
}

public static class SituationStates
{
    /// <summary>Whether signals may still join and levels still move.</summary>
    public static bool IsLive(this SituationState state) =>
        state is SituationState.Candidate or SituationState.Open or SituationState.Contained;
}
