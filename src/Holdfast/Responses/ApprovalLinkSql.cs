using Dapper;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>One outsider's right to say yes or no to one text, once.</summary>
public sealed record ApprovalLink
{
    public Guid Id { get; init; }

    public StatementId Statement { get; init; }

    public string Content { get; init; } = "";

    public string DutyName { get; init; } = "";

    public string Name { get; init; } = "";

    public string Mail { get; init; } = "";

    public string Language { get; init; } = "en";

    public PersonId AskedBy { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public DutyKind Duty => Enum.Parse<DutyKind>(DutyName);

    public bool IsOpen(DateTimeOffset now) => UsedAt is null && now < ExpiresAt;
}

/// <summary>The rows of links for outsiders: only the hash of a token is kept.</summary>
internal static class ApprovalLinkSql
{
    private const string Columns = """
        select l.id, l.statement_id as statement, l.content, l.duty as duty_name, l.name, l.mail, l.language, l.asked_by, l.expires_at, l.used_at from approval_link l
        """;

    private const string FindSql = Columns + " where l.id = @id";
    private const string FindByTokenSql = Columns + " join approval_token t on t.link_id = l.id where t.token_hash = @hash";

    // Two presses at once: the second waits here and then finds it used.
    private const string LockByTokenSql = FindByTokenSql + " for update of l";

    private const string OfStatementSql = Columns + " where l.statement_id = @statement order by l.expires_at";

    private const string InsertSql = """
        insert into approval_link (id, statement_id, content, duty, name, mail, language, asked_by, expires_at)
        values (@Id, @Statement, @Content, @DutyName, @Name, @Mail, @Language, @AskedBy, @ExpiresAt)
        """;

    private const string TokenSql = "insert into approval_token (token_hash, link_id) values (@hash, @id)";
    private const string InsideSql = "select exists (select from person where lower(mail) = lower(@mail) and left_at is null)";
    private const string UseSql = "update approval_link set used_at = @now where id = @id";

    /// <summary>Whether the address is of somebody who has an account: nobody is an outsider to their own words.</summary>
    public static Task<bool> IsInsideAsync(NpgsqlTransaction transaction, string mail, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(InsideSql, new { mail }, transaction, cancellationToken: cancel));

    public static Task<ApprovalLink?> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Guid id, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<ApprovalLink?>(new CommandDefinition(FindSql, new { id }, transaction, cancellationToken: cancel));

    public static Task<ApprovalLink?> FindAsync(NpgsqlConnection connection, byte[] hash, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<ApprovalLink?>(new CommandDefinition(FindByTokenSql, new { hash }, cancellationToken: cancel));

    public static Task<ApprovalLink?> LockAsync(NpgsqlTransaction transaction, byte[] hash, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<ApprovalLink?>(new CommandDefinition(LockByTokenSql, new { hash }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<ApprovalLink>> OfAsync(NpgsqlConnection connection, StatementId statement, CancellationToken cancel) =>
        (await connection.QueryAsync<ApprovalLink>(new CommandDefinition(OfStatementSql, new { statement }, cancellationToken: cancel))).AsList();

    public static Task InsertAsync(NpgsqlTransaction transaction, ApprovalLink link, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(InsertSql, link, transaction, cancellationToken: cancel));

    public static Task AddTokenAsync(NpgsqlTransaction transaction, byte[] hash, Guid id, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(TokenSql, new { hash, id }, transaction, cancellationToken: cancel));

    public static Task UseAsync(NpgsqlTransaction transaction, Guid id, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(UseSql, new { id, now }, transaction, cancellationToken: cancel));
}
