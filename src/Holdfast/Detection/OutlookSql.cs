using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>What was counted lately, for many brands at once.</summary>
internal static class OutlookSql
{
    private const string LastHour = """
        select m.brand_id, p.monitor_id, p.minute, p.negative
        from monitor m join pulse p on p.monitor_id = m.id
        where m.brand_id = any(@brands) and m.retired_at is null and p.minute > @now - interval '61 minutes' and p.minute <= @now and p.negative > 0
        """;

    public static async Task<IEnumerable<(BrandId Brand, Pulse Pulse)>> LastHourAsync(
        NpgsqlConnection connection, IReadOnlyList<BrandId> brands, DateTimeOffset now, CancellationToken cancel) =>
        (await connection.QueryAsync<Row>(new CommandDefinition(
            LastHour, new { brands = brands.Select(brand => brand.Value).ToArray(), now }, cancellationToken: cancel)))
        .GroupBy(row => (row.BrandId, row.MonitorId))
        .Select(rows => (
            new BrandId(rows.Key.BrandId),
            new Pulse(new(rows.Key.MonitorId), [.. rows.Select(row => new PulseMinute(row.Minute, row.Negative, row.Negative, 0, [], []))])));

    private sealed record Row
    {
        public Guid BrandId { get; init; }

        public Guid MonitorId { get; init; }

        public DateTimeOffset Minute { get; init; }

        public int Negative { get; init; }
    }
}
