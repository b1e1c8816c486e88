using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Publishing;

namespace Holdfast.Responses;

/// <summary>How answers and statements are put on their way: at once, and past a freeze only with somebody's reason.</summary>
internal static class Releasing
{
    /// <summary>The page then asks for a reason.</summary>
    public static Refusal Frozen { get; } = new("response.frozen", "Everything is frozen. Say why this may go out all the same.", "pass");

    /// <param name="askReason">Without a reason it is refused; else it is held by the freeze and waits for a person.</param>
    public static PostAct Now(PersonId by, string? passReason, bool askReason) => (post, gate, now) =>
    {
        if (gate.InForce.Any(freeze => freeze.Holds(post)))
        {
            if (string.IsNullOrWhiteSpace(passReason))
            {
                return askReason ? Frozen : PostDecisions.Schedule(post, now, gate.InForce, now);
            }

            var passed = PostDecisions.LetThrough(post, by, passReason, gate.Epoch);
            return passed.Succeeded(out var through) ? PostDecisions.Schedule(through, now, gate.InForce, now) : passed;
        }

        return PostDecisions.Schedule(post, now, gate.InForce, now);
    };
}
