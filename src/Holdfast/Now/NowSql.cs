using Dapper;
using Npgsql;

namespace Holdfast.Now;

/// <summary>The first page's projections: one statement for each part, each over all brands the person sees.</summary>
internal static class NowSql
{
    /// <summary>The last pulse is found by one step back in each monitor's own index.</summary>
    private const string Brands = """
        select b.id, b.name, b.time_zone as zone,
          (select max(latest.minute) from monitor m
             cross join lateral (select p.minute from pulse p where p.monitor_id = m.id order by p.minute desc limit 1) latest
             where m.brand_id = b.id) as lastpulse,
          (select min(earliest.minute) from monitor m
             cross join lateral (select p.minute from pulse p where p.monitor_id = m.id order by p.minute limit 1) earliest
             where m.brand_id = b.id) as firstpulse,
          (select count(*) from monitor m where m.brand_id = b.id and m.retired_at is null) as monitors,
          (select max(s.level) from signal s where s.brand_id = b.id and s.situation_id is null and not s.shadow
             and s.kind <> 'Blind' and s.last_at > @now - interval '4 hours') as watch
        from brand b
        where b.retired_at is null
        order by b.name
        """;

    /// <summary>Negative mentions per monitor in quarters of an hour, counted back from each brand's anchor.</summary>
    private const string Pulse = """
        select shown.brand, m.id as monitor, floor(extract(epoch from shown.anchor - p.minute) / 900)::int as ago, sum(p.negative)::int as negative
        from unnest(@brands, @anchors) as shown(brand, anchor)
        join monitor m on m.brand_id = shown.brand
        join pulse p on p.monitor_id = m.id and p.minute > shown.anchor - make_interval(mins => @quarters * 15) and p.minute <= shown.anchor
        where p.negative > 0
        group by 1, 2, 3
        """;

    /// <summary>What the busiest monitor counted in each hour.</summary>
    private const string Hours = """
        select brand, hour, max(negative)::int as negative
        from (
          select shown.brand, m.id, date_trunc('hour', p.minute, 'UTC') as hour, sum(p.negative) as negative
          from unnest(@brands, @since, @until) as shown(brand, since, until)
          join monitor m on m.brand_id = shown.brand
          join pulse p on p.monitor_id = m.id and p.minute >= shown.since and p.minute < shown.until
          where p.negative > 0
          group by 1, 2, 3) each
        group by 1, 2
        """;

    private const string Situations = """
        select s.id, s.brand_id as brand, s.title, s.state, s.level, s.proposed, s.confirm_by as confirmby, s.opened_at as openedat, lead.name as lead,
          run.state as pagestate, run.step_due_at as pagedue, owner.name as pageowner
        from situation s
        left join person lead on lead.id = s.lead
        left join lateral (select p.state, p.step_due_at, p.owner from page p where p.situation_id = s.id order by p.started_at desc limit 1) run on true
        left join person owner on owner.id = run.owner
        where s.brand_id = any(@brands) and s.state in ('Candidate', 'Open', 'Contained') and s.merged_into is null
        order by greatest(s.level, coalesce(s.proposed, 0)) desc, s.opened_at
        """;

    private const string Promises = """
        select s.id as situation, made.body ->> 'text' as text, (made.body ->> 'due')::timestamptz as due
        from situation s join timeline_entry made on made.situation_id = s.id and made.kind = 'PromiseMade'
        where s.brand_id = any(@brands) and s.state in ('Candidate', 'Open', 'Contained') and s.merged_into is null
          and not exists (select 1 from timeline_entry kept
            where kept.situation_id = s.id and kept.kind = 'PromiseKept' and (kept.body ->> 'promise')::int = made.seq)
        """;

    private const string Plans = """
        select distinct on (brand_id) brand_id as brand, document
        from plan where brand_id = any(@brands) and in_force_from <= @now
        order by brand_id, in_force_from desc, version desc
        """;

    private const string Names = "select id, name from person where id = any(@people)";

    public static async Task<List<BrandRow>> BrandsAsync(NpgsqlConnection connection, DateTimeOffset now) =>
        [.. await connection.QueryAsync<BrandRow>(Brands, new { now })];

    public static async Task<List<PulseRow>> PulseAsync(NpgsqlConnection connection, Guid[] brands, DateTimeOffset[] anchors, int quarters) =>
        [.. await connection.QueryAsync<PulseRow>(Pulse, new { brands, anchors, quarters })];

    public static async Task<List<HourRow>> HoursAsync(NpgsqlConnection connection, Guid[] brands, DateTimeOffset[] since, DateTimeOffset[] until) =>
        [.. await connection.QueryAsync<HourRow>(Hours, new { brands, since, until })];

    public static async Task<List<SituationRow>> SituationsAsync(NpgsqlConnection connection, Guid[] brands) =>
        [.. await connection.QueryAsync<SituationRow>(Situations, new { brands })];

    public static async Task<List<PromiseRow>> PromisesAsync(NpgsqlConnection connection, Guid[] brands) =>
        [.. await connection.QueryAsync<PromiseRow>(Promises, new { brands })];

    public static async Task<List<PlanRow>> PlansAsync(NpgsqlConnection connection, Guid[] brands, DateTimeOffset now) =>
        [.. await connection.QueryAsync<PlanRow>(Plans, new { brands, now })];

    public static async Task<Dictionary<Guid, string>> NamesAsync(NpgsqlConnection connection, Guid[] people) =>
        (await connection.QueryAsync<(Guid Id, string Name)>(Names, new { people })).ToDictionary(row => row.Id, row => row.Name);

    internal sealed record BrandRow(
        Guid Id, string Name, string Zone, DateTimeOffset? LastPulse, DateTimeOffset? FirstPulse, long Monitors, short? Watch);

    internal sealed record PulseRow(Guid Brand, Guid Monitor, int Ago, int Negative);

    internal sealed record HourRow(Guid Brand, DateTimeOffset Hour, int Negative);

    internal sealed record SituationRow(
        Guid Id, Guid Brand, string Title, string State, short Level, short? Proposed, DateTimeOffset? ConfirmBy, DateTimeOffset OpenedAt,
        string? Lead, string? PageState, DateTimeOffset? PageDue, string? PageOwner);

    internal sealed record PromiseRow(Guid Situation, string Text, DateTimeOffset Due);

    internal sealed record PlanRow(Guid Brand, string Document);
}
