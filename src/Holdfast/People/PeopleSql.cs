using System.Data.Common;
using Dapper;
using Holdfast.Core.People;

namespace Holdfast.People;

/// <summary>Who there is, who may what, who was invited, and the audit of changes.</summary>
internal static class PeopleSql
{
    private const string Count = "select count(*) from person";

    private const string All = """
        select p.id, p.name, p.mail, p.phone, p.language, p.time_zone, p.permission,
          (p.totp_secret is not null or exists (select 1 from passkey k where k.person_id = p.id)) as is_protected,
          (select max(s.seen_at) from session s where s.person_id = p.id) as seen_at
        from person p where p.left_at is null order by p.name, p.id
        """;

    // Two first administrators at the same instant: the second waits here, then finds that it is not the first.
    private const string LockPeople = "lock table person in share row exclusive mode";
    private const string Leave = "update person set left_at = @now where id = @id and left_at is null";
    private const string EndSessions = "update session set ended_at = @now where person_id = @id and ended_at is null";
    private const string SetPermission = "update person set permission = @permission where id = @id and left_at is null";
    private const string Administrators = "select count(*) from person where left_at is null and permission = 'Administer' and id <> @id";

    private const string Invite = "insert into invitation (token_hash, person_id, expires_at) values (@hash, @person, @expires)";
    private const string FindInvitation = "select person_id from invitation where token_hash = @hash and used_at is null and expires_at > @now";

    private const string UseInvitation = """
        update invitation set used_at = @now where token_hash = @hash and used_at is null and expires_at > @now returning person_id
        """;

    private const string Audit = "insert into audit_entry (id, at, person_id, act, subject) values (@id, @now, @by, @act, @subject)";

    public static Task<long> CountAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(Count, cancellationToken: cancellationToken));

    public static async Task<IReadOnlyList<PersonRow>> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<PersonRow>(new CommandDefinition(All, cancellationToken: cancellationToken))];

    public static Task LockAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(LockPeople, transaction: transaction, cancellationToken: cancellationToken));

    public static async Task<bool> IsLastAdministratorAsync(DbTransaction transaction, PersonId id, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition(Administrators, new { id }, transaction, cancellationToken: cancellationToken)) == 0;

    public static async Task LeaveAsync(DbTransaction transaction, PersonId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Leave, new { id, now }, transaction, cancellationToken: cancellationToken));
        await EndSessionsAsync(transaction, id, now, cancellationToken);
    }

    public static Task EndSessionsAsync(DbTransaction transaction, PersonId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(EndSessions, new { id, now }, transaction, cancellationToken: cancellationToken));

    public static Task SetPermissionAsync(DbTransaction transaction, PersonId id, Permission permission, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(SetPermission, new { id, permission = permission.ToString() }, transaction, cancellationToken: cancellationToken));

    public static Task InviteAsync(DbConnection connection, byte[] hash, PersonId person, DateTimeOffset expires, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(Invite, new { hash, person, expires }, cancellationToken: cancellationToken));

    public static Task<PersonId?> FindInvitationAsync(DbConnection connection, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<PersonId?>(new CommandDefinition(FindInvitation, new { hash, now }, cancellationToken: cancellationToken));

    public static Task<PersonId?> UseInvitationAsync(DbConnection connection, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<PersonId?>(new CommandDefinition(UseInvitation, new { hash, now }, cancellationToken: cancellationToken));

    public static Task AuditAsync(DbTransaction transaction, Guid id, PersonId? by, string act, string subject, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Audit, new { id, by, act, subject, now }, transaction, cancellationToken: cancellationToken));
}

internal sealed class PersonRow
{
    public PersonId Id { get; init; }
    public string Name { get; init; } = "";
    public string Mail { get; init; } = "";
    public string? Phone { get; init; }
    public string Language { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public Permission Permission { get; init; }

    /// <summary>Has a passkey, or a second factor beside the password.</summary>
    public bool IsProtected { get; init; }

    public DateTimeOffset? SeenAt { get; init; }
}
