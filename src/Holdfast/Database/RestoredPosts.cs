using System.Globalization;

namespace Holdfast.Database;

/// <summary>
/// A restored copy does not know what was published after it was made, and knows nothing of freezes placed since. Nothing is
/// published from it until a person has looked: everything is frozen, and what was on its way is held.
/// </summary>
internal static class RestoredPosts
{
    /// <summary>Run in the restore's own transaction, on the schema the copy was made with: nobody ever sees it unfrozen.</summary>
    public static string HoldSql(DateTimeOffset madeAt) => string.Create(CultureInfo.InvariantCulture, $"""
        set local search_path = public;
        do $hold$ declare frozen uuid; begin
          -- Older than publishing; and who publishes nothing need not lift anything.
          if to_regclass('account') is null or not exists (select from account) then
            return;
          end if;
          with next as (update freeze_gate set epoch = epoch + 1 returning epoch)
          insert into "freeze" (id, epoch, reason, placed_by, placed_at)
          select gen_random_uuid(), epoch, 'The database was restored from the copy of {madeAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: what was published since is not known here.',
            'restore', now()
          from next returning id into frozen;
          with held as (
            update scheduled_post set state = 'Held', held_because = case when due_at <= now() or state = 'Sending' then 'Restored' else 'Freeze' end,
              freeze_id = frozen, fence = fence + 1, lease_until = null, not_before = null, changed_at = now()
            where state in ('Scheduled', 'Sending') returning id)
          insert into freeze_post (freeze_id, post_id, found) select frozen, id, 'Held' from held;
        end $hold$;

        """);
}
