using Dapper;
using Holdfast.Core.Publishing;
using Npgsql;

namespace Holdfast.Freezing;

/// <summary>Freezes as they are shown; nothing is decided on this.</summary>
internal static class FreezeViewSql
{
    private const int Most = 2_000;

    private const string Names = """
        f.id, f.reason, f.level, f.placed_at, f.lifted_at, f.lift_reason, f.lift_asked_by, f.situation_id,
          coalesce(p.name, f.placed_by) as placed_by, coalesce(l.name, f.lifted_by) as lifted_by, coalesce(q.name, f.lift_asked_by) as asked_by,
          coalesce(b.name, f.scope_network, a.handle) as scope,
          case when f.scope_brand is not null then 'brand' when f.scope_network is not null then 'network' when f.scope_account is not null then 'account' else 'everything' end as scope_kind
        """;

    private const string Settling =
        "(select count(*) from freeze_post x join scheduled_post s on s.id = x.post_id where x.freeze_id = f.id and x.found = 'InFlight' and s.state = 'Sending') as settling";

    private const string From = """
        from "freeze" f
        left join person p on p.id::text = f.placed_by
        left join person l on l.id::text = f.lifted_by
        left join person q on q.id::text = f.lift_asked_by
        left join brand b on b.id = f.scope_brand
        left join account a on a.id = f.scope_account
        """;

    private const string ListSql = $"""
        select {Names}, {Settling},
          (select count(*) from freeze_post x where x.freeze_id = f.id and x.found in ('Held', 'HeldBefore')) as held,
          (select count(*) from freeze_post x join scheduled_post s on s.id = x.post_id where x.freeze_id = f.id and x.found <> 'Held' and s.state = 'Unknown') as unknown,
          (select count(*) from scheduled_post s where s.freeze_id = f.id and s.state = 'Held') as waiting
        {From}
        """;

    /// <summary>On every page: thousands that are held are not counted for it.</summary>
    public const string StandingSql = $"select {Names}, {Settling} {From} where f.lifted_at is null order by f.epoch desc limit 20";
    private const string RecentSql = $"{ListSql} order by f.epoch desc limit 100";
    private const string OneSql = $"{ListSql} where f.id = @id";

    private const string PostsSql = """
        select p.id, p.set_id, a.handle as account, p.network, p.due_at, p.text, p.purpose = 'Deletion' as deletes, p.state, p.held_because, p.freeze_id, p.network_ref ->> 'url' as url, p.sent_at,
          coalesce(x.found, case when p.let_through_epoch is not null and p.first_departed_at > f.placed_at then 'LetThrough'
            when p.state = 'Held' then 'Later' else 'SentBefore' end) as found
        from "freeze" f
        join scheduled_post p on (f.scope_brand is null or p.brand_id = f.scope_brand) and (f.scope_network is null or p.network = f.scope_network)
          and (f.scope_account is null or p.account_id = f.scope_account)
        join account a on a.id = p.account_id
        left join freeze_post x on x.freeze_id = f.id and x.post_id = p.id
        where f.id = @id and (x.post_id is not null or (p.state = 'Held' and p.freeze_id = f.id)
          or (p.let_through_epoch >= f.epoch and p.first_departed_at > f.placed_at and p.first_departed_at < coalesce(f.lifted_at, 'infinity'))
          or (p.sent_at between f.placed_at - interval '1 hour' and f.placed_at))
        order by p.due_at, p.id limit @Most
        """;

    public static async Task<IReadOnlyList<FreezeLine>> StandingAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<FreezeLine>(new CommandDefinition(StandingSql, cancellationToken: cancel))).AsList();

    public static async Task<IReadOnlyList<FreezeLine>> RecentAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<FreezeLine>(new CommandDefinition(RecentSql, cancellationToken: cancel))).AsList();

    public static Task<FreezeLine?> OneAsync(NpgsqlConnection connection, FreezeId id, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<FreezeLine>(new CommandDefinition(OneSql, new { id }, cancellationToken: cancel));

    public static async Task<IReadOnlyList<FrozenPost>> PostsAsync(NpgsqlConnection connection, FreezeId id, CancellationToken cancel) =>
        (await connection.QueryAsync<FrozenPost>(new CommandDefinition(PostsSql, new { id, Most }, cancellationToken: cancel))).AsList();
}

/// <summary>One freeze in a list or at the head of its page.</summary>
public sealed record FreezeLine
{
    public FreezeId Id { get; init; }

    public string Reason { get; init; } = "";

    public short? Level { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    public string? LiftReason { get; init; }

    public string? LiftAskedBy { get; init; }

    public Guid? SituationId { get; init; }

    public string PlacedBy { get; init; } = "";

    public string? LiftedBy { get; init; }

    public string? AskedBy { get; init; }

    /// <summary>The name of the brand, network or account; null: everything.</summary>
    public string? Scope { get; init; }

    public string ScopeKind { get; init; } = "";

    public long Held { get; init; }

    public long Settling { get; init; }

    public long Unknown { get; init; }

    public long Waiting { get; init; }
}

/// <summary>A post that a freeze has to do with, as it is now.</summary>
public sealed record FrozenPost
{
    /// <summary>What it was written with: the page where it is changed.</summary>
    public Guid SetId { get; init; }

    public ScheduledPostId Id { get; init; }

    public string Account { get; init; } = "";

    public string Network { get; init; } = "";

    public DateTimeOffset? DueAt { get; init; }

    public string Text { get; init; } = "";

    /// <summary>It takes this text away from the network.</summary>
    public bool Deletes { get; init; }

    public string Where => Deletes ? "/deletions" : $"/posts/{SetId}";

    public string State { get; init; } = "";

    public string? HeldBecause { get; init; }

    public FreezeId? FreezeId { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Held, HeldBefore, InFlight, Unknown; or Later, LetThrough, SentBefore.</summary>
    public string Found { get; init; } = "";
}
