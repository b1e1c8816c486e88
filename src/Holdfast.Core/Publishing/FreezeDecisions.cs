using Holdfast.Core.Detection;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Publishing;

/// <summary>How a freeze begins and ends. What it does to posts is in <see cref="PostDecisions.Freeze"/>.</summary>
public static class FreezeDecisions
{
    /// <summary>BEHAVIOUR 8: two persons lift from this level on.</summary>
    public const Level TwoLiftFrom = Level.Four;

    private const int MaxReason = 500;

    public static Result<string> Reason(string? reason) =>
        reason?.Trim() is { Length: > 0 and <= MaxReason } words ? words : Refusals.FreezeReason;

    /// <summary>Lifts, or takes the word of the first of two. Lifting sends nothing: what is held stays held until a person decides on it.</summary>
    /// <param name="standing">The highest level that stands in its scope now.</param>
    public static Result<Freeze> Lift(Freeze freeze, Level? standing, Actor by, string? reason, DateTimeOffset now)
    {
        if (!freeze.IsInForce)
        {
            return Refusals.LiftedAlready;
        }

        if (!Reason(reason).Succeeded(out var words))
        {
            return Refusals.FreezeReason;
        }

        if (!NeedsTwo(freeze, standing) || (freeze.LiftAskedBy is { } first && first != by))
        {
            return freeze with { LiftedBy = by, LiftedAt = now, LiftReason = words };
        }

        return freeze.LiftAskedBy == by ? Refusals.SamePerson : freeze with { LiftAskedBy = by, LiftReason = words };
    }

    public static bool NeedsTwo(Freeze freeze, Level? standing) => freeze.Level >= TwoLiftFrom || standing >= TwoLiftFrom;
}
