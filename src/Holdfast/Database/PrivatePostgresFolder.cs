using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Database;

/// <summary>The files of the private PostgreSQL: made once, whole or not at all, and opened only by the version that made them.</summary>
internal sealed class PrivatePostgresFolder(DataFolder folder, PrivatePostgresUser user)
{
    // sun_path holds 108 bytes with the closing zero.
    private const int LongestSocketPath = 107;
    private const string SocketName = "/.s.PGSQL.5432";

    // Small, because it shares a modest machine with Holdfast; durable, because an acknowledged post must survive the plug.
    private const string Settings = """
        # Written by Holdfast at each start; changes here are lost.
        listen_addresses = ''
        unix_socket_permissions = 0700
        port = 5432
        max_connections = 120
        shared_buffers = 128MB
        work_mem = 8MB
        maintenance_work_mem = 64MB
        dynamic_shared_memory_type = posix
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = 512MB
        min_wal_size = 64MB
        checkpoint_timeout = 5min
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_min_messages = warning
        logging_collector = on
        log_directory = 'log'
        log_filename = 'postgres-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0

        """;

    /// <summary>Makes the files if there are none, and returns the programs of the version that can open them.</summary>
    public async Task<PostgresBinaries> PrepareAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(folder.Postgres))
        {
            await InitialiseAsync(cancel);
        }

        return FindMatching();
    }

    /// <summary>In the data folder where its path is short enough for a socket, else in a short folder named after it.</summary>
    public async Task<string> PrepareSocketFolderAsync(CancellationToken cancel)
    {
        var path = Path.Combine(folder.Path, "run");
        if (Encoding.UTF8.GetByteCount(path + SocketName) > LongestSocketPath || path.Contains(',', StringComparison.Ordinal))
        {
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Path)).AsSpan(0, 8));
            path = Path.Combine(Environment.IsPrivilegedProcess ? "/run" : "/tmp", $"holdfast-{name}");
        }

        await user.MakeFolderAsync(path, cancel);
        return path;
    }

    public void WriteSettings(string socketFolder)
    {
        var text = $"{Settings}unix_socket_directories = '{socketFolder.Replace("'", "''", StringComparison.Ordinal)}'\n";
        File.WriteAllText(Path.Combine(folder.Postgres, "postgresql.conf"), text);
    }

    private async Task InitialiseAsync(CancellationToken cancel)
    {
        var binaries = PostgresBinaries.Find() ?? throw new DatabaseException(
            $"No PostgreSQL {PostgresBinaries.OldestMajor} or later was found on this machine. Install it (on Debian: apt-get install postgresql), "
            + "or point HOLDFAST_DATABASE at a server elsewhere.");
        // A start that is killed leaves only this folder, which the next start throws away.
        var half = folder.Postgres + ".new";
        if (Directory.Exists(half))
        {
            Directory.Delete(half, recursive: true);
        }

        await user.MakeFolderAsync(half, cancel);
        // Everyone who can enter the socket's folder (mode 0700) is the owner or root: no password would keep them out.
        var made = await user.RunAsync(
            [binaries["initdb"], "-D", half, "-U", "holdfast", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"],
            half, cancel);
        if (!made.Succeeded)
        {
            throw new DatabaseException($"PostgreSQL could not make its files in {half}: {made.Error}");
        }

        Directory.Move(half, folder.Postgres);
    }

    private PostgresBinaries FindMatching()
    {
        var file = Path.Combine(folder.Postgres, "PG_VERSION");
        string text;
        try
        {
            text = File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"{folder.Postgres} is not a PostgreSQL folder that this user can open: {e.Message}", e);
        }

        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var major))
        {
            throw new DatabaseException($"{file} does not name a version of PostgreSQL: “{text}”. The data folder is damaged; restore a backup into a new one.");
        }

        return PostgresBinaries.Find(major) ?? throw new DatabaseException(
            $"The data folder {folder.Path} was made by PostgreSQL {major}; this machine has "
            + (PostgresBinaries.Find() is { } other ? $"{other.Major}. " : "none. ")
            + $"Install postgresql-{major}, or begin with a new folder and restore a backup into it.");
    }
}
