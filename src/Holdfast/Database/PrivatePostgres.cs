using System.Diagnostics;
using Npgsql;

namespace Holdfast.Database;

/// <summary>
/// A PostgreSQL of the installation's own, reached over a Unix socket only. Every program that uses the data folder holds its
/// users' lock shared; the last one out stops the server. A program killed outright leaves it running: the next one adopts it.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private FolderLock? _users;

    private PrivatePostgres(DataFolder folder, TimeProvider time) => (_folder, _time) = (folder, time);

    public string ConnectionString { get; private set; } = "";

    public bool IsRunning => PrivatePostgresProcess.Find(_folder.Postgres) is not null;

    public static async Task<PrivatePostgres> StartAsync(DataFolder folder, TimeProvider time, CancellationToken cancel)
    {
        folder.Create();
        var postgres = new PrivatePostgres(folder, time);
        await postgres.EnsureRunningAsync(cancel);
        return postgres;
    }

    /// <summary>Starts the server if it does not run; waits until it takes connections. Safe from several programs at once.</summary>
    public async Task EnsureRunningAsync(CancellationToken cancel)
    {
        using var starting = await FolderLock.AloneAsync(_folder.StartLock, LockPatience, _time, cancel);
        _users ??= await FolderLock.SharedAsync(_folder.UsersLock, LockPatience, _time, cancel);
        try
        {
            var running = await AdoptAsync(cancel) ?? await StartServerPatientlyAsync(cancel);
            ConnectionString = new NpgsqlConnectionStringBuilder
            {
                Host = running.SocketFolder,
                Username = "holdfast",
                Database = "postgres",
                MaxPoolSize = 40,
            }.ConnectionString;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DatabaseException($"The private PostgreSQL in {_folder.Path} cannot be started: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_users is null)
        {
            return;
        }

        using var starting = await FolderLock.AloneAsync(_folder.StartLock, LockPatience, _time, CancellationToken.None);
        _users.Dispose();
        _users = null;
        using var alone = FolderLock.TryAlone(_folder.UsersLock);
        if (alone is not null && PrivatePostgresProcess.Find(_folder.Postgres) is { } running)
        {
            // Fast shutdown: open transactions are rolled back, what was committed is checkpointed.
            await Tool.RunAsync("sh", ["-c", "kill -INT \"$1\"", "sh", $"{running.Pid}"], CancellationToken.None);
            await WaitForEndAsync(running, CancellationToken.None);
        }
    }

    /// <summary>The server that runs already, once it takes connections; null where there is none, or where it ended meanwhile.</summary>
    private async Task<PrivatePostgresProcess?> AdoptAsync(CancellationToken cancel)
    {
        while (PrivatePostgresProcess.Find(_folder.Postgres) is { } running)
        {
            if (running.IsReady && running.TakesConnections())
            {
                return running;
            }

            await Task.Delay(Pause, _time, cancel);
        }

        return null;
    }

    /// <summary>After the postmaster alone was killed its last children may work on for a moment; the next one must wait for them.</summary>
    private async Task<PrivatePostgresProcess> StartServerPatientlyAsync(CancellationToken cancel)
    {
        var begun = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await StartServerAsync(cancel);
            }
            catch (DatabaseException e) when (
                e.Message.Contains("still in use", StringComparison.Ordinal) && _time.GetElapsedTime(begun) < StartPatience)
            {
                await Task.Delay(Pause * 10, _time, cancel);
            }
        }
    }

    private async Task<PrivatePostgresProcess> StartServerAsync(CancellationToken cancel)
    {
        var user = await PrivatePostgresUser.FindAsync(_folder, cancel);
        var files = new PrivatePostgresFolder(_folder, user);
        var binaries = await files.PrepareAsync(cancel);
        files.WriteSettings(await files.PrepareSocketFolderAsync(cancel));
        PrivatePostgresProcess.RemoveMisleadingPidFile(_folder.Postgres);

        // A session of its own: the Ctrl-C that ends us must not end it before we have drained.
        // The shell is there only to send its output to a file; paths are its arguments and are never read as shell text.
        string[] command = ["setsid", binaries["postgres"], "-D", _folder.Postgres];
        var start = new ProcessStartInfo("sh", ["-c", "log=$1; shift; exec \"$@\" > \"$log\" 2>&1 < /dev/null", "sh", _folder.PostgresLog, .. user.Prefix, .. command])
        {
            WorkingDirectory = _folder.Postgres,
        };
        var begun = _time.GetUtcNow();
        using var server = Process.Start(start)!;
        return await WaitUntilReadyAsync(server, begun, cancel);
    }

    private async Task<PrivatePostgresProcess> WaitUntilReadyAsync(Process server, DateTimeOffset begun, CancellationToken cancel)
    {
        while (true)
        {
            var found = PrivatePostgresProcess.Find(_folder.Postgres);
            if (found is { IsReady: true } && found.TakesConnections())
            {
                return found;
            }

            if (server.HasExited)
            {
                throw new DatabaseException($"The private PostgreSQL in {_folder.Path} did not start: {LastWords(begun)}");
            }

            // Recovery after a crash takes as long as it takes, and is seen in the pid file; only a silent one is given up.
            if (found is null && _time.GetUtcNow() - begun > StartPatience)
            {
                throw new DatabaseException($"The private PostgreSQL in {_folder.Path} gave no sign of life for {StartPatience.TotalSeconds:0} s: {LastWords(begun)}");
            }

            await Task.Delay(Pause, _time, cancel);
        }
    }

    private async Task WaitForEndAsync(PrivatePostgresProcess running, CancellationToken cancel)
    {
        var begun = _time.GetTimestamp();
        while (running.IsRunning(_folder.Postgres))
        {
            if (_time.GetElapsedTime(begun) > StopPatience)
            {
                throw new DatabaseException($"The private PostgreSQL (process {running.Pid}) has not ended within {StopPatience.TotalSeconds:0} s.");
            }

            await Task.Delay(Pause, _time, cancel);
        }
    }

    /// <summary>What PostgreSQL said before it ended: in its own log, or where that was not open yet, on its output.</summary>
    private string LastWords(DateTimeOffset since)
    {
        var logs = new DirectoryInfo(Path.Combine(_folder.Postgres, "log"));
        var lines = (logs.Exists ? logs.GetFiles().Where(f => f.LastWriteTimeUtc >= since) : [])
            .SelectMany(file => File.ReadLines(file.FullName).Where(line => line.Contains("FATAL", StringComparison.Ordinal)).TakeLast(1))
            .Concat(File.ReadLines(_folder.PostgresLog).TakeLast(4).Where(line => !line.Contains("HINT", StringComparison.Ordinal)));
        return string.Join(" ", lines.Select(line => line.Trim()));
    }
}
