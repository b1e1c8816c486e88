using Dapper;
using Holdfast.Core.People;
using Holdfast.Database;

namespace Holdfast.People;

/// <summary>The sessions of people: begun, seen, listed, ended.</summary>
internal sealed class SessionSql(Store store)
{
    private const string Insert = """
        insert into session (id, person_id, created_at, seen_at, device) values (@id, @person, @now, @now, @device)
        """;

    private const string Living = """
        select p.id, p.name, p.permission, p.language, p.time_zone, s.seen_at,
          (p.totp_secret is not null or exists (select 1 from passkey k where k.person_id = p.id)) as is_protected
        from session s join person p on p.id = s.person_id
        where s.id = @id and s.ended_at is null and p.left_at is null
        """;

    private const string Seen = "update session set seen_at = @now where id = @id";
    private const string End = "update session set ended_at = @now where id = @id and person_id = @person and ended_at is null";

    private const string Of = """
        select id, created_at, seen_at, device from session where person_id = @person and ended_at is null order by seen_at desc
        """;

    public async Task BeginAsync(Guid id, PersonId person, string device, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Insert, new { id, person, now, device }, cancellationToken: cancellationToken));
    }

    public async Task<LivingSession?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<LivingSession>(new CommandDefinition(Living, new { id }, cancellationToken: cancellationToken));
    }

    public async Task SeenAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Seen, new { id, now }, cancellationToken: cancellationToken));
    }

    public async Task EndAsync(Guid id, PersonId person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(End, new { id, person, now }, cancellationToken: cancellationToken));
    }

    public async Task<IReadOnlyList<SessionRow>> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<SessionRow>(new CommandDefinition(Of, new { person }, cancellationToken: cancellationToken))];
    }
}

/// <summary>A session that has not ended, and the person as they are now: rights taken away work at the next request.</summary>
internal sealed class LivingSession
{
    public PersonId Id { get; init; }
    public string Name { get; init; } = "";
    public Permission Permission { get; init; }
    public string Language { get; init; } = "en";
    public string TimeZone { get; init; } = "UTC";
    public bool IsProtected { get; init; }
    public DateTimeOffset SeenAt { get; init; }
}

internal sealed class SessionRow
{
    public Guid Id { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset SeenAt { get; init; }
    public string Device { get; init; } = "";
}
