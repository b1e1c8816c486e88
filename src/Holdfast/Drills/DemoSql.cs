using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Escalation;
using Holdfast.Core.Listening;
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

    private const string Unconfirmed = "select id from situation where brand_id = @brand and proposed is not null and changed_at < @before";

    private const string Grave = "select id from situation where brand_id = @brand and level >= 4 order by opened_at limit 1";

    public static Task InsertSourceAsync(NpgsqlConnection connection, SourceId id, string name, string network, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(InsertSource, new { id, name, network, now }, cancellationToken: cancel));

    public static Task<long> BacklogAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(Backlog, cancellationToken: cancel));

    public static async Task<IReadOnlyList<SituationId>> SituationsAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        [.. await connection.QueryAsync<SituationId>(new CommandDefinition(Situations, new { brand }, cancellationToken: cancel))];

    public static async Task<IReadOnlyList<PageId>> UnansweredAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancel) =>
        [.. await connection.QueryAsync<PageId>(new CommandDefinition(Unanswered, new { before }, cancellationToken: cancel))];

    public static async Task<IReadOnlyList<SituationId>> UnconfirmedAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset before, CancellationToken cancel) =>
        [.. await connection.QueryAsync<SituationId>(new CommandDefinition(Unconfirmed, new { brand, before }, cancellationToken: cancel))];

    public static Task<SituationId?> GraveAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        connection.QueryFirstOrDefaultAsync<SituationId?>(new CommandDefinition(Grave, new { brand }, cancellationToken: cancel));
}
