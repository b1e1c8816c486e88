using Dapper;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.App.Tests.Database;

/// <summary>Fills every table of the schema with a row that PostgreSQL has to carry exactly, and reads all of them back as text.</summary>
internal static class Rows
{
    private const string TablesSql = "select tablename from pg_tables where schemaname = 'public' order by 1";

    private const string ColumnsSql = """
        select column_name, case when data_type = 'ARRAY' then udt_name else data_type end
        from information_schema.columns
        where table_schema = 'public' and table_name = @table and is_generated = 'NEVER' and identity_generation is null
        order by ordinal_position
        """;

    public static async Task FillAsync(Store store, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        // References are met because every id is the same; only their order would stand in the way.
        await connection.ExecuteAsync("set session_replication_role = replica");
        foreach (var table in (await TablesAsync(connection)).Where(t => t != "schema_script"))
        {
            var columns = (await connection.QueryAsync<(string Name, string Type)>(ColumnsSql, new { table })).AsList();
            var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
            var values = string.Join(", ", columns.Select(c => Value(table, c.Name, c.Type)));
            await connection.ExecuteAsync($"insert into \"{table}\" ({names}) values ({values}) on conflict do nothing");
        }

        await connection.ExecuteAsync("set session_replication_role = origin");
    }

    public static async Task<IReadOnlyList<string>> ReadAsync(Store store, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await connection.ExecuteAsync("set timezone = 'UTC'");
        var all = new List<string>();
        foreach (var table in await TablesAsync(connection))
        {
            var rows = (await connection.QueryAsync<string>($"select t::text from \"{table}\" t order by 1")).AsList();
            Assert.True(rows.Count > 0, $"the table {table} was left empty: teach Rows.Value what it asks for");
            all.AddRange(rows.Select(row => $"{table} {row}"));
        }

        return all;
    }

    private static Task<IEnumerable<string>> TablesAsync(NpgsqlConnection connection) => connection.QueryAsync<string>(TablesSql);

    private static string Value(string table, string column, string type) => type switch
    {
        "uuid" => "'01900000-0000-7000-8000-000000000001'",
        "text" => "E'Zażółć \\\\ ''quoted'' \\n\\t<b>&\\u2028\\U0001F525 ' || '" + column + "'",
        "bytea" => "'\\x00ff5c27'",
        "jsonb" => "'{\"ą\": [1, null, \"\\\\u2028\"], \"x\": 1e300}'",
        "json" => "'{\"b\": 1,  \"a\": 2}'",
        "timestamp with time zone" => "'2015-02-22 23:30:00.123456+00'",
        "date" => "'2024-02-29'",
        "time without time zone" => "'22:30:00.5'",
        "interval" => "'1 month 2 days 3.5 seconds'",
        "boolean" => "true",
        "smallint" => "4",
        "integer" => "2147483647",
        "bigint" => "-9223372036854775808",
        "real" => "0.1",
        "double precision" => "0.1",
        "numeric" => "123456789012345678901234567890.123",
        "tsvector" => "to_tsvector('simple', 'łódź płonie')",
        "_text" => "array['a,b', '{}', null, 'ż\"']",
        "_uuid" => "array['01900000-0000-7000-8000-000000000001']::uuid[]",
        "_int4" => "array[-1, 2147483647]",
        "_float4" => "array[-0.1, 1e30]::real[]",
        "_int8" => "array[-1, 9223372036854775807]",
        _ => throw new InvalidOperationException($"{table}.{column} is of the type {type}: teach Rows.Value one value of it"),
    };
}
