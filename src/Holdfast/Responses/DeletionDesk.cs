using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Holdfast.Situations;
using Npgsql;
using Refusals = Holdfast.Core.Responses.Refusals;

namespace Holdfast.Responses;

/// <summary>What a person does about a deletion that was agreed on.</summary>
internal enum DeletionAct
{
    /// <summary>Once more: it was held, or the network refused it.</summary>
    Again,

    /// <summary>It stays after all.</summary>
    Drop,

    /// <summary>Somebody looked at the network, which cannot be asked: it is gone.</summary>
    Gone,

    /// <summary>Somebody looked: it is still there.</summary>
    There,

    /// <summary>It is not ours, and somebody saw to it on the network.</summary>
    ByHand,
}

/// <summary>
/// The guard before a public post is deleted: a snapshot, a reason, a second person. What two agreed on leaves like a post, through the
/// same gate: a freeze holds it, and a lost answer is asked after. What is not ours is done by hand on the network.
/// </summary>
internal sealed class DeletionDesk(Store store, PublishDesk publishing, TimeProvider time)
{
    private const int Shown = 400;

    /// <summary>A post that was heard: ours, or somebody else's.</summary>
    public Task<Result<Guid>> AskAsync(BrandId brand, PostId post, string? reason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Guid>>(async transaction =>
        {
            if (await ReplySql.PostAsync(transaction.Connection!, transaction, post, cancel) is not { } snapshot)
            {
                return Refusals.ReplyNotFound;
            }

            var situation = (await ReplySql.LockAsync(transaction, brand, post, cancel))?.Situation;
            return await AskAsync(transaction, brand, situation, post, null, snapshot, await DeletionSql.HeardAsync(transaction, brand, post, cancel), reason, by, cancel);
        }, cancel);

    /// <summary>A post that Holdfast sent.</summary>
    public Task<Result<Guid>> AskAsync(ScheduledPostId sent, string? reason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Guid>>(async transaction =>
            await DeletionSql.SentAsync(transaction.Connection!, transaction, sent, cancel) is { } own
                ? await AskAsync(transaction, own.Brand, own.Situation, null, sent, own.Snapshot(), own, reason, by, cancel)
                : Refusals.ReplyNotFound, cancel);

    /// <param name="passReason">Why it may pass a freeze; null where nobody said so.</param>
    public Task<Result<bool>> DecideAsync(Guid id, bool agreed, string? reason, string? passReason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<bool>>(async transaction =>
        {
            await GateSql.PassAsync(transaction, await DeletionSql.SituationAsync(transaction, id, cancel), cancel);
            if (await DeletionSql.LockAsync(transaction, id, cancel) is not { } deletion)
            {
                return Refusals.ReplyNotFound;
            }

            if (deletion.DecidedAt is not null)
            {
                return Refusals.DeletionOver;
            }

            if (deletion.AskedBy == by)
            {
                return Refusals.SecondPerson;
            }

            ScheduledPostId? act = null;
            if (agreed && deletion.Account is not null)
            {
                var put = await PutAsync(transaction, deletion, passReason, by, cancel);
                if (!put.Succeeded(out var post))
                {
                    return Result<bool>.Refused(put.Refusals);
                }

                act = post.Id;
            }

            var now = time.GetUtcNow();
            var words = StatementDecisions.Words(reason);
            await DeletionSql.DecideAsync(transaction, id, agreed, words, act, by, now, cancel);
            await TellAsync(transaction, deletion, new DeletionDecided(id, agreed, words), Actor.Of(by), now, cancel);
            return agreed;
        }, cancel);

    public Task<Result<bool>> ActAsync(Guid id, DeletionAct act, string? passReason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<bool>>(async transaction =>
        {
            // The deletion before its act.
            await GateSql.PassAsync(transaction, await DeletionSql.SituationAsync(transaction, id, cancel), cancel);
            if (await DeletionSql.LockAsync(transaction, id, cancel) is not { Agreed: true } deletion)
            {
                return Refusals.ReplyNotFound;
            }

            var now = time.GetUtcNow();
            if (act == DeletionAct.ByHand)
            {
                if (deletion.Act is not null || deletion.EndedAt is not null)
                {
                    return Refusals.DeletionOver;
                }

                await DeletionSql.EndAsync(transaction, id, now, cancel);
                await TellAsync(transaction, deletion, new DeletionEnded(id, nameof(DeletionAct.ByHand), null), Actor.Of(by), now, cancel);
                return true;
            }

            if (deletion.Act is not { } post)
            {
                return Refusals.ReplyNotFound;
            }

            var done = await publishing.ActAsync(transaction, post, Decide(act, passReason, by), cancel);
            if (!done.Succeeded(out _))
            {
                return Result<bool>.Refused(done.Refusals);
            }

            await DeletionSql.EndAsync(transaction, id, null, cancel);
            await ResponsesFeature.TellAsync(transaction, deletion.Brand);
            return true;
        }, cancel);

    /// <summary>Writes down what became of one; false where there was none.</summary>
    public Task<bool> EndOneAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        if (await DeletionSql.LockEndedAsync(transaction, cancel) is not { } deletion)
        {
            return false;
        }

        var now = time.GetUtcNow();
        await DeletionSql.EndAsync(transaction, deletion.Id, now, cancel);
        await TellAsync(transaction, deletion, new DeletionEnded(deletion.Id, deletion.State!, deletion.Outcome), Actor.Clock, now, cancel);
        return true;
    }, cancel);

    public async Task<IReadOnlyList<(Deletion Deletion, bool Frozen)>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var gate = await GateSql.ReadAsync(connection, null, cancel);
        return [.. (await DeletionSql.AllAsync(connection, cancel)).Select(each =>
            (each, each.Account is { } account && gate.InForce.Any(freeze => freeze.Scope.Covers(each.Brand, each.Post.Network, account))))];
    }

    public async Task<AnsweredPost?> LookAsync(ScheduledPostId sent, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return (await DeletionSql.SentAsync(connection, null, sent, cancel))?.Snapshot();
    }

    private static PostAct Decide(DeletionAct act, string? passReason, PersonId by) => act switch
    {
        DeletionAct.Again => Releasing.Now(by, passReason, askReason: true),
        DeletionAct.Drop => (post, _, _) => PostDecisions.Drop(post),
        DeletionAct.Gone => (post, _, now) => PostDecisions.Looked(post, post.ReplyTo, now),
        _ => (post, _, now) => PostDecisions.Looked(post, null, now),
    };

    private async Task<Result<ScheduledPost>> PutAsync(NpgsqlTransaction transaction, Deletion deletion, string? passReason, PersonId by, CancellationToken cancel)
    {
        var accounts = await AnswerSql.AccountsAsync(transaction.Connection!, transaction, deletion.Brand, cancel);
        if (accounts.FirstOrDefault(each => each.Account.Id == deletion.Account) is not { } account)
        {
            return Refusals.NoAccount;
        }

        var act = publishing.Draft(account.Account, PostPurpose.Deletion, deletion.Post.Text) with
        {
            Situation = deletion.Situation,
            ReplyTo = Json.Read<PostReference>(deletion.Target!),
        };
        return await publishing.AddAsync(transaction, act, new PostOptions(), act.Id.Value, by, Releasing.Now(by, passReason, askReason: true), cancel);
    }

    private async Task<Result<Guid>> AskAsync(
        NpgsqlTransaction transaction, BrandId brand, SituationId? situation, PostId? post, ScheduledPostId? sent, AnsweredPost snapshot, OwnPost? own, string? reason,
        PersonId by, CancellationToken cancel)
    {
        if (StatementDecisions.Words(reason) is not { } words)
        {
            return Refusals.Reason("reason");
        }

        if (await DeletionSql.IsOpenAsync(transaction, post, sent, cancel))
        {
            return Refusals.DeletionAsked;
        }

        var now = time.GetUtcNow();
        var id = Ids.New(time);
        await DeletionSql.InsertAsync(transaction, id, brand, situation, post, sent, snapshot, own, words, by, now, cancel);
        var what = $"{snapshot.Network} {snapshot.To}: {(snapshot.Text.Length > Shown ? snapshot.Text[..Shown] + "…" : snapshot.Text)}";
        await TellAsync(transaction, new Deletion { Id = id, Brand = brand, Situation = situation }, new DeletionAsked(id, what, words), Actor.Of(by), now, cancel);
        return id;
    }

    private static async Task TellAsync(NpgsqlTransaction transaction, Deletion deletion, TimelineEvent entry, Actor who, DateTimeOffset now, CancellationToken cancel)
    {
        if (deletion.Situation is { } about)
        {
            await TimelineSql.AppendAsync(transaction, about, entry, who, now, cancel);
        }

        await ResponsesFeature.TellAsync(transaction, deletion.Brand);
    }
}
