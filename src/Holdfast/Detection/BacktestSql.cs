using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>What a back-test asks about the history.</summary>
internal static class BacktestSql
{
    private const string History = """
        select min(at) as first_at, max(at) as last_at, count(*) as mentions from mention
        where brand_id = @brand and (@from::timestamptz is null or at >= @from) and (@to::timestamptz is null or at < @to)
        """;

    private const string Newest = "select max(at) from mention where brand_id = @brand";

    private const string ManyBack = "select at from mention where brand_id = @brand order by at desc offset @many limit 1";

    private const string BrandByName = "select id from brand where lower(name) = lower(@name) and retired_at is null";

    private const string BrandNames = "select name from brand where retired_at is null order by lower(name) limit 50";

    private const string MonitorNames = "select id, name from monitor where brand_id = @brand";

    public static async Task<HistoryExtent> HistoryAsync(
        NpgsqlConnection connection, BrandId brand, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var row = await connection.QuerySingleAsync<HistoryRow>(new CommandDefinition(
            History, new { brand, from = from?.UtcDateTime, to = to?.UtcDateTime }, cancellationToken: cancel));
        return new(row is { FirstAt: { } first, LastAt: { } last } ? MinuteSpan.Of(first, last) : null, row.Mentions);
    }

    public static Task<DateTimeOffset?> NewestAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<DateTimeOffset?>(new CommandDefinition(Newest, new { brand }, cancellationToken: cancel));

    /// <summary>When the mention was made that so many are newer than; null where there are not so many.</summary>
    public static Task<DateTimeOffset?> ManyBackAsync(NpgsqlConnection connection, BrandId brand, int many, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<DateTimeOffset?>(new CommandDefinition(ManyBack, new { brand, many }, cancellationToken: cancel));

    public static async Task<BrandId?> BrandAsync(NpgsqlConnection connection, string name, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(BrandByName, new { name }, cancellationToken: cancel)) is { } id
            ? new BrandId(id)
            : null;

    public static async Task<IReadOnlyList<string>> BrandNamesAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        [.. await connection.QueryAsync<string>(new CommandDefinition(BrandNames, cancellationToken: cancel))];

    public static async Task<IReadOnlyDictionary<MonitorId, string>> MonitorNamesAsync(
        NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        (await connection.QueryAsync<NameRow>(new CommandDefinition(MonitorNames, new { brand }, cancellationToken: cancel)))
            .ToDictionary(row => row.Id, row => row.Name);

    private sealed record HistoryRow
    {
        public DateTimeOffset? FirstAt { get; init; }

        public DateTimeOffset? LastAt { get; init; }

        public long Mentions { get; init; }
    }

    private sealed record NameRow
    {
        public MonitorId Id { get; init; }

        public string Name { get; init; } = "";
    }
}

/// <summary>What is stored of a brand; no span where there is nothing.</summary>
internal sealed record HistoryExtent(MinuteSpan? Span, long Mentions);
