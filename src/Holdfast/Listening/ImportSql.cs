using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>The statements an import needs besides those of intake.</summary>
internal static class ImportSql
{
    private const string FindBrand = "select id from brand where lower(name) = lower(@name) and retired_at is null";

    private const string AddBrand = "insert into brand (id, name, handles, created_at) values (@id, @name, @handles, @now)";

    private const string AddMonitor = "insert into monitor (id, brand_id, name, query, created_at) values (@id, @brand, @name, @query, @now)";

    private const string FindSource = "select id from source where lower(name) = lower(@name) and retired_at is null";

    private const string AddSource = "insert into source (id, name, kind, network, created_at) values (@id, @name, 'File', @network, @now)";

    private const string AddSourceBrand = "insert into source_brand (source_id, brand_id) values (@source, @brand)";

    // Two imports at once must not both create the brand.
    private const string Alone = "select pg_advisory_xact_lock(hashtextextended('import', 0))";

    public static Task AloneAsync(NpgsqlTransaction transaction) => transaction.Connection!.ExecuteAsync(Alone, null, transaction);

    public static Task<BrandId?> FindBrandAsync(NpgsqlTransaction transaction, string name) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<BrandId?>(FindBrand, new { name }, transaction);

    public static async Task AddBrandAsync(
        NpgsqlTransaction transaction, BrandId id, string name, string[] handles, MonitorId monitor, string query, DateTimeOffset now)
    {
        await transaction.Connection!.ExecuteAsync(AddBrand, new { id, name, handles, now }, transaction);
        await transaction.Connection!.ExecuteAsync(AddMonitor, new { id = monitor, brand = id, name, query, now }, transaction);
    }

    public static Task<SourceId?> FindSourceAsync(NpgsqlTransaction transaction, string name) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<SourceId?>(FindSource, new { name }, transaction);

    public static async Task AddSourceAsync(NpgsqlTransaction transaction, SourceId id, string name, string network, BrandId brand, DateTimeOffset now)
    {
        await transaction.Connection!.ExecuteAsync(AddSource, new { id, name, network, now }, transaction);
        await transaction.Connection!.ExecuteAsync(AddSourceBrand, new { source = id, brand }, transaction);
    }
}
