using Dapper;
using Holdfast.Core.Listening;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>A source on a network as its reader needs it.</summary>
internal sealed record NetworkSourceRow(SourceId Id, string Kind, string Server, Guid? Account, string? Tag, string? Cursor, IReadOnlyList<Guid> Brands);

/// <summary>The statements about sources on networks.</summary>
internal static class NetworkSourceSql
{
    private const string Active = """
        select n.source_id as id, n.kind, n.server, n.account_id as account, n.tag, n.cursor,
               array(select brand_id from source_brand b where b.source_id = n.source_id) as brands
        from network_source n join source s on s.id = n.source_id where s.retired_at is null
        """;

    private const string Find = Active + " and n.source_id = @id";

    private const string Add = """
        insert into network_source (source_id, kind, server, account_id, tag) values (@id, @kind, @server, @account, @tag)
        """;

    // Held by the session that reads; a second name space beside other locks of this kind.
    private const string TryLock = "select pg_try_advisory_lock(hashtextextended('listening to ' || @id::text, 0))";

    private const string Unlock = "select pg_advisory_unlock(hashtextextended('listening to ' || @id::text, 0))";

    private const string SetCursor = "update network_source set cursor = @cursor, heard_at = @now where source_id = @id";

    private const string Delete = """
        update post set deleted_at = @now where network = @network and network_id = any(@ids) and deleted_at is null
        """;

    private const string Recover = "update source set last_error = null, last_error_at = null where id = @id and last_error is not null";

    public static async Task<IReadOnlyList<NetworkSourceRow>> ActiveAsync(NpgsqlConnection connection) =>
        [.. await connection.QueryAsync<NetworkSourceRow>(Active)];

    public static Task<NetworkSourceRow?> FindAsync(NpgsqlConnection connection, SourceId id) =>
        connection.QuerySingleOrDefaultAsync<NetworkSourceRow?>(Find, new { id });

    public static Task AddAsync(NpgsqlTransaction transaction, SourceId id, string kind, string server, Guid? account, string? tag) =>
        transaction.Connection!.ExecuteAsync(Add, new { id, kind, server, account, tag }, transaction);

    public static Task<bool> TryLockAsync(NpgsqlConnection connection, SourceId id) => connection.QuerySingleAsync<bool>(TryLock, new { id });

    public static Task UnlockAsync(NpgsqlConnection connection, SourceId id) => connection.ExecuteAsync(Unlock, new { id });

    public static Task SetCursorAsync(NpgsqlConnection connection, SourceId id, string? cursor, DateTimeOffset now) =>
        connection.ExecuteAsync(SetCursor, new { id, cursor, now });

    public static Task<int> DeleteAsync(NpgsqlConnection connection, string network, IReadOnlyList<string> ids, DateTimeOffset now) =>
        connection.ExecuteAsync(Delete, new { network, ids, now });

    public static Task<int> RecoverAsync(NpgsqlConnection connection, SourceId id) => connection.ExecuteAsync(Recover, new { id });
}
