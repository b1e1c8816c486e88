using Dapper;
using Npgsql;

namespace Holdfast.Database;

/// <summary>Brings a database to the schema of this program: each script once, with its bookkeeping row in the same transaction.</summary>
internal static class Schema
{
    // Any number that no other program on the server uses; all nodes must agree on it.
    private const long LockKey = 0x486F_6C64_6661_7374;

    private const string TableSql = """
        create table if not exists schema_script (
          number     int primary key,
          name       text        not null,
          checksum   text        not null,
          applied_at timestamptz not null default now()
        )
        """;

    private const string TableExistsSql = "select to_regclass('schema_script') is not null";
    private const string AppliedSql = "select number, name, checksum from schema_script order by number";
    private const string RecordSql = "insert into schema_script (number, name, checksum) values (@Number, @Name, @Checksum)";

    public static int Newest => SchemaScript.Embedded.Count;

    public static Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancel) =>
        ApplyAsync(database, SchemaScript.Embedded, cancel);

    public static async Task ApplyAsync(NpgsqlDataSource database, IReadOnlyList<SchemaScript> scripts, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        // The usual start finds nothing to do and takes no lock.
        if (Missing(await ReadAppliedAsync(connection), scripts).Count == 0)
        {
            return;
        }

        // Held by the session: several nodes that start at once queue here, and the second finds the work done.
        // A node that dies loses its session and with it the lock.
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@LockKey)", new { LockKey }, commandTimeout: 0, cancellationToken: cancel));
        try
        {
            await connection.ExecuteAsync(TableSql);
            foreach (var script in Missing(await ReadAppliedAsync(connection), scripts))
            {
                await ApplyAsync(connection, script, cancel);
            }
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    private static async Task<IReadOnlyList<Applied>> ReadAppliedAsync(NpgsqlConnection connection) =>
        await connection.ExecuteScalarAsync<bool>(TableExistsSql)
            ? (await connection.QueryAsync<Applied>(AppliedSql)).AsList()
            : [];

    private static IReadOnlyList<SchemaScript> Missing(IReadOnlyList<Applied> applied, IReadOnlyList<SchemaScript> scripts)
    {
        if (applied.Count > scripts.Count)
        {
            throw new DatabaseException(
                $"This database was made by a newer Holdfast: its schema is at {applied[^1].Number}, this program knows {scripts.Count}. "
                + "Start the newer program, or restore a backup made by this one.");
        }

        foreach (var (there, here) in applied.Zip(scripts))
        {
            if (there.Number != here.Number || there.Checksum != here.Checksum)
            {
                throw new DatabaseException(
                    $"The schema script {there.Name} was applied to this database with another content than {here.Name} has in this program. "
                    + "The database belongs to another build: start that one, or begin with an empty database.");
            }
        }

        return [.. scripts.Skip(applied.Count)];
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, SchemaScript script, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(script.Sql, transaction: transaction, commandTimeout: 0, cancellationToken: cancel));
        await connection.ExecuteAsync(RecordSql, script, transaction);
        await transaction.CommitAsync(cancel);
    }

    private sealed record Applied(int Number, string Name, string Checksum);
}
