using Holdfast.Core;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Refusals = Holdfast.Core.Publishing.Refusals;

namespace Holdfast.Freezing;

/// <summary>
/// Empties the networks' own schedulers for a freeze, and puts back what a person wants back after the lift. The copy is committed
/// before anything is withdrawn. What was found empty is looked at again: other tools go on scheduling.
/// </summary>
internal sealed class SchedulerDesk(Store store, Publishers publishers, AccountBook accounts, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(45);

    private string[] Networks => [.. publishers.Networks.Where(network => publishers.Find(network) is INetworkScheduler)];

    /// <summary>Empties one account's; false where there was none to look at.</summary>
    public async Task<bool> LookAsync(CancellationToken cancel)
    {
        var look = await store.InTransactionAsync(transaction => SchedulerSql.TakeAsync(transaction, Networks, Again, Retry, time.GetUtcNow(), cancel), cancel);
        if (look is null)
        {
            return false;
        }

        var failure = await EmptyAsync(look, cancel);
        await store.InTransactionAsync(async transaction =>
        {
            await SchedulerSql.LookedAsync(transaction, look, failure, time.GetUtcNow(), cancel);
            await FreezeSql.TellAsync(transaction);
        }, cancel);
        return true;
    }

    public async Task<IReadOnlyList<CertifiedScheduler>> LinesAsync(FreezeId freeze, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await SchedulerSql.LinesAsync(connection, freeze, Networks, cancel);
    }

    public async Task<IReadOnlyList<FoundPost>> PostsAsync(FreezeId freeze, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await SchedulerSql.PostsAsync(connection, freeze, cancel);
    }

    /// <summary>On the network's scheduler again, with everything that was in it, for this time.</summary>
    public Task<Result<FoundPost>> PutBackAsync(FreezeId freeze, Guid id, DateTimeOffset? at, CancellationToken cancel) => store.InTransactionAsync<Result<FoundPost>>(async transaction =>
    {
        if (await SchedulerSql.LockAsync(transaction, freeze, id, cancel) is not { State: "Withdrawn" } post
            || publishers.Find(post.Network) is not INetworkScheduler scheduler || await accounts.OpenAsync(new AccountId(post.AccountId), cancel) is not { } access)
        {
            return Refusals.FreezeNotFound;
        }

        var back = await scheduler.PutBackAsync(
            access, new NetworkScheduled(post.NetworkKey, at ?? post.DueAt, post.Text, post.Body), post.Id.ToString("N"), new UnfrozenOnly(store, post.AccountId), cancel);
        await SchedulerSql.MarkAsync(transaction, id, back.Failure is null ? "PutBack" : "Withdrawn", back.Failure?.Detail, time.GetUtcNow(), cancel);
        await FreezeSql.TellAsync(transaction);
        return post with { State = back.Failure is null ? "PutBack" : "Withdrawn", Note = back.Failure?.Detail };
    }, cancel);

    /// <returns>Why it is not empty, or null.</returns>
    private async Task<string?> EmptyAsync(SchedulerLook look, CancellationToken cancel)
    {
        if (publishers.Find(look.Network) is not INetworkScheduler scheduler || await accounts.OpenAsync(new AccountId(look.AccountId), cancel) is not { } access)
        {
            return "The account's secret cannot be opened; connect it again.";
        }

        var listed = await scheduler.ListScheduledAsync(access, cancel);
        if (listed.Failure is { } unread)
        {
            return unread.Detail;
        }

        await store.InTransactionAsync(
            transaction => SchedulerSql.FoundAsync(transaction, look, [.. listed.Value!.Select(post => (Ids.New(time), post))], time.GetUtcNow(), cancel), cancel);
        string? failure = null;
        foreach (var post in listed.Value!)
        {
            var done = await scheduler.WithdrawAsync(access, post.Id, new FrozenOnly(store, new FreezeId(look.FreezeId)), cancel);
            var state = done.Failure switch { null => "Withdrawn", { Kind: NetworkFailure.Refused } => "Left", _ => "Failed" };
            failure = state == "Failed" ? done.Failure!.Detail : failure;
            await store.InTransactionAsync(
                transaction => SchedulerSql.MarkAsync(transaction, look, post.Id, state, done.Failure?.Detail, time.GetUtcNow(), cancel), cancel);
        }

        return failure;
    }

    /// <summary>Nothing is withdrawn for a freeze that has been lifted.</summary>
    private sealed class FrozenOnly(Store store, FreezeId freeze) : IDeparture
    {
        public async Task<bool> MayLeaveAsync(CancellationToken cancel)
        {
            await using var connection = await store.OpenAsync(cancel);
            return await FreezeSql.ReadAsync(connection, null, freeze, cancel) is { IsInForce: true };
        }
    }

    /// <summary>Nothing is put back while a freeze covers the account. Put back, it is the network's to publish at its time, and a later freeze withdraws it again.</summary>
    private sealed class UnfrozenOnly(Store store, Guid account) : IDeparture
    {
        public Task<bool> MayLeaveAsync(CancellationToken cancel) => store.InTransactionAsync(async transaction =>
        {
            _ = await GateSql.PassAsync(transaction, cancel);
            return !await SchedulerSql.IsFrozenAsync(transaction, account, cancel);
        }, cancel);
    }
}
