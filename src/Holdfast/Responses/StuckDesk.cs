using Holdfast.Core.Responses;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>What was written and cannot go out does not wait in silence: whoever wrote it and whoever has the duty are told, once for each reason.</summary>
internal sealed class StuckDesk(Store store, ResponseMail mail, TimeProvider time)
{
    /// <summary>What was published longer ago has been looked at, or is of no use any more.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public async Task WorkAsync(CancellationToken cancel)
    {
        await ApprovalsAsync(cancel);
        while (await store.InRepeatedTransactionAsync(transaction => StatementAsync(transaction, cancel), cancel)
            || await store.InRepeatedTransactionAsync(transaction => ReplyAsync(transaction, cancel), cancel))
        {
        }

        await store.InRepeatedTransactionAsync(transaction => StuckSql.FreeRepliesAsync(transaction, cancel), cancel);
    }

    /// <summary>Approvals end while a statement waits for the first answer.</summary>
    private async Task ApprovalsAsync(CancellationToken cancel)
    {
        IReadOnlyList<(StatementId Id, Core.Situations.SituationId)> waiting;
        await using (var connection = await store.OpenAsync(cancel))
        {
            waiting = await StatementSql.WaitingAsync(connection, cancel);
        }

        foreach (var (id, _) in waiting)
        {
            await store.InRepeatedTransactionAsync(async transaction =>
            {
                if (await StatementSql.LockAsync(transaction, id, cancel) is not { State: StatementState.Waiting } statement)
                {
                    return;
                }

                var because = await StuckSql.BecauseAsync(transaction.Connection!, transaction, id, cancel);
                var ended = !StatementDecisions.MayGo(statement, time.GetUtcNow());
                if (ended && because is null)
                {
                    await TellAsync(transaction, statement, StuckSql.Approvals, cancel);
                }
                else if (!ended && because == StuckSql.Approvals)
                {
                    await StuckSql.MarkAsync(transaction, id, null, cancel);
                    await ResponsesFeature.TellAsync(transaction, statement.Brand);
                }
            }, cancel);
        }
    }

    private async Task<bool> StatementAsync(NpgsqlTransaction transaction, CancellationToken cancel)
    {
        if (await StuckSql.StatementAsync(transaction, time.GetUtcNow() - Remembered, cancel) is not { } found
            || await StatementSql.LockAsync(transaction, found.Id, cancel) is not { } statement)
        {
            return false;
        }

        await TellAsync(transaction, statement, found.Because, cancel);
        return true;
    }

    private async Task TellAsync(NpgsqlTransaction transaction, Statement statement, string? because, CancellationToken cancel)
    {
        await StuckSql.MarkAsync(transaction, statement.Id, because, cancel);
        if (because is not null)
        {
            await mail.StuckAsync(transaction, statement, time.GetUtcNow(), cancel);
        }

        await ResponsesFeature.TellAsync(transaction, statement.Brand);
    }

    private async Task<bool> ReplyAsync(NpgsqlTransaction transaction, CancellationToken cancel)
    {
        if (await StuckSql.ReplyAsync(transaction, cancel) is not { } reply || await ReplySql.LockAsync(transaction, reply.Brand, reply.Post, cancel) is not { } item)
        {
            return false;
        }

        await StuckSql.MarkAsync(transaction, reply, cancel);
        await mail.StuckAsync(transaction, item, time.GetUtcNow(), cancel);
        await ResponsesFeature.TellAsync(transaction, reply.Brand);
        return true;
    }
}
