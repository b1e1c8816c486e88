using Dapper;
using Holdfast.Core.Brands;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>Counts for the room's chart. From mentions, not from the pulse: a post that two monitors heard is one post.</summary>
internal static class ChartSql
{
    private const string CountsSql = """
        select floor(extract(epoch from at) / @seconds)::bigint * @seconds as second, count(*)::int as negative
        from mention where brand_id = @brand and at >= @from and at <= @to and class = -1 and not spreads
        group by 1
        """;

    private const string HeardSql = "select exists (select from mention where brand_id = @brand and at < @at)";

    public static async Task<IReadOnlyDictionary<long, int>> CountsAsync(
        NpgsqlConnection connection, BrandId brand, DateTimeOffset from, DateTimeOffset to, TimeSpan step) =>
        (await connection.QueryAsync<(long Second, int Negative)>(CountsSql, new { brand, from, to, seconds = (long)step.TotalSeconds }))
            .ToDictionary(row => row.Second, row => row.Negative);

    public static Task<bool> HeardBeforeAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset at) =>
        connection.ExecuteScalarAsync<bool>(HeardSql, new { brand, at });
}
