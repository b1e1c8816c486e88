using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Responses;

/// <summary>Everything that is decided about posts to answer.</summary>
public static class ReplyDecisions
{
    /// <summary>Who takes one and goes home must not block it.</summary>
    public static readonly TimeSpan TakeLives = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(7);

    /// <summary>One person begins to answer; whoever comes second is told.</summary>
    public static Result<ReplyItem> Take(ReplyItem item, PersonId by, DateTimeOffset now) =>
        Refused(item, by, now) is { } refusal ? refusal : item with { TakenBy = by, TakenUntil = now + TakeLives, SnoozedUntil = null };

    public static Result<ReplyItem> Release(ReplyItem item, PersonId by, DateTimeOffset now) =>
        Refused(item, by, now) is { } refusal ? refusal : item with { TakenBy = null, TakenUntil = null };

    public static Result<ReplyItem> Assign(ReplyItem item, PersonId? to, DateTimeOffset now) =>
        item.State != ReplyState.Open ? Refusals.ReplyOver : item with { AssignedTo = to, TakenBy = item.TakenUntil > now ? item.TakenBy : null };

    /// <summary>Out of sight for a while; the clock runs on.</summary>
    public static Result<ReplyItem> Snooze(ReplyItem item, PersonId by, TimeSpan time, DateTimeOffset now) => Refused(item, by, now) is { } refusal
        ? refusal
        : time <= TimeSpan.Zero || time > LongestSnooze ? Refusals.SnoozeTime : item with { SnoozedUntil = now + time, TakenBy = null, TakenUntil = null };

    public static Result<ReplyItem> Answer(ReplyItem item, PersonId by, Guid answer, DateTimeOffset now) =>
        Refused(item, by, now) is { } refusal ? refusal : Ended(item, ReplyState.Answered, by, null, now) with { Answer = answer };

    public static Result<ReplyItem> AnsweredElsewhere(ReplyItem item, PersonId by, string? how, DateTimeOffset now) => Refused(item, by, now) is { } refusal
        ? refusal
        : StatementDecisions.Words(how) is { } words ? Ended(item, ReplyState.Elsewhere, by, words, now) : Refusals.Reason("note");

    public static Result<ReplyItem> Leave(ReplyItem item, PersonId by, string? reason, DateTimeOffset now) => Refused(item, by, now) is { } refusal
        ? refusal
        : StatementDecisions.Words(reason) is { } words ? Ended(item, ReplyState.Left, by, words, now) : Refusals.Reason("note");

    /// <summary>The answer did not get out: the post waits again, and its clock begins anew.</summary>
    public static ReplyItem Failed(ReplyItem item, Answering answering, DateTimeOffset now) => item.State != ReplyState.Answered
        ? item
        : item with { State = ReplyState.Open, Answer = null, EndedBy = null, EndedAt = null, ClockAt = now + answering.At(item.Level).Clock };

    /// <summary>It waited beyond its clock: the next duty has it now. The same item where nothing is due, or nobody stands above.</summary>
    public static ReplyItem GoUp(ReplyItem item, Answering answering, DateTimeOffset now)
    {
        if (item.State != ReplyState.Open || item.ClockAt is not { } due || due > now)
        {
            return item;
        }

        return ReplyChain.After(item.Duty) is { } next
            ? item with { Duty = next, ClockAt = now + answering.At(item.Level).Clock, SnoozedUntil = null }
            : item with { ClockAt = null, SnoozedUntil = null };
    }

    private static Refusal? Refused(ReplyItem item, PersonId by, DateTimeOffset now) => item.State != ReplyState.Open ? Refusals.ReplyOver
        : item.TakenBy is { } other && other != by && item.TakenUntil > now ? Refusals.ReplyTaken : null;

    private static ReplyItem Ended(ReplyItem item, ReplyState state, PersonId by, string? note, DateTimeOffset now) => item with
    {
        State = state,
        EndedBy = by,
        EndedAt = now,
        Note = note,
        TakenBy = null,
        TakenUntil = null,
        SnoozedUntil = null,
        ClockAt = null,
    };
}
