using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>A wish that a public post be gone.</summary>
public sealed record Deletion
{
    public Guid Id { get; init; }

    public BrandId Brand { get; init; }

    public string BrandName { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public SituationId? Situation { get; init; }

    public string Snapshot { get; init; } = "";

    public string Reason { get; init; } = "";

    public PersonId AskedBy { get; init; }

    public string? AskedName { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public string? DecidedName { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public bool? Agreed { get; init; }

    public string? DecisionReason { get; init; }

    /// <summary>Its author; null where it is not ours.</summary>
    public AccountId? Account { get; init; }

    public string? Target { get; init; }

    /// <summary>The row that carries it out.</summary>
    public ScheduledPostId? Act { get; init; }

    /// <summary>Core: PostState of it.</summary>
    public string? State { get; init; }

    /// <summary>Core: HeldBecause.</summary>
    public string? Held { get; init; }

    public string? Outcome { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public AnsweredPost Post => Json.Read<AnsweredPost>(Snapshot);
}

/// <summary>Whose it is, and what the network calls it.</summary>
internal sealed record OwnPost
{
    public AccountId Account { get; init; }

    public BrandId Brand { get; init; }

    public SituationId? Situation { get; init; }

    public string Reference { get; init; } = "";

    public string Network { get; init; } = "";

    public string Handle { get; init; } = "";

    public string Text { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public AnsweredPost Snapshot()
    {
        var there = Json.Read<PostReference>(Reference);
        return new AnsweredPost { Network = Network, NetworkId = there.Id, Handle = Handle, Text = Text, Url = there.Url, At = At };
    }
}

/// <summary>The rows of wishes to delete; nothing of them is ever taken away.</summary>
internal static class DeletionSql
{
    private const string Columns = """
        select d.id, d.brand_id as brand, b.name as brand_name, b.time_zone as zone, d.situation_id as situation, d.snapshot::text as snapshot, d.reason, d.asked_by,
          a.name as asked_name, d.asked_at, w.name as decided_name, d.decided_at, d.agreed, d.decision_reason, d.account_id as account, d.target::text as target,
          d.act_id as act, s.state, s.held_because as held, s.outcome, d.ended_at
        from deletion d join brand b on b.id = d.brand_id left join person a on a.id = d.asked_by left join person w on w.id = d.decided_by
          left join scheduled_post s on s.id = d.act_id
        """;

    private const string AllSql = Columns + " order by d.decided_at is not null, d.asked_at desc limit 100";
    private const string SituationSql = "select situation_id from deletion where id = @id";
    private const string LockSql = Columns + " where d.id = @id for update of d";

    private const string LockEndedSql = Columns + """
         where d.act_id is not null and d.ended_at is null and s.state in ('Sent', 'Rejected', 'Dropped') limit 1 for update of d skip locked
        """;

    // Of a post that was only heard, Mastodon's number means something on the server that it was heard on: there it is ours only where we sent it.
    private const string HeardSql = """
        select a.id as account, a.brand_id as brand, p.network, a.handle, p.text, p.at, coalesce(s.network_ref, jsonb_build_object('id', p.network_id, 'url', p.url))::text as reference
        from post p
        join account a on a.brand_id = @brand and a.network = p.network and a.state <> 'Disconnected'
        left join scheduled_post s on s.account_id = a.id and s.state = 'Sent' and s.purpose <> 'Deletion'
          and (s.network_ref ->> 'url' = p.url or (p.network = 'bluesky' and s.network_ref ->> 'id' = p.network_id))
        where p.id = @post and (s.id is not null or (p.network = 'bluesky' and p.author_id = a.network_id))
        limit 1
        """;

    private const string SentSql = """
        select p.account_id as account, p.brand_id as brand, p.situation_id as situation, p.network_ref::text as reference, p.network, a.handle, p.text, p.sent_at as at
        from scheduled_post p join account a on a.id = p.account_id and a.state <> 'Disconnected'
        where p.id = @post and p.state = 'Sent' and p.purpose <> 'Deletion' and p.network_ref is not null
        """;

    private const string OpenSql = """
        select exists (select 1 from deletion where (post_id = @post or scheduled_post_id = @sent) and ended_at is null and agreed is distinct from false)
        """;

    private const string InsertSql = """
        insert into deletion (id, brand_id, situation_id, post_id, scheduled_post_id, snapshot, reason, asked_by, asked_at, account_id, target)
        values (@id, @Brand, @Situation, @post, @sent, @snapshot::jsonb, @reason, @by, @now, @account, @target::jsonb)
        """;

    private const string DecideSql = """
        update deletion set decided_by = @by, decided_at = @now, agreed = @agreed, decision_reason = @reason, act_id = @act where id = @id
        """;

    private const string EndSql = "update deletion set ended_at = @at where id = @id";

    public static async Task<IReadOnlyList<Deletion>> AllAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<Deletion>(new CommandDefinition(AllSql, cancellationToken: cancel))).AsList();

    public static Task<Deletion?> LockAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancel) => OneAsync<Deletion>(transaction, LockSql, new { id }, cancel);

    public static Task<SituationId?> SituationAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<SituationId?>(new CommandDefinition(SituationSql, new { id }, transaction, cancellationToken: cancel));

    /// <summary>One of which the network has said what became of it, and nobody has been told.</summary>
    public static Task<Deletion?> LockEndedAsync(NpgsqlTransaction transaction, CancellationToken cancel) => OneAsync<Deletion>(transaction, LockEndedSql, new { }, cancel);

    /// <summary>Null where the heard post is not ours.</summary>
    public static Task<OwnPost?> HeardAsync(NpgsqlTransaction transaction, BrandId brand, PostId post, CancellationToken cancel) =>
        OneAsync<OwnPost>(transaction, HeardSql, new { brand, post }, cancel);

    /// <summary>A post that Holdfast sent; null where there is none.</summary>
    public static Task<OwnPost?> SentAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, ScheduledPostId post, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<OwnPost?>(new CommandDefinition(SentSql, new { post }, transaction, cancellationToken: cancel));

    public static Task<bool> IsOpenAsync(NpgsqlTransaction transaction, PostId? post, ScheduledPostId? sent, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(OpenSql, new { post, sent }, transaction, cancellationToken: cancel));

    public static Task InsertAsync(
        NpgsqlTransaction transaction, Guid id, BrandId brand, SituationId? situation, PostId? post, ScheduledPostId? sent, AnsweredPost snapshot, OwnPost? own, string reason,
        PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            InsertSql,
            new { id, brand, situation, post, sent, snapshot = Json.Write(snapshot), account = own?.Account, target = own?.Reference, reason, by, now },
            transaction, cancellationToken: cancel));

    public static Task DecideAsync(
        NpgsqlTransaction transaction, Guid id, bool agreed, string? reason, ScheduledPostId? act, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(DecideSql, new { id, agreed, reason, act, by, now }, transaction, cancellationToken: cancel));

    public static Task EndAsync(NpgsqlTransaction transaction, Guid id, DateTimeOffset? at, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(EndSql, new { id, at }, transaction, cancellationToken: cancel));

    private static Task<T?> OneAsync<T>(NpgsqlTransaction transaction, string sql, object parameters, CancellationToken cancel)
        where T : class =>
        transaction.Connection!.QuerySingleOrDefaultAsync<T?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancel));
}
