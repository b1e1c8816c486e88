using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>What intake may refuse, with the codes of its API.</summary>
internal static class IntakeRefusals
{
    public static Refusal Full { get; } = new("intake.full", "More is waiting than can be stored right now. Nothing was lost: send it again in a moment.");

    public static Refusal Unavailable { get; } =
        new("intake.unavailable", "It could not be stored in time. Send it again: what may have been stored is not stored twice.");
}

/// <summary>The node is stopping; what was not committed has not been acknowledged.</summary>
internal sealed class IntakeStoppedException() : Exception("The intake is stopping; hand it in again.");
