using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>Who is to be told by the plan of a brand, and its quiet hours.</summary>
internal static class DirectorySql
{
    private const string BrandSql = "select time_zone as timezone, quiet_from as quietfrom, quiet_to as quietto from brand where id = @brand";

    private const string PlanSql = """
        select document from plan where brand_id = @brand and in_force_from <= @now order by in_force_from desc, version desc limit 1
        """;

    private const string PeopleSql = """
        select id, mail, permission = 'Administer' as administers from person where left_at is null
        """;

    /// <summary>
    /// The plan of the level with its people. A brand without a plan has the template in which nobody holds a duty: its
    /// administrators are then told. Null where the plan pages nobody at this level.
    /// </summary>
    public static async Task<PagePlan?> PlanAsync(NpgsqlTransaction transaction, BrandId brand, Level level, DateTimeOffset now, CancellationToken cancel)
    {
        var document = await transaction.Connection!.ExecuteScalarAsync<string?>(Command(PlanSql, new { brand, now }, transaction, cancel));
        var people = (await transaction.Connection!.QueryAsync<PersonRow>(Command(PeopleSql, new { }, transaction, cancel))).AsList();
        return PagePlan.Resolve(
            document is null ? CrisisPlan.Template() : Json.Read<CrisisPlan>(document),
            level,
            people.ToDictionary(row => row.Id, row => row.Contact()),
            [.. people.Where(row => row.Administers).Select(row => row.Id)]);
    }

    /// <summary>When the brand's quiet hours end, where they hold now.</summary>
    public static async Task<DateTimeOffset?> QuietUntilAsync(NpgsqlTransaction transaction, BrandId brand, DateTimeOffset now, CancellationToken cancel)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<BrandRow>(Command(BrandSql, new { brand }, transaction, cancel));
        return row is { QuietFrom: { } from, QuietTo: { } to } && TimeZoneInfo.TryFindSystemTimeZoneById(row.TimeZone, out var zone)
            ? QuietTime.EndsAt(new QuietHours(from, to), zone, now)
            : null;
    }

    public static async Task<IReadOnlyList<Contact>> AdministratorsAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        [.. (await transaction.Connection!.QueryAsync<PersonRow>(Command(PeopleSql, new { }, transaction, cancel))).Where(row => row.Administers).Select(row => row.Contact())];

    private static CommandDefinition Command(string sql, object parameters, NpgsqlTransaction transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, cancellationToken: cancel);

    private sealed record PersonRow
    {
        public PersonId Id { get; init; }

        public string Mail { get; init; } = "";

        public bool Administers { get; init; }

        public Contact Contact() => new(Id, Mail.Length > 0 ? [new ContactWay(PageWay.Mail, Mail)] : []);
    }

    private sealed record BrandRow
    {
        public string TimeZone { get; init; } = "UTC";

        public TimeOnly? QuietFrom { get; init; }

        public TimeOnly? QuietTo { get; init; }
    }
}
