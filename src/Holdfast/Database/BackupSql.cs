using Dapper;
using Npgsql;

namespace Holdfast.Database;

internal static class BackupSql
{
    private const string TablesSql = "select tablename from pg_tables where schemaname = 'public' order by tablename";
    private const string SchemaSql = "select coalesce(max(number), 0) from schema_script";
    private const string SnapshotSql = "select pg_export_snapshot()";
    private const string HasSchemaSql = "select to_regclass('public.schema_script') is not null";

    private const string OthersSql = """
        select count(*) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        """;

    public static Task<string?> ExportSnapshotAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteScalarAsync<string>(SnapshotSql, transaction: transaction);

    public static Task<int> SchemaAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteScalarAsync<int>(SchemaSql, transaction: transaction);

    public static async Task<bool> HasRowsAsync(NpgsqlConnection connection)
    {
        if (!await connection.ExecuteScalarAsync<bool>(HasSchemaSql))
        {
            return (await connection.QueryAsync<string>(TablesSql)).Any();
        }

        foreach (var table in (await connection.QueryAsync<string>(TablesSql)).Where(name => name != "schema_script"))
        {
            if (await connection.ExecuteScalarAsync<bool>($"select exists (select from {Quote(table)})"))
            {
                return true;
            }
        }

        return false;
    }

    public static Task<int> OthersAsync(NpgsqlConnection connection) => connection.ExecuteScalarAsync<int>(OthersSql);

    public static async Task<IReadOnlyList<TableCount>> CountAsync(NpgsqlTransaction transaction)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync("set local timezone = 'UTC'", transaction: transaction);
        var tables = await connection.QueryAsync<string>(TablesSql, transaction: transaction);
        var counts = new List<TableCount>();
        foreach (var table in tables)
        {
            var (rows, sum) = await connection.QuerySingleAsync<(long, string)>(
                new CommandDefinition($"select count(*), {SumSql} from {Quote(table)} t", transaction: transaction, commandTimeout: 0));
            counts.Add(new TableCount(table, rows, sum));
        }

        return counts;
    }

    /// <summary>A statement that fails unless the tables hold exactly what <paramref name="counts"/> say.</summary>
    public static string CheckSql(IReadOnlyList<TableCount> counts)
    {
        var checks = counts.Select(c => $"""
              select count(*), {SumSql} into seen_rows, seen_sum from public.{Quote(c.Name)} t;
              if seen_rows <> {c.Rows} or seen_sum <> {Text(c.Checksum)} then
                raise exception 'the table % came back with % rows and not with the content of the % it had', {Text(c.Name)}, seen_rows, {c.Rows};
              end if;

            """);
        return $"set local timezone = 'UTC';\nset local search_path = public;\ndo $check$ declare seen_rows bigint; seen_sum text; begin\n{string.Concat(checks)}end $check$;\n";
    }

    // The first half of each row's MD5 as a number, added up: the same on every version and machine, in any order.
    private const string SumSql = "coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0)::text";

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
