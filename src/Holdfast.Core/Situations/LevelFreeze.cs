using Holdfast.Core.Detection;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Situations;

/// <summary>Whether an act on a situation asks for a freeze of what its brand has scheduled.</summary>
public static class LevelFreeze
{
    /// <summary>The level that freezes; null where none does. A proposed level freezes at once where the plan says so, any other when it is in force.</summary>
    /// <param name="freezes">What the plan says of a level.</param>
    public static Level? For(Situation before, Situation after, Func<Level, FreezeWhen> freezes)
    {
        if (!after.IsLive)
        {
            return null;
        }

        var rose = before.LastSeq == 0 || after.Level > before.Level;
        if (rose && freezes(after.Level) != FreezeWhen.Never)
        {
            return after.Level;
        }

        return after.Proposed is { } proposal && proposal.Level > (before.Proposed?.Level ?? before.Level) && freezes(proposal.Level) == FreezeWhen.AtOnce
            ? proposal.Level
            : null;
    }
}
