using Dapper;
using Npgsql;

namespace Holdfast.Database;

/// <summary>
/// A restored copy does not know what was published after it was made, and knows nothing of freezes placed since. Nothing is
/// published from it until a person has looked: everything is frozen, and what was on its way is held.
/// </summary>
internal static class RestoredPosts
{
    private const string FreezeSql = """
        with next as (update freeze_gate set epoch = epoch + 1 returning epoch)
        insert into "freeze" (id, epoch, reason, placed_by, placed_at, answered_at)
        select gen_random_uuid(), epoch, @reason, 'restore', now(), now() from next returning id
        """;

    private const string HoldSql = """
        with held as (
          update scheduled_post set state = 'Held', held_because = case when due_at <= now() or state = 'Sending' then 'Restored' else 'Freeze' end,
            freeze_id = @id, fence = fence + 1, lease_until = null, not_before = null, changed_at = now()
          where state in ('Scheduled', 'Sending') returning id)
        insert into freeze_post (freeze_id, post_id, found) select @id, id, 'Held' from held
        """;

    private const string AnyAccountSql = "select exists (select from account)";

    public static async Task HoldAsync(NpgsqlTransaction transaction, DateTimeOffset madeAt, CancellationToken cancel)
    {
        // Who publishes nothing need not lift anything.
        if (!await transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(AnyAccountSql, transaction: transaction, cancellationToken: cancel)))
        {
            return;
        }

        var reason = $"The database was restored from the copy of {madeAt:yyyy-MM-dd HH:mm} UTC: what was published since is not known here.";
        var id = await transaction.Connection!.ExecuteScalarAsync<Guid>(new CommandDefinition(FreezeSql, new { reason }, transaction, cancellationToken: cancel));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(HoldSql, new { id }, transaction, cancellationToken: cancel));
    }
}
