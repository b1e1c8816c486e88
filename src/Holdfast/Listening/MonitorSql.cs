using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>A monitor in the list, with its mentions per hour up to <paramref name="Until"/>, oldest first.</summary>
internal sealed record MonitorRow(
    MonitorId Id, string Name, string Query, BrandId BrandId, string Brand, string Zone, DateTimeOffset Until, IReadOnlyList<int> Hours);

/// <summary>The monitors: who listens for what.</summary>
internal static class MonitorSql
{
    /// <summary>How far back the pulse of the list goes.</summary>
    public const int Hours = 48;

    // A monitor that heard nothing for a day shows its pulse as it last was: an import of old posts, or a long silence.
    private const string All = """
        select m.id, m.name, m.query, b.id as "brandId", b.name as brand, b.time_zone as zone, until.at as until,
               array(select coalesce(sum(p.mentions), 0)::int
                     from generate_series(1, @hours) as hour (n)
                     left join pulse p on p.monitor_id = m.id
                       and p.minute >= until.at - make_interval(hours => @hours - hour.n + 1)
                       and p.minute < until.at - make_interval(hours => @hours - hour.n)
                     group by hour.n order by hour.n) as hours
        from monitor m
        join brand b on b.id = m.brand_id
        cross join lateral (select max(minute) as minute from pulse where monitor_id = m.id) last
        cross join lateral (
          select case when last.minute < @now - interval '24 hours' then last.minute + interval '1 minute' else @now end as at) until
        where m.retired_at is null and b.retired_at is null and b.id = any(@brands)
        order by lower(b.name), b.id, lower(m.name), m.id
        """;

    private const string ById = """
        select m.id, m.name, m.query, m.brand_id as "brandId"
        from monitor m where m.id = @id and m.retired_at is null and m.brand_id = any(@brands)
        """;

    private const string Insert = """
        insert into monitor (id, brand_id, name, query, created_at) values (@id, @brand, @name, @query, @now)
        """;

    private const string Update = "update monitor set name = @name, query = @query where id = @id and retired_at is null";

    private const string Retire = "update monitor set retired_at = @now where id = @id and retired_at is null";

    // Serialises the naming of one brand's monitors.
    private const string LockBrand = "select id from brand where id = @brand for update";

    private const string NameTaken = """
        select exists (select 1 from monitor where brand_id = @brand and lower(name) = lower(@name) and retired_at is null and id <> @id)
        """;

    public static async Task<IReadOnlyList<MonitorRow>> AllAsync(
        DbConnection connection, BrandId[] brands, DateTimeOffset now, CancellationToken cancel) =>
        [.. await connection.QueryAsync<MonitorRow>(new(All, new { brands, now, hours = Hours }, cancellationToken: cancel))];

    public static Task<MonitorDraft?> FindAsync(DbConnection connection, MonitorId id, BrandId[] brands, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<MonitorDraft>(new(ById, new { id, brands }, cancellationToken: cancel));

    public static async Task<bool> IsNameTakenAsync(DbTransaction transaction, MonitorDraft monitor, CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(new(LockBrand, new { brand = monitor.BrandId }, transaction, cancellationToken: cancel));
        return await connection.ExecuteScalarAsync<bool>(
            new(NameTaken, new { monitor.Id, monitor.Name, brand = monitor.BrandId }, transaction, cancellationToken: cancel));
    }

    public static Task InsertAsync(DbTransaction transaction, MonitorDraft monitor, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new(
            Insert, new { monitor.Id, brand = monitor.BrandId, monitor.Name, monitor.Query, now }, transaction, cancellationToken: cancel));

    public static Task UpdateAsync(DbTransaction transaction, MonitorDraft monitor, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(
            new(Update, new { monitor.Id, monitor.Name, monitor.Query }, transaction, cancellationToken: cancel));

    public static Task RetireAsync(DbTransaction transaction, MonitorId id, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new(Retire, new { id, now }, transaction, cancellationToken: cancel));
}
