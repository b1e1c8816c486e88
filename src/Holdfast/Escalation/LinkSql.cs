using Dapper;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>Whether a link can still be pressed.</summary>
internal enum LinkReason
{
    Valid,
    Unknown,
    Used,
    Expired,

    /// <summary>What it is about has ended.</summary>
    Over,
}

/// <summary>A link that was sent to one person for one page.</summary>
internal sealed record AcknowledgementLink
{
    public PageId Page { get; init; }

    public PersonId Person { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public LinkReason Reason(DateTimeOffset now) => UsedAt is not null ? LinkReason.Used : now >= ExpiresAt ? LinkReason.Expired : LinkReason.Valid;
}

/// <summary>The rows of links: only the hash of a token is kept.</summary>
internal static class LinkSql
{
    private const string InsertSql = """
        insert into acknowledgement_link (token_hash, page_id, person_id, expires_at) values (@tokenHash, @page, @person, @expiresAt)
        """;

    private const string FindSql = """
        select page_id as page, person_id as person, expires_at as expiresat, used_at as usedat from acknowledgement_link where token_hash = @tokenHash
        """;

    // Two presses of one link at once: the second waits here and then finds it used.
    private const string LockSql = FindSql + " for update";

    private const string UseSql = "update acknowledgement_link set used_at = @now where token_hash = @tokenHash";

    public static Task InsertAsync(
        NpgsqlTransaction transaction, byte[] tokenHash, PageId page, PersonId person, DateTimeOffset expiresAt, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(InsertSql, new { tokenHash, page, person, expiresAt }, transaction, cancellationToken: cancel));

    public static Task<AcknowledgementLink?> FindAsync(NpgsqlConnection connection, byte[] tokenHash, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<AcknowledgementLink?>(new CommandDefinition(FindSql, new { tokenHash }, cancellationToken: cancel));

    public static Task<AcknowledgementLink?> LockAsync(NpgsqlTransaction transaction, byte[] tokenHash, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<AcknowledgementLink?>(new CommandDefinition(LockSql, new { tokenHash }, transaction, cancellationToken: cancel));

    public static Task UseAsync(NpgsqlTransaction transaction, byte[] tokenHash, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(UseSql, new { tokenHash, now }, transaction, cancellationToken: cancel));
}
