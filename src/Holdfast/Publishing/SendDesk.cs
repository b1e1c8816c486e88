using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>A post that this node has claimed: nobody else sends it until the lease runs out, and it may not leave yet.</summary>
internal sealed record Claimed(ScheduledPost Post, OutgoingPost Outgoing)
{
    /// <summary>What is to be taken away; null where it is a post to publish.</summary>
    public PostReference? Deletes => Post.Purpose == PostPurpose.Deletion ? Post.ReplyTo : null;
}

/// <summary>What a look for work came to: <paramref name="Claimed"/> to send, or rows that were only put elsewhere.</summary>
internal sealed record Look(Claimed? Claimed, bool Moved);

/// <summary>The senders' side of posts: claimed, let go, settled, taken back, asked after. Each is one transaction behind the gate.</summary>
internal sealed class SendDesk(Store store, PublishSettings settings, TimeProvider time, ILogger<SendDesk> log)
{
    private const int AtOnce = 8;

    /// <summary>Claims one due post; those before it that may not go are held.</summary>
    public Task<Look> ClaimAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var gate = await GateSql.PassAsync(transaction, cancel);
        var now = time.GetUtcNow();
        if (!Believes(gate, now))
        {
            return new Look(null, Moved: false);
        }

        var moved = false;
        foreach (var due in await PublishSql.LockDueAsync(transaction, now, AtOnce, cancel))
        {
            var decision = PostDecisions.Claim(due.Post, due.AccountState, gate.InForce, settings.Lease, now);
            await PublishSql.WriteAsync(transaction, decision.Post, now, cancel);
            moved = true;
            if (decision.Reason == PostReason.Claimed)
            {
                await PublishSql.ClaimedByAsync(transaction, due.Post.Id, settings.Node, now, cancel);
                return new Look(await OutgoingAsync(transaction, decision.Post, due.Options, now, cancel), moved);
            }
        }

        return new Look(null, moved);
    }, cancel);

    /// <summary>Behind the gate, right before a request's first byte: committed before the answer is given.</summary>
    public Task<PostReason> DepartAsync(ScheduledPostId id, long fence, CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var gate = await GateSql.PassAsync(transaction, cancel);
        var now = time.GetUtcNow();
        if (!Believes(gate, now) || await PublishSql.LockAsync(transaction, id, cancel) is not { } stored)
        {
            return PostReason.NotOurs;
        }

        var decision = PostDecisions.Depart(stored.Post, fence, gate.InForce, now);
        if (decision.Post != stored.Post)
        {
            await PublishSql.WriteAsync(transaction, decision.Post, now, cancel);
        }

        return decision.Reason;
    }, cancel);

    public Task SettleAsync(Claimed claimed, SendResult result, CancellationToken cancel) =>
        ChangeAsync(claimed.Post.Id, async (transaction, post, gate, now) =>
        {
            if (result is SendResult.Rejected { SignInNeeded: true } rejected)
            {
                await AccountBook.SignInNeededAsync(transaction, post.Account, rejected.Detail, cancel);
            }

            var decision = PostDecisions.Settle(post, claimed.Post.Fence, result, gate.InForce, now);
            if (result is SendResult.Sent sent && decision.Post != post && await PublishSql.HolderAsync(transaction, post, sent.Post, cancel) is { } mistaken)
            {
                // What the network answers to our own request is this post for sure; the other one was only found to look like it.
                await PublishSql.WriteAsync(transaction, PostDecisions.Mistaken(mistaken), now, cancel);
            }

            return decision;
        }, cancel);

    /// <summary>Claims whose worker has not been heard of; false where there are none.</summary>
    public Task<bool> TakeBackAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var gate = await GateSql.PassAsync(transaction, cancel);
        var now = time.GetUtcNow();
        if (!Believes(gate, now))
        {
            return false;
        }

        var abandoned = await PublishSql.LockAbandonedAsync(transaction, now, AtOnce, cancel);
        foreach (var stored in abandoned)
        {
            var decision = PostDecisions.TakeBack(stored.Post, gate.InForce, now);
            log.LogWarning("The claim on post {Post} was given up; it is {State} now.", stored.Post.Id.Value, decision.Post.State);
            await PublishSql.WriteAsync(transaction, decision.Post, now, cancel);
            await FreezeBook.SettledAsync(transaction, decision.Post, cancel);
        }

        return abandoned.Count > 0;
    }, cancel);

    /// <summary>A post of which the network must be asked, or null.</summary>
    public Task<Claimed?> TakeToAskAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var now = Now(await GateSql.PassAsync(transaction, cancel));
        return await PublishSql.TakeToAskAsync(transaction, settings.AskEvery, now, cancel) is { } stored
            ? await OutgoingAsync(transaction, stored.Post, stored.Options, now, cancel)
            : null;
    }, cancel);

    /// <summary>What the network found may be another post of the same words that is known already: then nobody can tell of this one.</summary>
    public Task AskedAsync(Claimed asked, AskResult answer, bool graceIsOver, CancellationToken cancel) =>
        ChangeAsync(asked.Post.Id, async (transaction, post, gate, now) =>
        {
            var another = answer is AskResult.Found found && await PublishSql.HolderAsync(transaction, post, found.Post, cancel) is not null;
            var told = another ? new AskResult.CannotTell("Only another post of the same words is found there. Look there, and say whether this one is there too.") : answer;
            return PostDecisions.Asked(post, asked.Post.Fence, told, gate.InForce, graceIsOver, now);
        }, cancel);

    private Task ChangeAsync(
        ScheduledPostId id, Func<NpgsqlTransaction, ScheduledPost, Gate, DateTimeOffset, Task<PostDecision>> decide, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(async transaction =>
        {
            var gate = await GateSql.PassAsync(transaction, cancel);
            if (await PublishSql.LockAsync(transaction, id, cancel) is not { } stored)
            {
                return;
            }

            var now = Now(gate);
            var decision = await decide(transaction, stored.Post, gate, now);
            if (decision.Post != stored.Post)
            {
                await PublishSql.WriteAsync(transaction, decision.Post, now, cancel);
                await FreezeBook.SettledAsync(transaction, decision.Post, cancel);
            }
        }, cancel);

    private static async Task<Claimed> OutgoingAsync(
        NpgsqlTransaction transaction, ScheduledPost post, PostOptions options, DateTimeOffset now, CancellationToken cancel)
    {
        var media = (await PublishSql.MediaAsync(transaction, post.Media, cancel)).ToDictionary(row => row.Id);
        return new Claimed(post, new OutgoingPost(
            post.Key,
            post.Text,
            post.Language,
            post.ReplyTo,
            [.. post.Media.Select(item => new OutgoingMedia(item.Type, media[item.Id].Clean, item.Alt, media[item.Id].Width, media[item.Id].Height))],
            options,
            post.FirstDepartedAt ?? now));
    }

    /// <summary>What became of a post is written down whatever the clock here says; but not with its word for when to look at it again.</summary>
    private DateTimeOffset Now(Gate gate) =>
        time.GetUtcNow() is var now && settings.ClockTolerance is { } tolerance && (gate.Clock - now).Duration() > tolerance ? gate.Clock : now;

    /// <summary>A node whose clock is not the database's knows neither what is due nor what is late: it sends nothing.</summary>
    private bool Believes(Gate gate, DateTimeOffset now)
    {
        if (settings.ClockTolerance is not { } tolerance || (gate.Clock - now).Duration() <= tolerance)
        {
            return true;
        }

        log.LogError("This machine's clock says {Now:u} and the database's {Clock:u}: nothing is sent from here until they agree.", now, gate.Clock);
        return false;
    }
}
