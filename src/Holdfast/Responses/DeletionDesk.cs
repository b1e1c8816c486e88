using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Situations;
using Refusals = Holdfast.Core.Responses.Refusals;

namespace Holdfast.Responses;

/// <summary>
/// The guard before a public post or comment is hidden or deleted: a snapshot, a reason, a second person. Holdfast advises against it and
/// deletes nothing by itself; what was agreed on is done by hand on the network.
/// </summary>
internal sealed class DeletionDesk(Store store, TimeProvider time)
{
    private const int Shown = 400;

    public Task<Result<Guid>> AskAsync(BrandId brand, PostId post, string? reason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Guid>>(async transaction =>
        {
            if (StatementDecisions.Words(reason) is not { } words)
            {
                return Refusals.Reason("reason");
            }

            if (await ReplySql.PostAsync(transaction.Connection!, transaction, post, cancel) is not { } snapshot)
            {
                return Refusals.ReplyNotFound;
            }

            var now = time.GetUtcNow();
            var situation = (await ReplySql.LockAsync(transaction, brand, post, cancel))?.Situation;
            var id = Ids.New(time);
            await DeletionSql.InsertAsync(transaction, id, brand, situation, post, Json.Write(snapshot), words, by, now, cancel);
            if (situation is { } about)
            {
                var what = $"{snapshot.Network} {snapshot.To}: {(snapshot.Text.Length > Shown ? snapshot.Text[..Shown] + "…" : snapshot.Text)}";
                await TimelineSql.AppendAsync(transaction, about, new DeletionAsked(id, what, words), Actor.Of(by), now, cancel);
            }

            await ResponsesFeature.TellAsync(transaction, brand);
            return id;
        }, cancel);

    public Task<Result<bool>> DecideAsync(Guid id, bool agreed, string? reason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<bool>>(async transaction =>
        {
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

            var now = time.GetUtcNow();
            var words = StatementDecisions.Words(reason);
            await DeletionSql.DecideAsync(transaction, id, agreed, words, by, now, cancel);
            if (deletion.Situation is { } about)
            {
                await TimelineSql.AppendAsync(transaction, about, new DeletionDecided(id, agreed, words), Actor.Of(by), now, cancel);
            }

            await ResponsesFeature.TellAsync(transaction, deletion.Brand);
            return agreed;
        }, cancel);

    public async Task<IReadOnlyList<Deletion>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await DeletionSql.AllAsync(connection, cancel);
    }
}
