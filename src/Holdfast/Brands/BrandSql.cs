using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;

namespace Holdfast.Brands;

/// <summary>The brands that are listened for.</summary>
internal static class BrandSql
{
    private const string Columns = "id, name, handles, languages, time_zone, quiet_from, quiet_to";
    private const string All = $"select {Columns} from brand where retired_at is null order by lower(name)";
    private const string ById = $"select {Columns} from brand where id = @id";
    private const string ByName = $"select {Columns} from brand where lower(name) = lower(@name) and retired_at is null";

    private const string Insert = """
        insert into brand (id, name, handles, languages, time_zone, quiet_from, quiet_to, created_at)
        values (@Id, @Name, @Handles, @Languages, @TimeZone, @From, @To, @now) on conflict do nothing
        """;

    private const string Update = """
        update brand set name = @Name, handles = @Handles, languages = @Languages, time_zone = @TimeZone, quiet_from = @From, quiet_to = @To
        where id = @Id and not exists (
          select 1 from brand other where lower(other.name) = lower(@Name) and other.id <> @Id and other.retired_at is null)
        """;

    private const string InsertFirstMonitor = """
        insert into monitor (id, brand_id, name, query, created_at) values (@monitor, @Id, @Name, @query, @now)
        """;

    private const string Retire = "update brand set retired_at = @now where id = @id and retired_at is null";

    public static async Task<IReadOnlyList<Brand>> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<Row>(new CommandDefinition(All, cancellationToken: cancellationToken))).Select(row => row.ToBrand())];

    public static async Task<Brand?> FindAsync(DbConnection connection, BrandId id, CancellationToken cancellationToken) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(ById, new { id }, cancellationToken: cancellationToken)))?.ToBrand();

    public static async Task<Brand?> FindByNameAsync(DbConnection connection, string name, CancellationToken cancellationToken) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(ByName, new { name }, cancellationToken: cancellationToken)))?.ToBrand();

    /// <summary>False where another brand in use has the name.</summary>
    public static async Task<bool> InsertAsync(DbTransaction transaction, Brand brand, DateTimeOffset now, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Insert, Values(brand, now), transaction, cancellationToken: cancellationToken)) == 1;

    /// <summary>False where another brand in use has the name.</summary>
    public static async Task<bool> UpdateAsync(DbTransaction transaction, Brand brand, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Update, Values(brand, default), transaction, cancellationToken: cancellationToken)) == 1;

    public static Task InsertFirstMonitorAsync(DbTransaction transaction, Guid monitor, Brand brand, string query, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            InsertFirstMonitor, new { monitor, brand.Id, brand.Name, query, now }, transaction, cancellationToken: cancellationToken));

    public static Task RetireAsync(DbTransaction transaction, BrandId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Retire, new { id, now }, transaction, cancellationToken: cancellationToken));

    private static object Values(Brand brand, DateTimeOffset now) => new
    {
        brand.Id,
        brand.Name,
        brand.Handles,
        brand.Languages,
        brand.TimeZone,
        brand.QuietHours?.From,
        brand.QuietHours?.To,
        now,
    };

    private sealed class Row
    {
        public BrandId Id { get; init; }
        public string Name { get; init; } = "";
        public IReadOnlyList<string> Handles { get; init; } = [];
        public IReadOnlyList<string> Languages { get; init; } = [];
        public string TimeZone { get; init; } = "";
        public TimeOnly? QuietFrom { get; init; }
        public TimeOnly? QuietTo { get; init; }

        public Brand ToBrand() =>
            new(Id, Name, Handles, Languages, TimeZone, QuietFrom is { } from && QuietTo is { } to ? new QuietHours(from, to) : null);
    }
}
