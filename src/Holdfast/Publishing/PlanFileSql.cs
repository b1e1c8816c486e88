using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>Which plans were taken in.</summary>
internal static class PlanFileSql
{
    private const string Before = "select max(taken_at) from plan_file where brand_id = @brand and sha256 = @hash";

    private const string Insert = """
        insert into plan_file (id, brand_id, sha256, name, posts, taken_at, taken_by) values (@id, @brand, @hash, @name, @posts, @now, @by)
        """;

    public static Task<DateTimeOffset?> BeforeAsync(NpgsqlConnection connection, BrandId brand, byte[] hash, CancellationToken cancel) =>
        connection.InstantAsync(new CommandDefinition(Before, new { brand, hash }, cancellationToken: cancel));

    public static Task InsertAsync(
        NpgsqlConnection connection, Guid id, BrandId brand, byte[] hash, string name, int posts, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(Insert, new { id, brand, hash, name, posts, now, by }, cancellationToken: cancel));
}
