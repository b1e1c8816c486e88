using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>The rows of freezes, and what a new one does to the posts in its scope.</summary>
internal static class FreezeSql
{
    /// <summary>Notified when a freeze begins, ends, or something it found has come to an end.</summary>
    public const string Topic = "freezes";

    private const string InsertSql = """
        with gate as (update freeze_gate set epoch = epoch + 1 returning epoch)
        insert into "freeze" (id, epoch, scope_brand, scope_network, scope_account, reason, level, situation_id, placed_by, placed_at)
        select @Id, epoch, @ScopeBrand, @ScopeNetwork, @ScopeAccount, @Reason, @Level, @Situation, @PlacedBy, @PlacedAt from gate
        returning epoch
        """;

    private const string InScope = """
        (@ScopeBrand::uuid is null or p.brand_id = @ScopeBrand) and (@ScopeNetwork::text is null or p.network = @ScopeNetwork)
          and (@ScopeAccount::uuid is null or p.account_id = @ScopeAccount)
        """;

    // As PostDecisions.Freeze decides of one post (a test holds the two together); here of thousands at once, with everyone waiting.
    private const string HoldSql = $"""
        with found as (
          select p.id, case p.state when 'Held' then 'HeldBefore' when 'Unknown' then 'Unknown' when 'Sending' then case when p.departed_at is null then 'Held' else 'InFlight' end else 'Held' end as found
          from scheduled_post p
          where {InScope} and (p.state in ('Scheduled', 'Sending', 'Unknown') or (p.state = 'Held' and p.held_because = 'Freeze'))
        ), named as (
          insert into freeze_post (freeze_id, post_id, found) select @Id, id, found from found
        ), marked as (
          update scheduled_post p set freeze_id = @Id,
            state = case when f.found = 'Held' then 'Held' else p.state end,
            held_because = case when f.found = 'Held' then 'Freeze' else p.held_because end,
            fence = case when f.found = 'Held' and p.state = 'Sending' then p.fence + 1 else p.fence end,
            lease_until = case when f.found = 'Held' then null else p.lease_until end,
            not_before = case when f.found = 'Held' then null else p.not_before end,
            changed_at = @PlacedAt
          from found f where p.id = f.id and f.found <> 'HeldBefore'
        )
        select found, count(*) from found group by found
        """;

    private const string OneSql = """
        select 0::bigint as gate_epoch, f.* from "freeze" f where f.id = @id
        """;

    private const string LiftSql = """
        update "freeze" set lift_asked_by = @asked, lift_reason = @reason, lifted_by = @lifted, lifted_at = @at where id = @id
        """;

    private const string OpenSql = """
        select count(*) from freeze_post f join scheduled_post p on p.id = f.post_id
        where f.freeze_id = @id and f.found = 'InFlight' and p.state = 'Sending'
        """;

    private const string FoundInSql = "select freeze_id from freeze_post where post_id = @id and found in ('InFlight', 'Unknown')";

    private const string StandingSql = """
        select max(s.level) from situation s
        where s.state in ('Candidate', 'Open', 'Contained') and s.merged_into is null and (@brand::uuid is null or s.brand_id = @brand)
        """;

    private const string StandsForSql = """select exists (select from "freeze" where situation_id = @situation and level >= @level and lifted_at is null)""";

    private const string NetworkOfSql = "select brand_id from account where id = @account";

    /// <summary>
    /// Writes the freeze and holds what it covers, in one way to the database: the gate is closed and everyone waits. With the epoch it
    /// got, and how many of each kind were found.
    /// </summary>
    public static async Task<(Freeze Freeze, IReadOnlyDictionary<string, long> Found)> PlaceAsync(NpgsqlTransaction transaction, Freeze freeze, CancellationToken cancel)
    {
        var (brand, network, account) = Scope(freeze.Scope);
        var parameters = new
        {
            freeze.Id,
            ScopeBrand = brand,
            ScopeNetwork = network,
            ScopeAccount = account,
            freeze.Reason,
            Level = (short?)freeze.Level,
            freeze.Situation,
            PlacedBy = freeze.PlacedBy.Text,
            freeze.PlacedAt,
            Topic,
        };
        await using var results = await transaction.Connection!.QueryMultipleAsync(
            new CommandDefinition($"{InsertSql}; {HoldSql}; {Changes.NotifySql}", parameters, transaction, cancellationToken: cancel));
        var epoch = await results.ReadSingleAsync<long>();
        var found = await results.ReadAsync<(string Found, long Count)>();
        return (freeze with { Epoch = epoch }, found.ToDictionary(row => row.Found, row => row.Count));
    }

    public static async Task<Freeze?> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, FreezeId id, CancellationToken cancel) =>
        (await connection.QuerySingleOrDefaultAsync<FreezeRow>(new CommandDefinition(OneSql, new { id }, transaction, cancellationToken: cancel)))?.Freeze();

    public static async Task WriteLiftAsync(NpgsqlTransaction transaction, Freeze freeze, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            LiftSql,
            new { id = freeze.Id, asked = freeze.LiftAskedBy?.Text, reason = freeze.LiftReason, lifted = freeze.LiftedBy?.Text, at = freeze.LiftedAt },
            transaction, cancellationToken: cancel));
        await TellAsync(transaction);
    }

    /// <summary>How many had asked to leave before the freeze and have not come to an end.</summary>
    public static Task<long> OpenAsync(NpgsqlConnection connection, FreezeId id, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(OpenSql, new { id }, cancellationToken: cancel));

    /// <summary>The freezes that found this post on its way.</summary>
    public static async Task<IReadOnlyList<FreezeId>> FoundInAsync(NpgsqlTransaction transaction, ScheduledPostId id, CancellationToken cancel) =>
        (await transaction.Connection!.QueryAsync<FreezeId>(new CommandDefinition(FoundInSql, new { id }, transaction, cancellationToken: cancel))).AsList();

    /// <summary>The highest level that stands in a scope; a network or an account of no brand is judged by all.</summary>
    public static async Task<Level?> StandingAsync(NpgsqlTransaction transaction, FreezeScope scope, CancellationToken cancel)
    {
        var brand = scope switch
        {
            FreezeScope.OfBrand of => of.Brand,
            FreezeScope.OfAccount of => await transaction.Connection!.ExecuteScalarAsync<Guid?>(new CommandDefinition(
                NetworkOfSql, new { account = of.Account }, transaction, cancellationToken: cancel)) is { } id ? new BrandId(id) : null,
            _ => (BrandId?)null,
        };
        return (Level?)await transaction.Connection!.ExecuteScalarAsync<int?>(new CommandDefinition(StandingSql, new { brand }, transaction, cancellationToken: cancel));
    }

    /// <summary>Whether the situation has frozen at that level or above already.</summary>
    public static Task<bool> StandsForAsync(NpgsqlTransaction transaction, SituationId situation, Level level, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            StandsForSql, new { situation, level = (int)level }, transaction, cancellationToken: cancel));

    public static Task TellAsync(NpgsqlTransaction transaction) => Changes.NotifyAsync(transaction, Topic);

    private static (BrandId? Brand, string? Network, AccountId? Account) Scope(FreezeScope scope) => scope switch
    {
        FreezeScope.OfBrand of => (of.Brand, null, null),
        FreezeScope.OfNetwork of => (null, of.Network, null),
        FreezeScope.OfAccount of => (null, null, of.Account),
        _ => (null, null, null),
    };
}
