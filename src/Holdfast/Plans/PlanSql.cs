using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Plans;

/// <summary>The plan in force. Version 0 is the template, of which nothing is stored yet.</summary>
public sealed record PlanInForce(CrisisPlan Plan, int Version, DateTimeOffset? Since);

/// <summary>One version, for the list of all.</summary>
public sealed record PlanVersion
{
    public int Version { get; init; }

    public DateTimeOffset InForceFrom { get; init; }

    public string? WrittenBy { get; init; }
}

/// <summary>Someone who can be named in a plan. Contact is confirmed by having acknowledged a page.</summary>
public sealed record PlanPerson
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";

    public bool ContactConfirmed { get; init; }
}

/// <summary>The statements of plans.</summary>
internal static class PlanSql
{
    private const string InForce = """
        select version, in_force_from, document::text as document from plan
        where brand_id = @brand and in_force_from <= @now order by in_force_from desc, version desc limit 1
        """;

    private const string One = "select version, in_force_from, document::text as document from plan where brand_id = @brand and version = @version";

    private const string FirstAdministrator = """
        select id from person where permission = 'Administer' and left_at is null order by created_at, id limit 1
        """;

    private const string People = """
        select p.id, p.name, exists (
          select 1 from acknowledgement_link l where l.person_id = p.id and l.used_at is not null) as contact_confirmed
        from person p where p.left_at is null order by lower(p.name), p.id
        """;

    private const string Versions = """
        select p.version, p.in_force_from, w.name as written_by from plan p left join person w on w.id = p.written_by
        where p.brand_id = @brand order by p.version desc limit 50
        """;

    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('plan of ' || @brand::text, 0))";

    private const string Latest = "select coalesce(max(version), 0) from plan where brand_id = @brand";

    private const string Insert = """
        insert into plan (id, brand_id, version, in_force_from, document, written_by, written_at)
        values (@id, @brand, @version, @from, @document::jsonb, @by, @now)
        """;

    /// <summary>The newest version whose moment has come; where there is none, the template with the first administrator on every duty.</summary>
    public static async Task<PlanInForce> InForceAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, DateTimeOffset now, CancellationToken cancel)
    {
        var row = await connection.QuerySingleOrDefaultAsync<PlanRow>(
            new CommandDefinition(InForce, new { brand, now }, transaction, cancellationToken: cancel));
        if (row is not null)
        {
            return row.ToPlan();
        }

        var administrator = await connection.ExecuteScalarAsync<Guid?>(
            new CommandDefinition(FirstAdministrator, transaction: transaction, cancellationToken: cancel));
        return new(CrisisPlan.Template(administrator is { } id ? new PersonId(id) : null), 0, null);
    }

    public static async Task<PlanInForce?> FindAsync(NpgsqlConnection connection, BrandId brand, int version, CancellationToken cancel) =>
        (await connection.QuerySingleOrDefaultAsync<PlanRow>(new CommandDefinition(One, new { brand, version }, cancellationToken: cancel)))?.ToPlan();

    public static async Task<IReadOnlyList<PlanPerson>> PeopleAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        [.. await connection.QueryAsync<PlanPerson>(new CommandDefinition(People, transaction: transaction, cancellationToken: cancel))];

    public static async Task<IReadOnlyList<PlanVersion>> VersionsAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        [.. await connection.QueryAsync<PlanVersion>(new CommandDefinition(Versions, new { brand }, cancellationToken: cancel))];

    /// <summary>The newest version, also one that is not in force yet. Whoever asks holds the brand's plan until the end of the transaction.</summary>
    public static async Task<int> LatestAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Lock, new { brand = brand.Value }, transaction, cancellationToken: cancel));
        return await transaction.Connection!.ExecuteScalarAsync<int>(
            new CommandDefinition(Latest, new { brand }, transaction, cancellationToken: cancel));
    }

    public static Task InsertAsync(
        NpgsqlTransaction transaction, PlanId id, BrandId brand, int version, CrisisPlan plan, PersonId? by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Insert,
            new { id, brand, version, from = now, document = Json.Write(plan), by = by?.Value, now },
            transaction,
            cancellationToken: cancel));

    private sealed record PlanRow
    {
        public int Version { get; init; }

        public DateTimeOffset InForceFrom { get; init; }

        public string Document { get; init; } = "";

        public PlanInForce ToPlan() => new(Json.Read<CrisisPlan>(Document), Version, InForceFrom);
    }
}
