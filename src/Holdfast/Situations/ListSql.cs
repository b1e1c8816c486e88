using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>The projections of the list of situations.</summary>
internal static class ListSql
{
    private const string BrandsSql = "select id, name from brand where retired_at is null order by lower(name)";

    private const string SituationsSql = """
        select s.id, b.name as brand, b.time_zone as zone, s.title, s.state, s.level, s.proposed, s.confirm_by as confirmby, s.opened_at as openedat,
          s.changed_at as changedat, s.cools_at as coolsat, lead.name as lead, run.state as page
        from situation s join brand b on b.id = s.brand_id
        left join person lead on lead.id = s.lead
        left join lateral (select p.state from page p where p.situation_id = s.id order by p.started_at desc limit 1) run on true
        where (s.state in ('Candidate', 'Open', 'Contained')) <> @ended
        order by case when @ended then null else greatest(s.level, s.proposed) end desc nulls last, s.changed_at desc limit 200
        """;

    private const string WatchedSql = """
        select b.name as brand, b.time_zone as zone, g.kind, g.rule, g.level, g.last_at as lastat, g.figures, t.name as topic
        from signal g join brand b on b.id = g.brand_id left join topic t on t.id = g.topic_id
        where not g.shadow and g.raised_at > @since
          and not exists (select from situation_signal known where known.signal_id = g.id)
        order by g.raised_at desc limit 20
        """;

    private static readonly TimeSpan WatchedFor = TimeSpan.FromHours(24);

    public static async Task<IReadOnlyList<ListBrand>> BrandsAsync(NpgsqlConnection connection) =>
        [.. await connection.QueryAsync<ListBrand>(BrandsSql)];

    public static async Task<IReadOnlyList<ListedSituation>> SituationsAsync(NpgsqlConnection connection, bool ended) =>
        [.. await connection.QueryAsync<ListedSituation>(SituationsSql, new { ended })];

    public static async Task<IReadOnlyList<WatchedSignal>> WatchedAsync(NpgsqlConnection connection, DateTimeOffset now) =>
        [.. await connection.QueryAsync<WatchedSignal>(WatchedSql, new { since = now - WatchedFor })];
}

/// <summary>The list, live or ended, and the signals that are only watched.</summary>
public sealed record SituationsView(
    IReadOnlyList<ListBrand> Brands, IReadOnlyList<ListedSituation> Situations, IReadOnlyList<WatchedSignal> Watched, bool Ended, DateTimeOffset At)
{
    public string Trigger => string.Join(", ", Brands.Select(brand => $"changed:brand:{brand.Id.Value} from:body"));
}

public sealed record ListBrand
{
    public BrandId Id { get; init; }

    public string Name { get; init; } = "";
}

public sealed record ListedSituation
{
    public SituationId Id { get; init; }

    public string Brand { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public string Title { get; init; } = "";

    public SituationState State { get; init; }

    public short Level { get; init; }

    public short? Proposed { get; init; }

    public DateTimeOffset? ConfirmBy { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? CoolsAt { get; init; }

    public string? Lead { get; init; }

    /// <summary>The state of the newest page: Running, Acknowledged, Exhausted, Void; null where nobody was paged.</summary>
    public string? Page { get; init; }
}

public sealed record WatchedSignal
{
    public string Brand { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public SignalKind Kind { get; init; }

    public string Rule { get; init; } = "";

    public short Level { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public string Figures { get; init; } = "[]";

    public string? Topic { get; init; }
}
