using Dapper;
using Holdfast.Core.Listening;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>A webhook source as a delivery meets it.</summary>
internal sealed record WebhookSource(SourceId Id, string Network, byte[] Secret, IReadOnlyList<Guid> Brands, bool Seen);

/// <summary>A source as its page shows it.</summary>
public sealed record SourceRow(
    SourceId Id, string Name, string Kind, string Network, TimeSpan? ExpectedWithin, DateTimeOffset CreatedAt, DateTimeOffset? LastPostAt,
    string? LastError, DateTimeOffset? LastErrorAt, long Accepted, long Duplicate, long Unmatched, long Rejected, long Parked, string? What, string? Server,
    IReadOnlyList<Guid> Brands);

/// <summary>Something that could not be read, as its page shows it.</summary>
internal sealed record ParkedRow(Guid Id, string Origin, long? Line, byte[] Raw, string Reason, DateTimeOffset At);

/// <summary>What arrived in one hour of our clock.</summary>
internal sealed record SourceHour(SourceId Source, DateTimeOffset Hour, long Arrived);

/// <summary>The statements about sources.</summary>
internal static class SourceSql
{
    private const string Webhook = """
        select s.id, s.network, s.secret, array(select brand_id from source_brand where source_id = s.id) as brands,
               exists (select 1 from webhook_delivery d where d.source_id = s.id and d.delivery_id = @delivery) as seen
        from source s where s.id = @id and s.kind = 'Webhook' and s.retired_at is null
        """;

    private const string All = """
        select s.id, s.name, s.kind, s.network, s.expected_within as "expectedWithin", s.created_at as "createdAt",
               s.last_post_at as "lastPostAt", s.last_error as "lastError", s.last_error_at as "lastErrorAt", s.accepted, s.duplicate,
               s.unmatched, s.rejected, (select count(*) from parked p where p.source_id = s.id) as parked, n.kind as what, n.server,
               array(select brand_id from source_brand b where b.source_id = s.id) as brands
        from source s left join network_source n on n.source_id = s.id where s.retired_at is null order by lower(s.name)
        """;

    private const string Hours = """
        select source_id as source, hour, arrived from source_hour where hour >= @since and hour < @now order by source_id, hour
        """;

    private const string Parked = """
        select id, origin, line, substring(raw from 1 for @bytes) as raw, reason, at from parked
        where source_id = @source and (@before::uuid is null or id < @before) order by id desc limit @count
        """;

    private const string Add = """
        insert into source (id, name, kind, network, secret, expected_within, created_at)
        values (@id, @name, @kind, @network, @secret, @expectedWithin, @now) on conflict do nothing
        """;

    private const string AddBrands = """
        insert into source_brand (source_id, brand_id) select @source, id from brand where id = any(@brands)
        """;

    private const string Find = "select id from source where lower(name) = lower(@Name) and retired_at is null";

    private const string ReplaceSecret = "update source set secret = @secret where id = @id and kind = 'Webhook' and retired_at is null returning name";

    private const string RetireSource = "update source set retired_at = @now where id = @id and retired_at is null";

    // At most once a minute: anyone can send nonsense, and it must not cost us a write each.
    private const string Fail = """
        update source set last_error = @error, last_error_at = @now
        where id = @id and retired_at is null and (last_error_at is null or last_error_at < @now - interval '1 minute' or last_error <> @error)
        """;

    public static Task<WebhookSource?> WebhookAsync(NpgsqlConnection connection, SourceId id, string delivery) =>
        connection.QuerySingleOrDefaultAsync<WebhookSource?>(Webhook, new { id, delivery });

    public static async Task<IReadOnlyList<SourceRow>> AllAsync(NpgsqlConnection connection) =>
        [.. await connection.QueryAsync<SourceRow>(All)];

    public static async Task<ILookup<SourceId, SourceHour>> HoursAsync(NpgsqlConnection connection, DateTimeOffset since, DateTimeOffset now) =>
        (await connection.QueryAsync<SourceHour>(Hours, new { since, now })).ToLookup(h => h.Source);

    public static async Task<IReadOnlyList<ParkedRow>> ParkedAsync(NpgsqlConnection connection, SourceId source, Guid? before, int count, int bytes) =>
        [.. await connection.QueryAsync<ParkedRow>(Parked, new { source, before, count, bytes })];

    /// <summary>The source a file or a form hands in through; made when it is first needed.</summary>
    public static async Task<SourceId> FindOrAddAsync(NpgsqlTransaction transaction, NewSource source, DateTimeOffset now) =>
        await AddAsync(transaction, source, null, now)
            ? source.Id
            : await transaction.Connection!.QuerySingleAsync<SourceId>(Find, new { source.Name }, transaction);

    /// <summary>False where the name is taken.</summary>
    public static async Task<bool> AddAsync(NpgsqlTransaction transaction, NewSource source, byte[]? secret, DateTimeOffset now)
    {
        var kind = source.Kind.ToString();
        var added = await transaction.Connection!.ExecuteAsync(
            Add, new { source.Id, source.Name, kind, source.Network, secret, source.ExpectedWithin, now }, transaction);
        if (added == 1)
        {
            await transaction.Connection!.ExecuteAsync(AddBrands, new { source = source.Id, brands = source.Brands }, transaction);
        }

        return added == 1;
    }

    public static Task<string?> ReplaceSecretAsync(NpgsqlTransaction transaction, SourceId id, byte[] secret) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<string?>(ReplaceSecret, new { id, secret }, transaction);

    public static Task RetireAsync(NpgsqlTransaction transaction, SourceId id, DateTimeOffset now) =>
        transaction.Connection!.ExecuteAsync(RetireSource, new { id, now }, transaction);

    public static Task<int> FailAsync(NpgsqlConnection connection, SourceId id, string error, DateTimeOffset now) =>
        connection.ExecuteAsync(Fail, new { id, error, now });
}
