using Holdfast.Core.People;

namespace Holdfast.Core.Publishing;

/// <summary>What a person changes of a post; the whole of it, as it is to be afterwards.</summary>
public sealed record PostEdit(string Text, string? Language, IReadOnlyList<MediaItem> Media, PostReference? ReplyTo);

/// <summary>
/// Everything that is decided about a post to one account. Pure; the clock comes in, and so do the freezes in force, which the
/// caller read behind the gate. Whatever puts a post on its way goes through <see cref="Land"/>: there is no other.
/// </summary>
public static partial class PostDecisions
{
    /// <summary>A time so little in the past was meant as now.</summary>
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(1);

    public static Result<ScheduledPost> Edit(ScheduledPost post, PostEdit edit, IReadOnlyList<Freeze> freezes)
    {
        if (post.State is not (PostState.Draft or PostState.AwaitingApproval or PostState.Scheduled or PostState.Held or PostState.Rejected))
        {
            return Refusals.CannotEdit(post.State);
        }

        // Approval and passage were given to the words there were.
        var edited = post with
        {
            Text = edit.Text,
            Language = edit.Language,
            Media = edit.Media,
            ReplyTo = edit.ReplyTo,
            Approved = false,
            LetThrough = null,
        };
        return post.State switch
        {
            PostState.Scheduled => Land(edited, freezes),
            PostState.Rejected => edited with { State = PostState.Draft, Tries = 0 },
            _ => edited,
        };
    }

    /// <summary>Gives a post its time: a draft, one that waits, one that is moved in the calendar, or a held one that a person decided on.</summary>
    public static Result<ScheduledPost> Schedule(ScheduledPost post, DateTimeOffset? at, IReadOnlyList<Freeze> freezes, DateTimeOffset now)
    {
        if (post.State is not (PostState.Draft or PostState.AwaitingApproval or PostState.Scheduled or PostState.Held or PostState.Rejected))
        {
            return Refusals.CannotSchedule(post.State);
        }

        if (at is not { } time)
        {
            return Refusals.NoTime;
        }

        if (time < now - Now)
        {
            return Refusals.TimePast;
        }

        if (post.State == PostState.Held && freezes.Any(freeze => freeze.Holds(post)))
        {
            return Refusals.Frozen;
        }

        var timed = post with { DueAt = time, NotBefore = null, Tries = 0, Held = null };
        return post.State == PostState.AwaitingApproval ? timed : Land(timed, freezes);
    }

    public static Result<ScheduledPost> Submit(ScheduledPost post) => post.State switch
    {
        not PostState.Draft => Refusals.CannotSubmit(post.State),
        _ when post.DueAt is null => Refusals.NoTime,
        _ => post with { State = PostState.AwaitingApproval },
    };

    /// <summary>The last approval that was missing. Who comes too late does not publish: the post waits for a new time.</summary>
    public static Result<ScheduledPost> Approve(ScheduledPost post, IReadOnlyList<Freeze> freezes, DateTimeOffset now)
    {
        if (post.State != PostState.AwaitingApproval)
        {
            return Refusals.CannotApprove(post.State);
        }

        var approved = post with { Approved = true };
        return post.DueAt is not { } due || due < now - Now ? Hold(approved, HeldBecause.ApprovedTooLate) : Land(approved, freezes);
    }

    /// <summary>An approver says no: it is a draft again.</summary>
    public static Result<ScheduledPost> Disapprove(ScheduledPost post) =>
        post.State == PostState.AwaitingApproval ? post with { State = PostState.Draft } : Refusals.CannotApprove(post.State);

    public static Result<ScheduledPost> Drop(ScheduledPost post) =>
        post.State is PostState.Sending or PostState.Sent or PostState.Unknown or PostState.Dropped
            ? Refusals.CannotDrop(post.State)
            : post with { State = PostState.Dropped, Held = null };

    /// <summary>Takes a post out of the calendar and leaves it for later.</summary>
    public static Result<ScheduledPost> Unschedule(ScheduledPost post) =>
        post.State is PostState.Scheduled or PostState.AwaitingApproval or PostState.Held
            ? post with { State = PostState.Draft, Held = null, LetThrough = null }
            : Refusals.CannotSchedule(post.State);

    /// <summary>An answer, a statement or a deletion goes out during a freeze because a person of the crisis team says so.</summary>
    public static Result<ScheduledPost> LetThrough(ScheduledPost post, PersonId by, string? reason, long epoch)
    {
        if (post.Purpose == PostPurpose.Planned || (post.Situation is null && post.Purpose != PostPurpose.Deletion))
        {
            return Refusals.NotAnAnswer;
        }

        return string.IsNullOrWhiteSpace(reason)
            ? Refusals.FreezeReason
            : post with { LetThrough = new LetThrough(by, reason.Trim(), epoch) };
    }

    /// <summary>A person looked at the network itself for a post of which nobody could tell.</summary>
    /// <param name="found">Where it is; null: it is not there.</param>
    public static Result<ScheduledPost> Looked(ScheduledPost post, PostReference? found, DateTimeOffset now) => post.State switch
    {
        not PostState.Unknown => Refusals.NotUnknown(post.State),
        _ when found is not null => AsSent(post, found, now),
        _ when now - post.DepartedAt < ScheduledPost.Grace => Refusals.TooSoonToTell,
        _ => Hold(post, HeldBecause.NotArrived),
    };

    /// <summary>The account was taken away, or needs a new sign-in.</summary>
    public static ScheduledPost WithoutAccount(ScheduledPost post) =>
        post.State == PostState.Scheduled ? Hold(post, HeldBecause.Account) : post;

    /// <summary>The database is a copy: what was due since the copy was made may have left.</summary>
    public static ScheduledPost Restored(ScheduledPost post) =>
        post.State is PostState.Scheduled or PostState.Sending ? Hold(post with { Fence = post.Fence + 1 }, HeldBecause.Restored) : post;

    /// <summary>Where a post with a time belongs: with its approver, behind the freeze, or on its way.</summary>
    private static ScheduledPost Land(ScheduledPost post, IReadOnlyList<Freeze> freezes) =>
        post.NeedsApproval && !post.Approved ? post with { State = PostState.AwaitingApproval, Held = null }
        : freezes.FirstOrDefault(freeze => freeze.Holds(post)) is { } freeze ? Hold(post, HeldBecause.Freeze) with { Freeze = freeze.Id }
        : post with { State = PostState.Scheduled, Held = null };

    private static ScheduledPost Hold(ScheduledPost post, HeldBecause why) => post with { State = PostState.Held, Held = why, LeaseUntil = null, NotBefore = null };

    private static ScheduledPost AsSent(ScheduledPost post, PostReference at, DateTimeOffset now) => post with
    {
        State = PostState.Sent,
        Held = null,
        OnNetwork = at,
        SentAt = now,
        LeaseUntil = null,
        NotBefore = null,
        Outcome = null,
    };
}
