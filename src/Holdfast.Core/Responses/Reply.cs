using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Responses;

/// <summary>Where a post that waits for an answer stands. Names are stored.</summary>
public enum ReplyState
{
    Open,

    /// <summary>An answer was written and is on its way or there.</summary>
    Answered,

    /// <summary>Answered outside Holdfast.</summary>
    Elsewhere,

    /// <summary>Nobody answers it, for a reason.</summary>
    Left,
}

/// <summary>A post somebody should answer.</summary>
/// <param name="HeardAt">When we heard of it: the clock runs from here.</param>
/// <param name="Duty">Whose it is now; goes up when the clock runs out.</param>
/// <param name="ClockAt">When it goes one duty up.</param>
public sealed record ReplyItem(
    BrandId Brand, PostId Post, SituationId? Situation, Level Level, DateTimeOffset HeardAt, DutyKind Duty, DateTimeOffset? ClockAt)
{
    public ReplyState State { get; init; }

    /// <summary>Whose it is, as somebody decided.</summary>
    public PersonId? AssignedTo { get; init; }

    /// <summary>Who is writing the answer right now, and until when that is believed.</summary>
    public PersonId? TakenBy { get; init; }

    public DateTimeOffset? TakenUntil { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public PersonId? EndedBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it was answered elsewhere, or why it was left.</summary>
    public string? Note { get; init; }

    /// <summary>The answer on its way.</summary>
    public Guid? Answer { get; init; }
}

/// <summary>Where a post goes that waited beyond its clock; how long that is, the plan says by level.</summary>
public static class ReplyChain
{
    /// <summary>Who has it after this duty did not answer in time; null at the top.</summary>
    public static DutyKind? After(DutyKind duty) => duty switch
    {
        DutyKind.Support => DutyKind.Social,
        DutyKind.Social => DutyKind.PublicRelations,
        DutyKind.PublicRelations => DutyKind.Lead,
        DutyKind.Lead => DutyKind.Executive,
        _ => null,
    };
}
