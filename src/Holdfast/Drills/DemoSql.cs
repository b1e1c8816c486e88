using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Escalation;
using Holdfast.Core.Listening;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Drills;

/// <summary>The few statements the demo needs beside those of the features it plays in.</summary>
internal static class DemoSql
{
    private const string InsertSource = """
        insert into source (id, name, kind, network, created_at) values (@id, @name, 'Webhook', @network, @now)
        """;

    private const string Backlog = "select count(*) from detection_due";
    private const string Situations = "select id from situation where brand_id = @brand order by opened_at";

    private const string Unanswered = """
        select id from page where state = 'Running' and started_at < @before
          and exists (select 1 from attempt where page_id = page.id and state = 'Confirmed')
        """;

    // The gravest situation, the freeze that stands or stood last, the statement that came furthest, and the answer to the first post.
    private const string Standing = """
        select s.id as situation, s.level, s.proposed is not null as proposed, f.id as "freeze", f.lifted_at is not null as lifted, f.lift_asked_by,
          (select count(*) from scheduled_post p where p.freeze_id = f.id and p.state = 'Held') as waiting,
          o.post_id as origin, t.id as statement, t.state as statement_state,
          coalesce(o.override_reason is not null or r.state = 'Elsewhere' or (r.state = 'Answered' and a.state = 'Sent'), false) as answered
        from situation s
        left join lateral (select * from "freeze" order by lifted_at is not null, epoch desc limit 1) f on true
        left join lateral (select id, state from statement where situation_id = s.id and state <> 'Withdrawn' order by state = 'Published' desc, changed_at desc limit 1) t on true
        left join response_origin o on o.situation_id = s.id
        left join reply_item r on r.brand_id = s.brand_id and r.post_id = o.post_id
        left join scheduled_post a on a.id = r.answer_id
        where s.brand_id = @brand and (s.level >= 3 or s.proposed is not null) order by s.level desc, s.opened_at limit 1
        """;

    private const string InReview = "select id from statement where brand_id = @brand and state in ('InReview', 'Waiting') and changed_at < @before";
    private const string Prepared = "select id from statement where brand_id = @brand and situation_id is null and state = 'InReview' limit 1";
    private const string Heard = "select id from post where network = @network and network_id = @key";

    public static Task InsertSourceAsync(NpgsqlConnection connection, SourceId id, string name, string network, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(InsertSource, new { id, name, network, now }, cancellationToken: cancel));

    public static Task<long> BacklogAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(Backlog, cancellationToken: cancel));

    public static async Task<IReadOnlyList<SituationId>> SituationsAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        [.. await connection.QueryAsync<SituationId>(new CommandDefinition(Situations, new { brand }, cancellationToken: cancel))];

    public static async Task<IReadOnlyList<PageId>> UnansweredAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancel) =>
        [.. await connection.QueryAsync<PageId>(new CommandDefinition(Unanswered, new { before }, cancellationToken: cancel))];

    public static async Task<DemoStanding> StandingAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        await connection.QuerySingleOrDefaultAsync<DemoStanding>(new CommandDefinition(Standing, new { brand }, cancellationToken: cancel)) ?? new DemoStanding();

    public static async Task<IReadOnlyList<StatementId>> InReviewAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset before, CancellationToken cancel) =>
        [.. await connection.QueryAsync<StatementId>(new CommandDefinition(InReview, new { brand, before }, cancellationToken: cancel))];

    public static Task<StatementId?> PreparedAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        connection.QueryFirstOrDefaultAsync<StatementId?>(new CommandDefinition(Prepared, new { brand }, cancellationToken: cancel));

    public static Task<PostId?> HeardAsync(NpgsqlConnection connection, string network, string key, CancellationToken cancel) =>
        connection.QueryFirstOrDefaultAsync<PostId?>(new CommandDefinition(Heard, new { network, key }, cancellationToken: cancel));
}
