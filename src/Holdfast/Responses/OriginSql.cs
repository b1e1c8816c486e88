using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>Where a situation began, and how its first post stands.</summary>
public sealed record Origin
{
    public PostId? Post { get; init; }

    /// <summary>Core: ReplyState; null where it is not in the queue.</summary>
    public string? ReplyState { get; init; }

    /// <summary>Core: PostState of our answer.</summary>
    public string? AnswerState { get; init; }

    public string? OverrideReason { get; init; }

    /// <summary>Our answer is there for all to see, or somebody answered there by another way.</summary>
    public bool IsAnswered => ReplyState == "Elsewhere" || (ReplyState == "Answered" && AnswerState == "Sent");

    /// <summary>A statement elsewhere has to wait.</summary>
    public bool StandsInTheWay => Post is not null && !IsAnswered && OverrideReason is null;
}

/// <summary>Reads and writes where situations began.</summary>
internal static class OriginSql
{
    private const string ReadSql = """
        with origin as (
          select coalesce(
            (select post_id from response_origin where situation_id = @situation),
            (select p.id from situation_signal known join signal g on g.id = known.signal_id
             cross join lateral unnest(g.posts) as post(id) join post p on p.id = post.id
             where known.situation_id = @situation order by p.at limit 1)) as post)
        select o.post, r.state as reply_state, a.state as answer_state, w.override_reason
        from origin o
        join situation s on s.id = @situation
        left join response_origin w on w.situation_id = @situation
        left join reply_item r on r.brand_id = s.brand_id and r.post_id = o.post
        left join scheduled_post a on a.id = r.answer_id
        """;

    // By the mentions of the brand: posts have no index by their address.
    private const string HeardSql = """
        select p.id from mention m join post p on p.id = m.post_id
        where m.brand_id = @brand and m.at > @since and @Address <> ''
          and (p.url = @Address or p.url = @Address || '/' or p.network_id = @Address
            or (p.network = 'bluesky' and p.network_id like 'at://%/app.bsky.feed.post/' || @key and (p.author_id = @Who or lower(p.handle) = lower(@Who))))
        order by m.at limit 1
        """;

    private const string FirstsSql = """
        select p.id, p.network, p.network_id, p.handle, p.author_name, p.author_id, p.text, p.url, p.at, p.language, p.received_at
        from mention m join post p on p.id = m.post_id
        where m.brand_id = @brand and m.at > @since and m.about and not m.spreads and m.voice <> 3 and p.deleted_at is null and (m.class = -1 or m.intent in (1, 2, 4, 5, 6))
        order by m.at desc limit @limit
        """;

    private const string SetSql = """
        insert into response_origin (situation_id, post_id) values (@situation, @post)
        on conflict (situation_id) do update set post_id = excluded.post_id
        """;

    private const string OverrideSql = """
        insert into response_origin (situation_id, override_reason, override_by, override_at) values (@situation, @reason, @by, @now)
        on conflict (situation_id) do update set override_reason = excluded.override_reason, override_by = excluded.override_by, override_at = excluded.override_at
        """;

    public static Task<Origin> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, SituationId situation, CancellationToken cancel) =>
        connection.QuerySingleAsync<Origin>(new CommandDefinition(ReadSql, new { situation }, transaction, cancellationToken: cancel));

    /// <summary>A mention of the brand with this address; null where none was heard since.</summary>
    public static Task<PostId?> HeardAsync(NpgsqlTransaction transaction, BrandId brand, PostLink link, DateTimeOffset since, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<PostId?>(new CommandDefinition(
            HeardSql, new { brand, link.Address, link.Who, key = link.Key?.Replace("%", "", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal), since }, transaction, cancellationToken: cancel));

    /// <summary>What the situation may have begun with: the newest complaints and questions.</summary>
    public static async Task<IReadOnlyList<AnsweredPost>> FirstsAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset since, int limit, CancellationToken cancel) =>
        (await connection.QueryAsync<AnsweredPost>(new CommandDefinition(FirstsSql, new { brand, since, limit }, cancellationToken: cancel))).AsList();

    public static Task SetAsync(NpgsqlTransaction transaction, SituationId situation, PostId post, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(SetSql, new { situation, post }, transaction, cancellationToken: cancel));

    public static Task OverrideAsync(NpgsqlTransaction transaction, SituationId situation, string reason, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(OverrideSql, new { situation, reason, by, now }, transaction, cancellationToken: cancel));
}
