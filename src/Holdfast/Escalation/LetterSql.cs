using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>What a letter about a page says, as it is at the moment it leaves.</summary>
internal sealed record LetterFacts
{
    public SituationId Situation { get; init; }

    public BrandId Brand { get; init; }

    public string BrandName { get; init; } = "";

    public string Title { get; init; } = "";

    public string SituationState { get; init; } = "";

    public short Level { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public int Signals { get; init; }

    public string? OwnerName { get; init; }

    public string? WhyKind { get; init; }

    public string? WhyBody { get; init; }

    public TimelineEvent? Why => WhyKind is null || WhyBody is null ? null : TimelineJson.Read(WhyKind, WhyBody);

    public SituationState State => Enum.Parse<SituationState>(SituationState);
}

/// <summary>Whom a letter is for.</summary>
internal sealed record Reader
{
    public string Name { get; init; } = "";

    public string Language { get; init; } = "en";

    public string TimeZone { get; init; } = "UTC";
}

/// <summary>Reads what letters say.</summary>
internal static class LetterSql
{
    // The gravest signal explains the page, the newest of equals; a declaration explains itself.
    private const string FactsSql = """
        select s.id as situation, s.brand_id as brand, b.name as brandname, s.title, s.state as situationstate, p.level, s.opened_at as openedat,
          p.signals, o.name as ownername, why.kind as whykind, why.body_text as whybody
        from page p
        join situation s on s.id = p.situation_id
        join brand b on b.id = s.brand_id
        left join person o on o.id = p.owner
        left join lateral (
          select kind, body_text from timeline_entry
          where situation_id = s.id and kind in ('SignalJoined', 'Opened')
          order by kind desc, (body ->> 'level')::int desc, seq desc limit 1) why on true
        where p.id = @page
        """;

    private const string ReaderSql = "select name, language, time_zone as timezone from person where id = @person";
    private const string PublicUrlSql = "select value #>> '{}' from setting where name = 'public_url'";

    public static Task<LetterFacts?> FactsAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, PageId page, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<LetterFacts?>(new CommandDefinition(FactsSql, new { page }, transaction, cancellationToken: cancel));

    public static async Task<Reader> ReaderAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, PersonId person, CancellationToken cancel) =>
        await connection.QuerySingleOrDefaultAsync<Reader?>(new CommandDefinition(ReaderSql, new { person }, transaction, cancellationToken: cancel)) ?? new Reader();

    public static Task<string?> PublicUrlAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<string?>(new CommandDefinition(PublicUrlSql, transaction: transaction, cancellationToken: cancel));
}
