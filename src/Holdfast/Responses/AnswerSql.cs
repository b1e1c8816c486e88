using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>What the pages of answering show.</summary>
internal static class AnswerSql
{
    private const string AccountsSql = """
        select id, brand_id as brand, network, server, network_id, handle, state, limits::text as limits from account
        where brand_id = @brand and state <> 'Disconnected' order by network, handle
        """;

    private const string IsMentionSql = "select exists (select 1 from mention where brand_id = @brand and post_id = @post)";

    // The gravest first, then the widest heard, then the longest waiting.
    private const string QueueSql = """
        select r.brand_id as brand, b.name as brand_name, b.time_zone as zone, r.post_id as post, r.situation_id as situation, r.level, r.heard_at, r.duty, r.clock_at, r.state,
          r.snoozed_until, r.assigned_to, w.name as assigned_name, r.taken_by, t.name as taken_name, r.taken_until, r.note, r.ended_at, e.name as ended_name,
          p.network, p.network_id, p.handle, p.author_name, p.text, p.url, p.at, p.deleted_at, coalesce(m.reach, 0) as reach, coalesce(m.voice, 0::smallint) as voice, m.language,
          r.answer_id as answer, r.stuck_because as stuck, a.state as answer_state, a.text as answer_text, a.held_because as answer_held
        from reply_item r
        join brand b on b.id = r.brand_id
        join post p on p.id = r.post_id
        left join mention m on m.brand_id = r.brand_id and m.post_id = r.post_id
        left join person w on w.id = r.assigned_to
        left join person t on t.id = r.taken_by
        left join person e on e.id = r.ended_by
        left join scheduled_post a on a.id = r.answer_id
        """;

    private const string OpenSql = QueueSql + """

        where r.state = 'Open' and (r.snoozed_until is null or r.snoozed_until <= @now) and (@mine::uuid is null or r.assigned_to = @mine or r.taken_by = @mine)
        order by r.level desc, coalesce(m.reach, 0) desc, r.heard_at limit @limit
        """;

    private const string EndedSql = QueueSql + " where r.state <> 'Open' order by r.ended_at desc limit @limit";

    private const string OneSql = QueueSql + " where r.brand_id = @brand and r.post_id = @post";

    private const string CountsSql = """
        select count(*) filter (where snoozed_until is null or snoozed_until <= @now) as waiting,
          count(*) filter (where duty not in ('Support', 'Social') or (level < 3 and duty <> 'Support')) as overdue,
          min(heard_at) filter (where snoozed_until is null or snoozed_until <= @now) as oldest,
          (select count(*) from reply_item where stuck_because is not null) + (select count(*) from statement where stuck_because is not null and state <> 'Withdrawn') as stuck
        from reply_item where state = 'Open'
        """;

    private const string StatementsSql = """
        select s.id, s.brand_id as brand, b.name as brand_name, b.time_zone as zone, s.situation_id as situation, x.title as situation_title, s.kind, s.cause, s.level, s.state,
          s.changed_at, s.stuck_because as stuck, s.versions -> 0 ->> 'text' as text
        from statement s join brand b on b.id = s.brand_id left join situation x on x.id = s.situation_id
        where s.state <> 'Withdrawn' and (@situation::uuid is null or s.situation_id = @situation) and (@brand::uuid is null or s.brand_id = @brand)
          and (s.state <> 'Published' or s.changed_at > @since)
        order by s.situation_id is null, s.changed_at desc limit 50
        """;

    private const string PostsOfSql = """
        select p.id, p.state, p.held_because as held, p.network, a.handle, p.network_ref ->> 'url' as url, p.outcome
        from scheduled_post p join account a on a.id = p.account_id where p.statement_id = @statement order by p.network, a.handle
        """;

    private const string PeopleSql = "select id, name from person where left_at is null and permission <> 'Read' order by name";

    public static async Task<IReadOnlyList<AnswerAccount>> AccountsAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<AnswerAccountRow>(Command(AccountsSql, new { brand }, transaction, cancel))).Select(row => row.Read())];

    public static Task<bool> IsMentionAsync(NpgsqlTransaction transaction, BrandId brand, PostId post, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(Command(IsMentionSql, new { brand, post }, transaction, cancel));

    public static async Task<IReadOnlyList<QueueRow>> OpenAsync(NpgsqlConnection connection, PersonId? mine, int limit, DateTimeOffset now, CancellationToken cancel) =>
        (await connection.QueryAsync<QueueRow>(Command(OpenSql, new { mine, limit, now }, null, cancel))).AsList();

    public static async Task<IReadOnlyList<QueueRow>> EndedAsync(NpgsqlConnection connection, int limit, CancellationToken cancel) =>
        (await connection.QueryAsync<QueueRow>(Command(EndedSql, new { limit }, null, cancel))).AsList();

    public static Task<QueueRow?> OneAsync(NpgsqlConnection connection, BrandId brand, PostId post, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<QueueRow?>(Command(OneSql, new { brand, post }, null, cancel));

    public static Task<QueueCounts> CountsAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel) =>
        connection.QuerySingleAsync<QueueCounts>(Command(CountsSql, new { now }, null, cancel));

    public static async Task<IReadOnlyList<StatementRow>> StatementsAsync(
        NpgsqlConnection connection, BrandId? brand, SituationId? situation, DateTimeOffset since, CancellationToken cancel) =>
        (await connection.QueryAsync<StatementRow>(Command(StatementsSql, new { brand, situation, since }, null, cancel))).AsList();

    public static async Task<IReadOnlyList<StatementPostRow>> PostsOfAsync(NpgsqlConnection connection, StatementId statement, CancellationToken cancel) =>
        (await connection.QueryAsync<StatementPostRow>(Command(PostsOfSql, new { statement }, null, cancel))).AsList();

    public static async Task<IReadOnlyList<NamedPerson>> PeopleAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<NamedPerson>(Command(PeopleSql, new { }, null, cancel))).AsList();

    private static CommandDefinition Command(string sql, object parameters, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, cancellationToken: cancel);
}
