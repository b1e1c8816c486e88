using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>
/// Reads one source on one node, as long as its session holds the source's lock. The cursor is stored after the posts before it are
/// committed, and over the session that holds the lock: who lost the lock cannot move it.
/// </summary>
internal sealed class NetworkReader(Store store, IntakeDesk intake, INetworkAccounts accounts, NetworkHttp http, TimeProvider time)
{
    private const int MaxReason = 500;

    /// <summary>Returns when the source is another node's or gone; throws where the database or the network's reader fails.</summary>
    public async Task RunAsync(SourceId id, CancellationToken cancel)
    {
        await using var session = await store.OpenAsync(cancel);
        if (!await NetworkSourceSql.TryLockAsync(session, id))
        {
            return;
        }

        try
        {
            if (await NetworkSourceSql.FindAsync(session, id) is { } row && NetworkKind.Find(row.Kind) is { } kind)
            {
                await ReadAsync(session, row, kind, cancel);
            }
        }
        finally
        {
            // The session goes back to the pool; one that broke has let go by itself.
            if (session.State == System.Data.ConnectionState.Open)
            {
                await NetworkSourceSql.UnlockAsync(session, id);
            }
        }
    }

    private async Task ReadAsync(NpgsqlConnection session, NetworkSourceRow row, NetworkKind kind, CancellationToken cancel)
    {
        var account = row.Account is { } whose ? await accounts.OpenAsync(whose, cancel) : null;
        if (kind.OfAccount && account is null)
        {
            await FailAsync(session, row.Id, "The account is not connected any more: connect it again, or retire this source.");
            return;
        }

        var source = new IntakeSource(row.Id, row.Brands.Select(b => new BrandId(b)).ToHashSet());
        var reader = kind.Make(http, time, row.Tag);
        var troubled = true;
        await foreach (var batch in reader.ReadAsync(new(new(row.Server), account, row.Cursor), cancel).WithCancellation(cancel))
        {
            await TakeInAsync(source, kind, batch, cancel);
            if (batch.DeletedIds.Count > 0)
            {
                await NetworkSourceSql.DeleteAsync(session, kind.Network, batch.DeletedIds, time.GetUtcNow());
            }

            if (batch.Trouble is { } trouble)
            {
                await FailAsync(session, row.Id, trouble.Detail);
            }
            else
            {
                await NetworkSourceSql.SetCursorAsync(session, row.Id, batch.Cursor, time.GetUtcNow());
                if (troubled && await NetworkSourceSql.RecoverAsync(session, row.Id) > 0)
                {
                    await TellAsync();
                }
            }

            troubled = batch.Trouble is not null;
        }
    }

    private async Task TakeInAsync(IntakeSource source, NetworkKind kind, SourceBatch batch, CancellationToken cancel)
    {
        // A list may give more at once than one transaction takes.
        var unreadable = batch.Unreadable.Select(u => new UnreadableItem(u.Raw, kind.Name, null, u.Reason)).ToList();
        var posts = batch.Posts.Select(p => new IntakeItem(p.Post with { Id = new(Ids.New(time)) }, p.Raw, kind.Name)).ToList();
        for (var at = 0; at < posts.Count || unreadable.Count > 0; at += IntakeSubmission.MaxItems)
        {
            var submission = new IntakeSubmission(source, [.. posts.Skip(at).Take(IntakeSubmission.MaxItems)], [.. unreadable]);
            unreadable.Clear();
            await intake.SubmitAsync(submission, cancel);
            await submission.Done.WaitAsync(cancel);
        }
    }

    private async Task FailAsync(NpgsqlConnection session, SourceId id, string reason)
    {
        if (await SourceSql.FailAsync(session, id, reason.Length <= MaxReason ? reason : reason[..MaxReason], time.GetUtcNow()) > 0)
        {
            await TellAsync();
        }
    }

    private Task TellAsync() => store.InTransactionAsync(transaction => Changes.NotifyAsync(transaction, "sources"), CancellationToken.None);
}
