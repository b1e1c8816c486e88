using Holdfast.Core.People;

namespace Holdfast.Core.Plans;

/// <summary>How a page runs: who is told, after how long, how often, and until when (BEHAVIOUR 7).</summary>
/// <param name="Name">Unique in the plan; level definitions name it.</param>
/// <param name="Steps">In order; at least one.</param>
public sealed record EscalationPolicy(string Name, IReadOnlyList<EscalationStep> Steps)
{
    /// <summary>How often all steps are gone through before the page is given up, which is itself paged. BEHAVIOUR 7: 20.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>From the last step of a round to the first of the next.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An acknowledgement at level 4–5 without activity for this long is no longer believed. BEHAVIOUR 7: 30 min; null: never.</summary>
    public TimeSpan? LapsesAfter { get; init; } = TimeSpan.FromMinutes(30);

    public RunsUntil Until { get; init; } = RunsUntil.Acknowledged;
}

/// <summary>One step.</summary>
/// <param name="After">From the step before, or from the start of the round for the first.</param>
/// <param name="Whom">Everyone who is told in this step.</param>
public sealed record EscalationStep(TimeSpan After, IReadOnlyList<Recipient> Whom);

/// <summary>Who is told: exactly one of a duty (its first or its deputies) and a person.</summary>
/// <param name="Duty">The duty's name in the plan; null where <paramref name="Person"/> is set.</param>
/// <param name="Deputies">Of the duty: its deputies rather than its first.</param>
public sealed record Recipient(string? Duty = null, bool Deputies = false, PersonId? Person = null);

/// <summary>What ends a page.</summary>
public enum RunsUntil
{
    Acknowledged,

    /// <summary>An acknowledgement only names the owner; paging goes on until the situation is resolved.</summary>
    Resolved,
}
