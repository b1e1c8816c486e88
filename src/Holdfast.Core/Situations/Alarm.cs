using Holdfast.Core.Detection;

namespace Holdfast.Core.Situations;

/// <summary>What a change of a situation means for those who are paged about it.</summary>
public enum AlarmAct
{
    None,

    /// <summary>People must be told of this level.</summary>
    Start,

    /// <summary>There is more of the same: the page that runs says so, nobody is paged anew.</summary>
    Grow,

    /// <summary>Nothing more is to be sent.</summary>
    Void,
}

/// <summary>Why nobody is to be told of a situation any more. Names are stored.</summary>
public enum StandDown
{
    Resolved,
    Dismissed,
    Merged,
    Overruled,
    Lowered,
}

/// <summary>A page to start, to grow or to void.</summary>
/// <param name="Level">The level that is paged: the proposed one where a person must confirm.</param>
/// <param name="ToConfirm">The duty lead is asked to confirm the level.</param>
public sealed record Alarm(AlarmAct Act, Level Level, bool ToConfirm = false, StandDown? Why = null)
{
    /// <summary>The level from which people are paged; below it is not a crisis.</summary>
    public const Level PagesFrom = Level.Three;

    /// <summary>Compares a situation before and after the events of one act; at most one call comes of it.</summary>
    public static Alarm For(Situation before, Situation after, IReadOnlyList<TimelineEvent> events)
    {
        if (before.IsLive && !after.IsLive)
        {
            return new Alarm(AlarmAct.Void, after.Level, Why: after.MergedInto is not null ? StandDown.Merged
                : after.State == SituationState.Dismissed ? StandDown.Dismissed : StandDown.Resolved);
        }

        if (!after.IsLive)
        {
            return new Alarm(AlarmAct.None, after.Level);
        }

        if (after.Proposed is { } proposal && proposal.Level > (before.Proposed?.Level ?? before.Level))
        {
            return new Alarm(AlarmAct.Start, proposal.Level, ToConfirm: true);
        }

        var rose = before.LastSeq == 0 || after.Level > before.Level || (after.State == SituationState.Open && !Stood(before));
        if (rose && after.Level >= PagesFrom)
        {
            return new Alarm(AlarmAct.Start, after.Level);
        }

        if (after.Level < PagesFrom)
        {
            return before.Level >= PagesFrom
                ? new Alarm(AlarmAct.Void, after.Level, Why: StandDown.Lowered)
                : new Alarm(AlarmAct.None, after.Level);
        }

        if (before.Proposed is not null && after.Proposed is null)
        {
            return new Alarm(AlarmAct.Void, after.Level, Why: StandDown.Overruled);
        }

        return new Alarm(events.Any(e => e is SignalJoined or SignalGrew or MergedFrom) ? AlarmAct.Grow : AlarmAct.None, after.Level);
    }

    private static bool Stood(Situation before) => before.State is SituationState.Open or SituationState.Candidate;
}
