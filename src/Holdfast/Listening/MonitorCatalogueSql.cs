using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>The monitors in force with the brand of each.</summary>
internal static class MonitorCatalogueSql
{
    private const string InForce = """
        select m.id, m.query, b.id as "brandId", b.name, b.handles, b.languages, b.time_zone as "timeZone"
        from monitor m join brand b on b.id = m.brand_id
        where m.retired_at is null and b.retired_at is null
        order by m.id
        """;

    public static async Task<Dictionary<MonitorId, MonitorInForce>> ReadAsync(DbConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<MonitorInForce>(new(InForce, cancellationToken: cancel))).ToDictionary(row => row.Id);
}

internal sealed record MonitorInForce(
    MonitorId Id, string Query, BrandId BrandId, string Name, IReadOnlyList<string> Handles, IReadOnlyList<string> Languages, string TimeZone)
{
    public Brand Brand => new(BrandId, Name, Handles, Languages, TimeZone);

    public bool Says(MonitorInForce other) =>
        (Query, BrandId, Name, TimeZone) == (other.Query, other.BrandId, other.Name, other.TimeZone)
        && Handles.SequenceEqual(other.Handles) && Languages.SequenceEqual(other.Languages);
}
