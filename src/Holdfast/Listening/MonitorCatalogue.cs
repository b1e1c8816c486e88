using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>The monitors in force, all in one index, with the brand of each.</summary>
internal sealed class MonitorSnapshot(MonitorIndex index, IReadOnlyDictionary<MonitorId, Brand> brands)
{
    private readonly Dictionary<BrandId, (Brand Brand, MonitorId First)> _byBrand =
        brands.GroupBy(b => b.Value.Id).ToDictionary(g => g.Key, g => (g.First().Value, g.MinBy(m => m.Key.Value).Key));

    public static MonitorSnapshot None { get; } = new(MonitorIndex.Empty, new Dictionary<MonitorId, Brand>());

    public MonitorIndex Index { get; } = index;

    public IReadOnlyDictionary<MonitorId, Brand> Brands { get; } = brands;

    public Brand? Brand(BrandId id) => _byBrand.TryGetValue(id, out var found) ? found.Brand : null;

    public MonitorId? FirstOf(BrandId id) => _byBrand.TryGetValue(id, out var found) ? found.First : null;
}

/// <summary>Keeps the index in step with the monitors in the database.</summary>
internal sealed class MonitorCatalogue(Store store)
{
    private const string InForce = """
        select m.id, m.query, b.id as "brandId", b.name, b.handles, b.languages, b.time_zone as "timeZone"
        from monitor m join brand b on b.id = m.brand_id
        where m.retired_at is null and b.retired_at is null
        order by m.id
        """;

    public async ValueTask<MonitorSnapshot> CurrentAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var index = MonitorIndex.Empty;
        var brands = new Dictionary<MonitorId, Brand>();
        foreach (var row in await connection.QueryAsync<Row>(InForce))
        {
            if (MonitorQuery.Parse(row.Query).Succeeded(out var query))
            {
                index = index.With(row.Id, query);
                brands.Add(row.Id, new(row.BrandId, row.Name, row.Handles, row.Languages, row.TimeZone));
            }
        }

        return new(index, brands);
    }

    private sealed record Row(MonitorId Id, string Query, BrandId BrandId, string Name, IReadOnlyList<string> Handles, IReadOnlyList<string> Languages, string TimeZone);
}
