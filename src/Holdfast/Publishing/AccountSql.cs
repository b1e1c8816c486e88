using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;

namespace Holdfast.Publishing;

/// <summary>Accounts on networks: whose they are, how they are entered, what they allow.</summary>
internal static class AccountSql
{
    private const string Columns = """
        a.id, a.brand_id as brand, b.name as brand_name, b.time_zone as zone, a.network, a.server, a.network_id, a.handle, a.name, a.limits::text as limits,
        a.state, a.state_note, a.needs_approval, a.connected_at
        """;

    private const string All = $"""
        select {Columns}, (select count(*) from scheduled_post p where p.account_id = a.id and p.state = 'Scheduled') as scheduled
        from account a join brand b on b.id = a.brand_id where b.retired_at is null order by lower(b.name), a.network, lower(a.handle)
        """;

    private const string One = $"""
        select {Columns}, (select count(*) from scheduled_post p where p.account_id = a.id and p.state = 'Scheduled') as scheduled
        from account a join brand b on b.id = a.brand_id where a.id = @id
        """;

    private const string Upsert = """
        insert into account (id, brand_id, network, server, network_id, handle, name, secret, limits, state, needs_approval, connected_at)
        values (@Id, @Brand, @Network, @Server, @NetworkId, @Handle, @Name, @secret, @Limits::jsonb, 'Connected', @NeedsApproval, @now)
        on conflict (network, server, network_id) do update set handle = excluded.handle, name = excluded.name, secret = excluded.secret,
          limits = excluded.limits, state = 'Connected', state_note = null, needs_approval = excluded.needs_approval, connected_at = excluded.connected_at
          where account.brand_id = excluded.brand_id
        returning id
        """;

    private const string SetApproval = "update account set needs_approval = @needsApproval where id = @id";

    // Behind the closed gate: a claim either left before this, or can never leave.
    private const string Disconnect = """
        select set_config('holdfast.person', @by::text, true);
        update account set state = 'Disconnected', secret = ''::bytea, state_note = null where id = @id and state <> 'Disconnected';
        update scheduled_post set state = 'Held', held_because = 'Account', fence = fence + 1, lease_until = null, changed_at = @now
        where account_id = @id and (state = 'Scheduled' or (state = 'Sending' and departed_at is null));
        """;

    public static async Task<IReadOnlyList<AccountRow>> AllAsync(DbConnection connection, CancellationToken cancel) =>
        [.. await connection.QueryAsync<AccountRow>(new CommandDefinition(All, cancellationToken: cancel))];

    public static Task<AccountRow?> FindAsync(DbConnection connection, AccountId id, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<AccountRow>(new CommandDefinition(One, new { id }, cancellationToken: cancel));

    /// <summary>Connected before, it is that account again, with its posts; null where it belongs to another brand.</summary>
    public static Task<AccountId?> UpsertAsync(DbTransaction transaction, AccountRow account, byte[] secret, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<AccountId?>(new CommandDefinition(Upsert, new
        {
            account.Id,
            account.Brand,
            account.Network,
            account.Server,
            account.NetworkId,
            account.Handle,
            account.Name,
            account.Limits,
            account.NeedsApproval,
            secret,
            now,
        }, transaction, cancellationToken: cancel));

    public static Task SetApprovalAsync(DbConnection connection, AccountId id, bool needsApproval, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(SetApproval, new { id, needsApproval }, cancellationToken: cancel));

    public static Task DisconnectAsync(DbTransaction transaction, AccountId id, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Disconnect, new { id, by, now }, transaction, cancellationToken: cancel));
}

/// <summary>An account as the pages see it; the secret is not in it.</summary>
public sealed record AccountRow
{
    public AccountId Id { get; init; }
    public BrandId Brand { get; init; }
    public string BrandName { get; init; } = "";
    public string Zone { get; init; } = "UTC";
    public string Network { get; init; } = "";
    public string Server { get; init; } = "";
    public string NetworkId { get; init; } = "";
    public string Handle { get; init; } = "";
    public string? Name { get; init; }

    /// <summary>Networks: NetworkLimits.</summary>
    public string Limits { get; init; } = "{}";
    public AccountState State { get; init; }
    public string? StateNote { get; init; }
    public bool NeedsApproval { get; init; }
    public DateTimeOffset ConnectedAt { get; init; }
    public long Scheduled { get; init; }

    public Account Core() => new(Id, Brand, Network, Server, NetworkId, Handle, State);
}
