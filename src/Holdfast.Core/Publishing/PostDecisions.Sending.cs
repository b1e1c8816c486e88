namespace Holdfast.Core.Publishing;

public static partial class PostDecisions
{
    /// <summary>How often a post is tried before it counts as rejected.</summary>
    public const int MaxTries = 5;

    /// <summary>Before the second try; doubled before each further one.</summary>
    public static readonly TimeSpan FirstRetryAfter = TimeSpan.FromSeconds(15);

    /// <summary>A worker takes a due post; nothing has left yet, and nothing will before <see cref="Depart"/>.</summary>
    public static PostDecision Claim(ScheduledPost post, AccountState account, IReadOnlyList<Freeze> freezes, TimeSpan lease, DateTimeOffset now)
    {
        if (post.State != PostState.Scheduled)
        {
            return new PostDecision(post, PostReason.NotOurs);
        }

        if (post.DueAt is not { } due || due > now || post.NotBefore > now)
        {
            return new PostDecision(post, PostReason.NotDue);
        }

        if (freezes.FirstOrDefault(freeze => freeze.Holds(post)) is { } freeze)
        {
            return new PostDecision(Hold(post, HeldBecause.Freeze) with { Freeze = freeze.Id }, PostReason.Frozen);
        }

        if (now - due > ScheduledPost.Lateness)
        {
            return new PostDecision(Hold(post, HeldBecause.Missed), PostReason.TooLate);
        }

        if (account != AccountState.Connected)
        {
            return new PostDecision(Hold(post, HeldBecause.Account), PostReason.AccountGone);
        }

        return new PostDecision(
            post with
            {
                State = PostState.Sending,
                Fence = post.Fence + 1,
                LeaseUntil = now + lease,
                DepartedAt = null,
                NotBefore = null,
                Tries = post.Tries + 1,
            },
            PostReason.Claimed);
    }

    /// <summary>Asked behind the gate right before the first byte of every writing request. Only <see cref="PostReason.Leaves"/> lets it go.</summary>
    public static PostDecision Depart(ScheduledPost post, long fence, IReadOnlyList<Freeze> freezes, DateTimeOffset now)
    {
        var reason = post.State != PostState.Sending || post.Fence != fence ? PostReason.NotOurs
            : post.LeaseUntil is not { } until || now >= until ? PostReason.LeaseOver
            : freezes.Any(freeze => freeze.Holds(post)) ? PostReason.Frozen
            : PostReason.Leaves;
        return reason == PostReason.Leaves
            ? new PostDecision(post with { DepartedAt = post.DepartedAt ?? now, FirstDepartedAt = post.FirstDepartedAt ?? now }, reason)
            : new PostDecision(post, reason);
    }

    /// <summary>
    /// The end of one sending. That the network has it is a fact, whoever comes with it and however late; anything else counts
    /// only from the claim that stands.
    /// </summary>
    public static PostDecision Settle(ScheduledPost post, long fence, SendResult result, IReadOnlyList<Freeze> freezes, DateTimeOffset now)
    {
        if (result is SendResult.Sent sent && post.State != PostState.Sent && (post.State != PostState.Sending || post.Fence == fence))
        {
            return new PostDecision(AsSent(post, sent.Post, now), PostReason.Settled);
        }

        if (post.Fence != fence || post.State is not (PostState.Sending or PostState.Unknown))
        {
            return new PostDecision(post, PostReason.NotOurs);
        }

        var ended = post with { LeaseUntil = null };
        return new PostDecision(
            result switch
            {
                SendResult.Stopped stopped => Land(ended with { Outcome = stopped.Detail, DepartedAt = null }, freezes),
                SendResult.Unknown unknown => ended with { State = PostState.Unknown, Outcome = unknown.Detail },
                SendResult.Rejected rejected => Refused(ended with { Outcome = rejected.Detail, DepartedAt = null }, rejected, freezes, now),
                _ => post,
            },
            PostReason.Settled);
    }

    /// <summary>A claim whose worker has not been heard of: it never asked to leave and is free again, or nobody knows what the network has.</summary>
    public static PostDecision TakeBack(ScheduledPost post, IReadOnlyList<Freeze> freezes, DateTimeOffset now)
    {
        if (post.State != PostState.Sending || post.LeaseUntil > now)
        {
            return new PostDecision(post, PostReason.NotOurs);
        }

        // The fence goes up: should the worker still live, it can no longer ask to leave.
        return post.DepartedAt is null
            ? new PostDecision(Land(post with { Fence = post.Fence + 1, LeaseUntil = null }, freezes), PostReason.LeaseOver)
            : new PostDecision(post with { State = PostState.Unknown, LeaseUntil = null }, PostReason.LeaseOver);
    }

    /// <summary>The network was asked for a post that may be there.</summary>
    /// <param name="graceIsOver">No request can still be on its way; before that "not there" proves nothing. Told by a clock that cannot jump.</param>
    public static PostDecision Asked(ScheduledPost post, long fence, AskResult answer, IReadOnlyList<Freeze> freezes, bool graceIsOver, DateTimeOffset now)
    {
        if (post.State != PostState.Unknown || post.Fence != fence)
        {
            return new PostDecision(post, PostReason.NotOurs);
        }

        var asked = post with { AskedAt = now };
        switch (answer)
        {
            case AskResult.Found found:
                return new PostDecision(AsSent(asked, found.Post, now), PostReason.Settled);
            case AskResult.NotThere when !graceIsOver:
                return new PostDecision(asked, PostReason.TooEarlyToTell);
            case AskResult.NotThere { RepeatIsHarmless: true } when !freezes.Any(freeze => freeze.Holds(post)) && now - post.DueAt <= ScheduledPost.Lateness:
                return new PostDecision(asked with { State = PostState.Scheduled, DepartedAt = null }, PostReason.Settled);
            case AskResult.NotThere:
                return new PostDecision(Hold(asked, HeldBecause.NotArrived), PostReason.Held);
            case AskResult.CannotTell cannot:
                return new PostDecision(asked with { Outcome = cannot.Detail }, PostReason.Settled);
            default:
                return new PostDecision(post, PostReason.NotOurs);
        }
    }

    /// <summary>The network's own answer to another post named what this one was taken for by asking.</summary>
    public static ScheduledPost Mistaken(ScheduledPost post) => post with
    {
        State = PostState.Unknown,
        OnNetwork = null,
        SentAt = null,
        AskedAt = null,
        Outcome = "What was taken for it is another post of this account.",
    };

    private static ScheduledPost Refused(ScheduledPost post, SendResult.Rejected rejected, IReadOnlyList<Freeze> freezes, DateTimeOffset now)
    {
        if (rejected.SignInNeeded)
        {
            return Hold(post, HeldBecause.Account);
        }

        if (!rejected.Retryable || post.Tries >= MaxTries)
        {
            return post with { State = PostState.Rejected };
        }

        var pause = FirstRetryAfter * Math.Pow(2, post.Tries - 1);
        var landed = Land(post, freezes);
        return landed.State == PostState.Scheduled
            ? landed with { NotBefore = now + (rejected.RetryAfter > pause ? rejected.RetryAfter.Value : pause) }
            : landed;
    }
}
