using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Freezing;

/// <summary>An entry that is still to be written on a situation's timeline, with what it says.</summary>
internal sealed record UntoldRow
{
    public long Id { get; init; }

    public SituationId SituationId { get; init; }

    public Guid FreezeId { get; init; }

    public string Kind { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public string Who { get; init; } = "";

    public string Reason { get; init; } = "";

    public string ScopeKind { get; init; } = "";

    public string? Scope { get; init; }

    public long Held { get; init; }

    public long Settling { get; init; }

    /// <summary>The signed certificate, where the entry is of one.</summary>
    public string? Signed { get; init; }

    public string? Sha256 { get; init; }

    public int Open { get; init; }
}

/// <summary>A certificate that was kept.</summary>
internal sealed record KeptCertificate(Guid Id, string Sha256, int Open, DateTimeOffset MadeAt);

/// <summary>What freezes still have to write on timelines, and their certificates. The rows come from the freeze's own row, see 0011.</summary>
internal static class FreezeRecordSql
{
    // In the order of each situation; what another node is just writing keeps what follows it back.
    private const string TakeSql = """
        select e.id, e.situation_id, e.freeze_id, e.kind, e.at, e.who, e.reason, c.signed, c.sha256, coalesce(c.open, 0) as open,
          coalesce(b.name, f.scope_network, a.handle) as scope,
          case when f.scope_brand is not null then 'brand' when f.scope_network is not null then 'network' when f.scope_account is not null then 'account' else 'everything' end as scope_kind,
          (select count(*) from freeze_post x where x.freeze_id = f.id and x.found in ('Held', 'HeldBefore')) as held,
          (select count(*) from freeze_post x where x.freeze_id = f.id and x.found in ('InFlight', 'Unknown')) as settling
        from freeze_entry e
        join "freeze" f on f.id = e.freeze_id
        left join brand b on b.id = f.scope_brand
        left join account a on a.id = f.scope_account
        left join freeze_certificate c on c.id = e.certificate_id
        where not e.told and not exists (select from freeze_entry before where before.situation_id = e.situation_id and before.id < e.id and not before.told)
        order by e.id limit 1 for update of e skip locked
        """;

    private const string ToldSql = "update freeze_entry set told = true where id = @id";

    private const string ToCertifySql = """
        select f.id from "freeze" f
        where not exists (select from freeze_certificate c where c.freeze_id = f.id and c.open = 0)
          and ((f.placed_at < @overdue and not exists (select from freeze_certificate c where c.freeze_id = f.id))
            or not exists (select from freeze_post x join scheduled_post p on p.id = x.post_id
              where x.freeze_id = f.id and x.found in ('InFlight', 'Unknown') and p.state in ('Sending', 'Unknown')))
        order by f.epoch
        """;

    private const string KeepSql = """
        with kept as (
          insert into freeze_certificate (id, freeze_id, sha256, open, signed, made_at) values (@id, @freeze, @sha256, @open, @signed, @now)
          on conflict do nothing returning id)
        insert into freeze_entry (freeze_id, situation_id, kind, at, who, reason, certificate_id)
        select @freeze, e.situation_id, 'Certified', @now, @who, '', kept.id
        from kept, freeze_entry e where e.freeze_id = @freeze and e.kind = 'Placed' order by e.situation_id
        """;

    private const string KeptSql = """select id, sha256, open, made_at as "madeAt" from freeze_certificate where freeze_id = @freeze order by made_at""";

    private const string SignedSql = "select signed from freeze_certificate where freeze_id = @freeze and id = @id";

    public static Task<UntoldRow?> TakeAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<UntoldRow?>(new CommandDefinition(TakeSql, transaction: transaction, cancellationToken: cancel));

    public static Task ToldAsync(NpgsqlTransaction transaction, long id, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(ToldSql, new { id }, transaction, cancellationToken: cancel));

    /// <summary>Freezes without a complete certificate of which no post is open, and those placed before <paramref name="overdue"/> that have none at all.</summary>
    public static async Task<IReadOnlyList<FreezeId>> ToCertifyAsync(NpgsqlConnection connection, DateTimeOffset overdue, CancellationToken cancel) =>
        (await connection.QueryAsync<FreezeId>(new CommandDefinition(ToCertifySql, new { overdue }, cancellationToken: cancel))).AsList();

    /// <summary>Keeps a certificate once, whoever else has just made it, and has it told where the freeze was told of.</summary>
    public static Task KeepAsync(
        NpgsqlConnection connection, Guid id, FreezeId freeze, string sha256, int open, string signed, Actor who, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(KeepSql, new { id, freeze, sha256, open, signed, who = who.Text, now }, cancellationToken: cancel));

    public static async Task<IReadOnlyList<KeptCertificate>> KeptAsync(NpgsqlConnection connection, FreezeId freeze, CancellationToken cancel) =>
        [.. await connection.QueryAsync<KeptCertificate>(new CommandDefinition(KeptSql, new { freeze }, cancellationToken: cancel))];

    public static Task<string?> SignedAsync(NpgsqlConnection connection, FreezeId freeze, Guid id, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<string?>(new CommandDefinition(SignedSql, new { freeze, id }, cancellationToken: cancel));
}
