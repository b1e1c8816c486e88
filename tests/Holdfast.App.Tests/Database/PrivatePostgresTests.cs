using System.Diagnostics;
using Dapper;
using Holdfast.Database;

namespace Holdfast.App.Tests.Database;

public sealed class PrivatePostgresTests(MadePostgres made) : IClassFixture<MadePostgres>, IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("hf-private-").FullName;
    private readonly List<PrivatePostgres> _opened = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DataFolder Folder => new(Path.Combine(_root, "data"));

    // Making the files takes seconds; all but the tests of that begin with a copy.
    public async ValueTask InitializeAsync()
    {
        // A temporary folder is closed to others; PostgreSQL may have to run as another user.
        File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        Assert.True((await Tool.RunAsync("cp", ["-a", "--", made.Folder.Path, Folder.Path], Cancel)).Succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var postgres in _opened)
        {
            await postgres.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task It_is_made_started_and_stopped_and_what_was_written_is_there_the_next_time()
    {
        var first = await StartAsync(Folder);
        await ExecuteAsync(first, "create table t (v text)", "insert into t values ('ąę')");
        await first.DisposeAsync();
        Assert.False(first.IsRunning);

        var second = await StartAsync(Folder);

        Assert.Equal("ąę", await ReadAsync<string>(second, "select v from t"));
    }

    [Fact]
    public async Task It_is_durable_small_and_reached_by_its_socket_only()
    {
        var postgres = await StartAsync(Folder);

        Assert.Equal("on", await ReadAsync<string>(postgres, "show fsync"));
        Assert.Equal("on", await ReadAsync<string>(postgres, "show synchronous_commit"));
        Assert.Equal("on", await ReadAsync<string>(postgres, "show data_checksums"));
        Assert.Equal("", await ReadAsync<string>(postgres, "show listen_addresses"));
        Assert.Equal("UTF8", await ReadAsync<string>(postgres, "show server_encoding"));
        Assert.Equal("C.UTF-8", await ReadAsync<string>(postgres, "select datcollate::text from pg_database where datname = current_database()"));
        var mode = File.GetUnixFileMode(Path.Combine(Folder.Path, "run"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
    }

    [Fact]
    public async Task Two_users_of_one_folder_share_the_server_and_the_last_one_out_stops_it()
    {
        var both = await Task.WhenAll(StartAsync(Folder), StartAsync(Folder));
        Assert.Equal(both[0].ConnectionString, both[1].ConnectionString);

        await both[0].DisposeAsync();
        Assert.Equal(1, await ReadAsync<int>(both[1], "select 1"));
        await both[1].DisposeAsync();

        Assert.False(both[1].IsRunning);
    }

    [Fact]
    public async Task Two_folders_have_a_server_each_side_by_side()
    {
        var here = await StartAsync(Folder);
        var there = await StartAsync(new DataFolder(Path.Combine(_root, "other")));

        await ExecuteAsync(here, "create table only_here ()");

        Assert.False(await ReadAsync<bool>(there, "select to_regclass('only_here') is not null"));
    }

    [Fact]
    public async Task A_folder_with_a_long_and_awkward_path_works_too()
    {
        var folder = new DataFolder(Path.Combine(_root, "it's a \"$HOME\" ąę " + new string('x', 120), "data"));

        var postgres = await StartAsync(folder);

        Assert.Equal(1, await ReadAsync<int>(postgres, "select 1"));
    }

    [Fact]
    public async Task A_pid_file_left_over_by_a_crash_whose_number_is_now_another_process_is_seen_through()
    {
        var first = await StartAsync(Folder);
        await ExecuteAsync(first, "create table t as select 1 as v");
        await first.DisposeAsync();
        // As after the restart of a container: the number belongs to a living process of ours.
        await File.WriteAllTextAsync(Path.Combine(Folder.Postgres, "postmaster.pid"),
            $"{Environment.ProcessId}\n{Folder.Postgres}\n1500000000\n5432\n/nowhere\n\n1 1\nready\n", Cancel);

        var second = await StartAsync(Folder);

        Assert.Equal(1, await ReadAsync<int>(second, "select v from t"));
    }

    [Fact]
    public async Task A_server_that_was_killed_outright_is_started_again_and_has_what_was_committed()
    {
        var postgres = await StartAsync(Folder);
        await ExecuteAsync(postgres, "create table t as select 1 as v");

        var server = Process.GetProcessById(PrivatePostgresProcess.Find(Folder.Postgres)!.Pid);
        server.Kill();
        await server.WaitForExitAsync(Cancel);
        await postgres.EnsureRunningAsync(Cancel);

        Assert.Equal(1, await ReadAsync<int>(postgres, "select v from t"));
    }

    [Fact]
    public async Task A_start_that_was_killed_while_making_the_files_leaves_nothing_in_the_way()
    {
        Directory.Delete(Folder.Postgres, recursive: true);
        Directory.CreateDirectory(Folder.Postgres + ".new/base");
        await File.WriteAllTextAsync(Folder.Postgres + ".new/PG_VERSION", "15", Cancel);

        var postgres = await StartAsync(Folder);

        Assert.Equal(1, await ReadAsync<int>(postgres, "select 1"));
        Assert.False(Directory.Exists(Folder.Postgres + ".new"));
    }

    [Theory]
    [InlineData("99", "made by PostgreSQL 99")]
    [InlineData("rubbish", "does not name a version")]
    public async Task A_folder_of_another_version_is_refused_and_untouched(string version, string sentence)
    {
        var first = await StartAsync(Folder);
        await first.DisposeAsync();
        var file = Path.Combine(Folder.Postgres, "PG_VERSION");
        await File.WriteAllTextAsync(file, version + "\n", Cancel);

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => StartAsync(Folder));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, $"{PostgresBinaries.Find()!.Major}\n", Cancel);
        Assert.Equal(1, await ReadAsync<int>(await StartAsync(Folder), "select 1"));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_said_plainly()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "file"), "", Cancel);

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => StartAsync(new DataFolder(Path.Combine(_root, "file", "data"))));

        Assert.Contains("cannot be written", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_PostgreSQL_cannot_start_on_are_explained_in_its_own_words()
    {
        var first = await StartAsync(Folder);
        await first.DisposeAsync();
        Directory.Delete(Path.Combine(Folder.Postgres, "global"), recursive: true);

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => StartAsync(Folder));

        Assert.Contains("did not start", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("global", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_root_a_folder_that_the_unprivileged_user_cannot_reach_is_explained()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root has to hand PostgreSQL to another user");
        var closed = Path.Combine(_root, "closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => StartAsync(new DataFolder(Path.Combine(closed, "data"))));

        Assert.Contains($"may not enter {closed}.", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<PrivatePostgres> StartAsync(DataFolder folder)
    {
        var postgres = await PrivatePostgres.StartAsync(folder, TimeProvider.System, Cancel);
        lock (_opened)
        {
            _opened.Add(postgres);
        }

        return postgres;
    }

    private static async Task ExecuteAsync(PrivatePostgres postgres, params string[] statements)
    {
        await using var store = new Store(postgres.ConnectionString + ";Pooling=false");
        await using var connection = await store.OpenAsync(Cancel);
        foreach (var statement in statements)
        {
            await connection.ExecuteAsync(statement);
        }
    }

    private static async Task<T?> ReadAsync<T>(PrivatePostgres postgres, string sql)
    {
        await using var store = new Store(postgres.ConnectionString + ";Pooling=false");
        await using var connection = await store.OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<T>(sql);
    }
}
