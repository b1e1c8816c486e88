using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Networks.Social;
using Npgsql;

namespace Holdfast.Freezing;

/// <summary>An account whose scheduler on the network is to be emptied for a freeze.</summary>
internal sealed record SchedulerLook(Guid FreezeId, Guid AccountId, string Network);

/// <summary>A post found on a network's own scheduler.</summary>
/// <param name="State">Found, Withdrawn, Failed, Left (it was gone before) or PutBack.</param>
internal sealed record FoundPost(Guid Id, Guid AccountId, string Account, string Network, string NetworkKey, DateTimeOffset DueAt, string Text, string Body, string State, string? Note);

/// <summary>The statements about networks' own schedulers.</summary>
internal static class SchedulerSql
{
    private const string Covers = """
        (f.scope_brand is null or a.brand_id = f.scope_brand) and (f.scope_network is null or a.network = f.scope_network)
          and (f.scope_account is null or a.id = f.scope_account)
        """;

    // One node at a time: who writes the time has the account until the pause is over.
    private const string Take = $"""
        with due as (
          select f.id as freeze_id, a.id as account_id
          from "freeze" f
          join account a on a.network = any(@networks) and a.state <> 'Disconnected' and {Covers}
          left join network_look l on l.freeze_id = f.id and l.account_id = a.id
          where f.lifted_at is null
            and (l.looked_at is null or l.looked_at < case when l.state in ('None', 'Withdrawn') then @now - @again else @now - @retry end)
          order by l.looked_at nulls first limit 1
        ), taken as (
          insert into network_look (freeze_id, account_id, state, looked_at) select freeze_id, account_id, 'Pending', @now from due
          on conflict (freeze_id, account_id) do update set looked_at = @now where network_look.looked_at < @now - @retry
          returning freeze_id, account_id
        )
        select t.freeze_id as "freezeId", t.account_id as "accountId", a.network from taken t join account a on a.id = t.account_id
        """;

    private const string Looked = """
        update network_look set note = @note, looked_at = @now, state = case
          when @failed then 'Unreachable'
          when exists (select 1 from network_scheduled n where n.freeze_id = @FreezeId and n.account_id = @AccountId and n.state in ('Withdrawn', 'PutBack')) then 'Withdrawn'
          else 'None' end
        where freeze_id = @FreezeId and account_id = @AccountId
        """;

    private const string Found = """
        insert into network_scheduled (id, freeze_id, account_id, network_key, due_at, text, body, state, changed_at)
        values (@id, @FreezeId, @AccountId, @key, @at, @text, @body::jsonb, 'Found', @now)
        on conflict (freeze_id, account_id, network_key) do nothing
        """;

    // What a lost answer left open: before its time it can only have been withdrawn by us, after it nobody here can say.
    private const string Gone = """
        update network_scheduled set changed_at = @now,
          state = case when due_at > @now then 'Withdrawn' else 'Left' end,
          note = case when due_at > @now then null else 'It is no longer on the server''s scheduler: published, or withdrawn by somebody else.' end
        where freeze_id = @FreezeId and account_id = @AccountId and state in ('Found', 'Failed') and not network_key = any(@keys)
        """;

    private const string Mark = """
        update network_scheduled set state = @state, note = @note, changed_at = @now where freeze_id = @FreezeId and account_id = @AccountId and network_key = @key
        """;

    private const string Posts = """
        select n.id, n.account_id as "accountId", a.handle as account, a.network, n.network_key as "networkKey", n.due_at as "dueAt", n.text, n.body::text as body, n.state, n.note
        from network_scheduled n join account a on a.id = n.account_id
        where n.freeze_id = @freeze
        """;

    private const string MarkOne = "update network_scheduled set state = @state, note = @note, changed_at = @now where id = @id";

    private const string Lines = $"""
        select a.handle as account, a.network, coalesce(l.state, 'Pending') as state,
          (select count(*)::int from network_scheduled n where n.freeze_id = f.id and n.account_id = a.id and n.state in ('Withdrawn', 'PutBack')) as withdrawn,
          l.note
        from "freeze" f
        join account a on a.network = any(@networks) and a.state <> 'Disconnected' and {Covers}
        left join network_look l on l.freeze_id = f.id and l.account_id = a.id
        where f.id = @freeze and (f.lifted_at is null or l.state is not null)
        order by a.handle
        """;

    private const string Frozen = $"""select exists (select 1 from "freeze" f join account a on a.id = @account where f.lifted_at is null and {Covers})""";

    public static Task<SchedulerLook?> TakeAsync(NpgsqlTransaction transaction, string[] networks, TimeSpan again, TimeSpan retry, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<SchedulerLook?>(new CommandDefinition(Take, new { networks, again, retry, now }, transaction, cancellationToken: cancel));

    public static Task LookedAsync(NpgsqlTransaction transaction, SchedulerLook look, string? failure, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Looked, new { look.FreezeId, look.AccountId, failed = failure is not null, note = failure, now }, transaction, cancellationToken: cancel));

    /// <summary>Keeps a copy of each, and settles those that are not listed any more.</summary>
    public static async Task FoundAsync(NpgsqlTransaction transaction, SchedulerLook look, IReadOnlyList<(Guid Id, NetworkScheduled Post)> found, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = found.Select(f => new { id = f.Id, look.FreezeId, look.AccountId, key = f.Post.Id, at = f.Post.At, text = f.Post.Text, body = f.Post.Body, now });
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Found, rows, transaction, cancellationToken: cancel));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Gone, new { look.FreezeId, look.AccountId, keys = found.Select(f => f.Post.Id).ToArray(), now }, transaction, cancellationToken: cancel));
    }

    public static Task MarkAsync(NpgsqlTransaction transaction, SchedulerLook look, string key, string state, string? note, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Mark, new { look.FreezeId, look.AccountId, key, state, note, now }, transaction, cancellationToken: cancel));

    public static Task MarkAsync(NpgsqlTransaction transaction, Guid id, string state, string? note, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(MarkOne, new { id, state, note, now }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<FoundPost>> PostsAsync(NpgsqlConnection connection, FreezeId freeze, CancellationToken cancel) =>
        [.. await connection.QueryAsync<FoundPost>(new CommandDefinition(Posts + " order by n.due_at", new { freeze }, cancellationToken: cancel))];

    /// <summary>Locked, so that of two who put it back at once one does.</summary>
    public static Task<FoundPost?> LockAsync(NpgsqlTransaction transaction, FreezeId freeze, Guid id, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<FoundPost?>(new CommandDefinition(
            Posts + " and n.id = @id for update of n", new { freeze, id }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<CertifiedScheduler>> LinesAsync(NpgsqlConnection connection, FreezeId freeze, string[] networks, CancellationToken cancel) =>
        [.. await connection.QueryAsync<CertifiedScheduler>(new CommandDefinition(Lines, new { freeze, networks }, cancellationToken: cancel))];

    public static Task<bool> IsFrozenAsync(NpgsqlTransaction transaction, Guid account, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(Frozen, new { account }, transaction, cancellationToken: cancel));
}
