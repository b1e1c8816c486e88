using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>The gate as seen by who passes it: nothing of this changes until the transaction ends.</summary>
/// <param name="Epoch">How many freezes there have been.</param>
/// <param name="InForce">The freezes that have not been lifted.</param>
/// <param name="Clock">What the database's clock said.</param>
internal sealed record Gate(long Epoch, IReadOnlyList<Freeze> InForce, DateTimeOffset Clock)
{
    /// <summary>Whether something of the brand may be held: a freeze of it, of everything, or of some network or account.</summary>
    public bool MayHold(BrandId brand) => InForce.Any(freeze => freeze.Scope is not FreezeScope.OfBrand of || of.Brand == brand);
}

/// <summary>
/// The lock between leaving and freezing. An advisory lock and not a row's: PostgreSQL keeps its queue in order, so that a freeze
/// is next as soon as it asks, however many keep leaving. Always taken before any row but a situation's, and freed after the commit can be seen.
/// </summary>
internal static class GateSql
{
    private const long Key = 0x686F_6C64_6761_7465;

    private const string ShareSql = "select pg_advisory_xact_lock_shared(@Key)";
    private const string CloseSql = "select pg_advisory_xact_lock(@Key)";

    // A statement of its own: it must see what was committed while the lock was waited for.
    private const string InForceSql = """
        select (select epoch from freeze_gate) as gate_epoch, clock_timestamp() as gate_clock,
          id, epoch, scope_brand, scope_network, scope_account, reason, level, situation_id, placed_by, placed_at, lift_asked_by, lift_reason, lifted_by, lifted_at
        from (select 1) as one left join "freeze" on lifted_at is null
        order by epoch
        """;

    /// <summary>Keeps freezes out until the transaction ends, and says which are in force.</summary>
    public static async Task<Gate> PassAsync(NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(ShareSql, new { Key }, transaction, cancellationToken: cancel));
        return await ReadAsync(transaction.Connection!, transaction, cancel);
    }

    /// <summary>
    /// Passes to write on a situation's timeline as well. That is locked first: a freeze by level closes the gate with its situation
    /// locked, and must never wait for somebody who waits for it.
    /// </summary>
    public static async Task<Gate> PassAsync(NpgsqlTransaction transaction, SituationId? about, CancellationToken cancel)
    {
        if (about is { } situation)
        {
            await TimelineSql.HoldAsync(transaction, situation, cancel);
        }

        return await PassAsync(transaction, cancel);
    }

    /// <summary>Waits for everyone who is passing, and keeps all others out until the transaction ends.</summary>
    public static Task CloseAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(CloseSql, new { Key }, transaction, cancellationToken: cancel));

    /// <summary>For showing; nothing may be sent on this.</summary>
    public static async Task<Gate> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<FreezeRow>(new CommandDefinition(InForceSql, transaction: transaction, cancellationToken: cancel))).AsList();
        return new Gate(rows[0].GateEpoch, [.. rows.Where(row => row.Id is not null).Select(row => row.Freeze())], rows[0].GateClock);
    }
}

/// <summary>A freeze as it is stored.</summary>
internal sealed record FreezeRow
{
    public long GateEpoch { get; init; }

    public DateTimeOffset GateClock { get; init; }

    public Guid? Id { get; init; }

    public long Epoch { get; init; }

    public Guid? ScopeBrand { get; init; }

    public string? ScopeNetwork { get; init; }

    public Guid? ScopeAccount { get; init; }

    public string? Reason { get; init; }

    public short? Level { get; init; }

    public Guid? SituationId { get; init; }

    public string? PlacedBy { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public string? LiftAskedBy { get; init; }

    public string? LiftReason { get; init; }

    public string? LiftedBy { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    public Freeze Freeze() => new(
        new FreezeId(Id!.Value),
        Scope,
        Epoch,
        Reason!,
        (Level?)Level,
        SituationId is { } situation ? new SituationId(situation) : null,
        Actor.Parse(PlacedBy!),
        PlacedAt)
    {
        LiftAskedBy = LiftAskedBy is { } asked ? Actor.Parse(asked) : null,
        LiftReason = LiftReason,
        LiftedBy = LiftedBy is { } lifted ? Actor.Parse(lifted) : null,
        LiftedAt = LiftedAt,
    };

    private FreezeScope Scope =>
        ScopeAccount is { } account ? new FreezeScope.OfAccount(new AccountId(account))
        : ScopeBrand is { } brand ? new FreezeScope.OfBrand(new BrandId(brand))
        : ScopeNetwork is { } network ? new FreezeScope.OfNetwork(network)
        : new FreezeScope.Everything();
}
