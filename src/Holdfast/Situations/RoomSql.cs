using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>The projections that the room shows.</summary>
internal static class RoomSql
{
    private const string BrandSql = """
        select s.brand_id as brand, b.name, b.time_zone as zone, s.cools_at as coolsat
        from situation s join brand b on b.id = s.brand_id
        where s.id = @situation
        """;

    private const string NamesSql = "select id, name, left_at is null and permission <> 'Read' as works from person order by name";

    private const string SignalsSql = """
        select g.id, g.kind, g.rule, g.level, known.in_force as inforce, g.started_at as startedat, g.last_at as lastat, g.raised_at as raisedat,
          g.figures, cardinality(g.posts) as posts, t.name as topic, t.id as topicid, m.name as monitor
        from situation_signal known join signal g on g.id = known.signal_id
        left join topic t on t.id = g.topic_id left join monitor m on m.id = g.monitor_id
        where known.situation_id = @situation
        order by known.in_force desc, g.last_at desc
        """;

    // The posts of the situation's topics where it has any, else what was said against the brand since it began.
    private const string SaidSql = """
        with about as (
          select distinct tp.post_id from situation_signal known join signal g on g.id = known.signal_id
          join topic_post tp on tp.topic_id = g.topic_id where known.situation_id = @situation)
        select m.post_id as post, m.at, m.network, m.reach, m.sentiment, m.class, m.voice, m.spreads, m.risk_words as riskwords,
          p.handle, p.author_name as name, p.verified, p.text, p.url, p.deleted_at as deletedat,
          exists (select from coordinated_post c where c.brand_id = m.brand_id and c.post_id = m.post_id) as coordinated
        from mention m join post p on p.id = m.post_id
        where m.brand_id = @brand and m.at >= @since
          and (m.post_id in (select post_id from about) or (m.class = -1 and not exists (select from about)))
        order by m.at desc, m.post_id limit @limit
        """;

    private const string NetworksSql = """
        with about as (
          select distinct tp.post_id from situation_signal known join signal g on g.id = known.signal_id
          join topic_post tp on tp.topic_id = g.topic_id where known.situation_id = @situation)
        select m.network, count(*) as mentions, count(*) filter (where m.class = -1) as negative, count(distinct m.author) as people, min(m.at) as first
        from mention m
        where m.brand_id = @brand and m.at >= @since
          and (m.post_id in (select post_id from about) or (m.class = -1 and not exists (select from about)))
        group by m.network order by 2 desc limit 8
        """;

    private const string PagesSql = """
        select p.id, p.state, p.level, p.step_due_at as stepdueat, p.started_at as startedat, p.owner, p.acknowledged_at as acknowledgedat, p.signals
        from page p where p.situation_id = @situation order by p.started_at desc limit 3
        """;

    private const string AttemptsSql = """
        select a.page_id as page, a.person_id as person, a.way, a.state, a.due_at as dueat, a.ended_at as endedat, a.outcome, a.possible_repeat as possiblerepeat
        from attempt a join page p on p.id = a.page_id
        where p.situation_id = @situation order by a.due_at desc, a.id desc limit 12
        """;

    private const string OthersSql = """
        select id, title, level from situation
        where brand_id = @brand and id <> @situation and state in ('Candidate', 'Open', 'Contained') order by level desc, opened_at desc limit 20
        """;

    private const string PlanSql = """
        select document from plan where brand_id = @brand and in_force_from <= @now order by in_force_from desc, version desc limit 1
        """;

    private const string OriginSql = """
        select p.at, p.network, p.handle, p.url, p.text from post p where p.id = coalesce(
          (select post_id from response_origin where situation_id = @situation),
          (select p.id from situation_signal known join signal g on g.id = known.signal_id
           cross join lateral unnest(g.posts) as post(id) join post p on p.id = post.id
           where known.situation_id = @situation order by p.at limit 1))
        """;

    public static Task<RoomBrand?> BrandAsync(NpgsqlConnection connection, SituationId situation) =>
        connection.QuerySingleOrDefaultAsync<RoomBrand>(BrandSql, new { situation });

    public static async Task<IReadOnlyList<RoomPerson>> PeopleAsync(NpgsqlConnection connection) =>
        [.. await connection.QueryAsync<RoomPerson>(NamesSql)];

    public static async Task<IReadOnlyList<RoomSignal>> SignalsAsync(NpgsqlConnection connection, SituationId situation) =>
        [.. await connection.QueryAsync<RoomSignal>(SignalsSql, new { situation })];

    public static async Task<IReadOnlyList<RoomMention>> SaidAsync(
        NpgsqlConnection connection, SituationId situation, BrandId brand, DateTimeOffset since, int limit) =>
        [.. await connection.QueryAsync<RoomMention>(SaidSql, new { situation, brand, since, limit })];

    public static async Task<IReadOnlyList<RoomNetwork>> NetworksAsync(
        NpgsqlConnection connection, SituationId situation, BrandId brand, DateTimeOffset since) =>
        [.. await connection.QueryAsync<RoomNetwork>(NetworksSql, new { situation, brand, since })];

    public static async Task<IReadOnlyList<RoomSummons>> PagesAsync(NpgsqlConnection connection, SituationId situation) =>
        [.. await connection.QueryAsync<RoomSummons>(PagesSql, new { situation })];

    public static async Task<IReadOnlyList<RoomAttempt>> AttemptsAsync(NpgsqlConnection connection, SituationId situation) =>
        [.. await connection.QueryAsync<RoomAttempt>(AttemptsSql, new { situation })];

    public static async Task<IReadOnlyList<RoomOther>> OthersAsync(NpgsqlConnection connection, SituationId situation, BrandId brand) =>
        [.. await connection.QueryAsync<RoomOther>(OthersSql, new { situation, brand })];

    public static async Task<CrisisPlan?> PlanAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset now) =>
        await connection.ExecuteScalarAsync<string?>(PlanSql, new { brand, now }) is { } document ? Json.Read<CrisisPlan>(document) : null;

    public static Task<RoomOrigin?> OriginAsync(NpgsqlConnection connection, SituationId situation) =>
        connection.QuerySingleOrDefaultAsync<RoomOrigin>(OriginSql, new { situation });
}
