using System.Diagnostics;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Testing.Database;

/// <summary>
/// One PostgreSQL for the test process, on a Unix socket in a folder of its own, gone with the process however that ends.
/// Nothing is forced to disk: a test that crashes PostgreSQL starts one of its own.
/// </summary>
internal sealed class TestCluster
{
    private const string TemplateName = "holdfast_template";

    // The shell waits for the end of its input, which comes when this process ends, even by kill -9.
    private const string Script = """
        set -u
        trap '' INT TERM
        as=()
        [ "$(id -u)" = 0 ] && { as=(setpriv --reuid=postgres --regid=postgres --clear-groups --); chown postgres "$FOLDER"; }
        cd "$FOLDER"
        "${as[@]}" "$BIN/initdb" -D "$FOLDER/data" --no-sync --no-instructions -A trust -U holdfast -E UTF8 --locale=C.UTF-8 > log 2>&1 ||
          { cat log; rm -rf "$FOLDER"; exit 1; }
        "${as[@]}" "$BIN/postgres" -D "$FOLDER/data" -F -c listen_addresses= -c unix_socket_directories="$FOLDER" -c max_connections=300 \
          -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB -c autovacuum=off >> log 2>&1 < /dev/null &
        server=$!
        until "$BIN/pg_isready" -q -h "$FOLDER"; do
          kill -0 $server 2>/dev/null || { cat log; rm -rf "$FOLDER"; exit 1; }
          sleep 0.05
        done
        echo ready
        cat > /dev/null
        kill -QUIT $server
        wait $server
        rm -rf "$FOLDER"
        """;

    private static readonly Lazy<Task<TestCluster>> Shared = new(StartAsync);
    private readonly string _folder;

    // Held for its input alone: were it collected, the shell would see the end of it and stop the server under the tests.
    private readonly Process _shell;
    private int _databases;

    private TestCluster(string folder, Process shell) => (_folder, _shell) = (folder, shell);

    public static Task<TestCluster> GetAsync() => Shared.Value;

    /// <summary>A new database with the whole schema, copied from a template made once.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} template {TemplateName}");
        return ConnectionString(name);
    }

    /// <summary>A new database with nothing in it.</summary>
    public async Task<string> CreateEmptyDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} template template0");
        return ConnectionString(name);
    }

    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    private static async Task<TestCluster> StartAsync()
    {
        var binaries = PostgresBinaries.Find()
            ?? throw new InvalidOperationException("PostgreSQL 15 or later is needed for these tests: apt-get install postgresql");
        var folder = Directory.CreateTempSubdirectory("hf-test-").FullName;
        var start = new ProcessStartInfo("bash", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["FOLDER"] = folder;
        start.Environment["BIN"] = binaries.Folder;
        var shell = Process.Start(start)!;
        var line = await shell.StandardOutput.ReadLineAsync();
        if (line != "ready")
        {
            throw new InvalidOperationException($"PostgreSQL for the tests did not start: {line}\n{await shell.StandardOutput.ReadToEndAsync()}");
        }

        var cluster = new TestCluster(folder, shell);
        await cluster.MakeTemplateAsync();
        return cluster;
    }

    private async Task MakeTemplateAsync()
    {
        await ExecuteAsync($"create database {TemplateName} template template0");
        await using var store = new Store(ConnectionString(TemplateName) + ";Pooling=false");
        await Schema.ApplyAsync(store.DataSource, CancellationToken.None);
    }

    private string ConnectionString(string database) => $"Host={_folder};Username=holdfast;Database={database};Include Error Detail=true";

    private async Task ExecuteAsync(string sql)
    {
        GC.KeepAlive(_shell);
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
