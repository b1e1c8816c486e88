namespace Holdfast.Database;

/// <summary>Where an installation keeps what is not in PostgreSQL, and PostgreSQL itself where it is private.</summary>
internal sealed record DataFolder(string Path)
{
    public const string Variable = "HOLDFAST_DATA";

    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    public string PostgresLog => System.IO.Path.Combine(Path, "postgres.log");

    /// <summary>Held shared by each program that uses the private PostgreSQL, for as long as it does.</summary>
    public string UsersLock => System.IO.Path.Combine(Path, "users.lock");

    /// <summary>Held alone by the one program that is starting or stopping the private PostgreSQL.</summary>
    public string StartLock => System.IO.Path.Combine(Path, "start.lock");

    public string InstallationKey => System.IO.Path.Combine(Path, "installation.key");

    /// <summary>The folder asked for, else <c>HOLDFAST_DATA</c>, else the usual place of the user who runs this.</summary>
    public static DataFolder Choose(string? asked)
    {
        if (string.IsNullOrWhiteSpace(asked))
        {
            asked = Environment.GetEnvironmentVariable(Variable);
        }

        return new DataFolder(System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(asked) ? Default() : asked).TrimEnd('/'));
    }

    /// <summary>Makes the folder; what is in it is guarded file by file.</summary>
    public void Create()
    {
        try
        {
            // Others may pass through but not look: started by root, PostgreSQL runs as another user and lives below.
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            if (Environment.IsPrivilegedProcess)
            {
                mode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            }

            Directory.CreateDirectory(Path, mode);
            File.WriteAllBytes(System.IO.Path.Combine(Path, ".writable"), []);
            File.Delete(System.IO.Path.Combine(Path, ".writable"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The data folder {Path} cannot be written: {e.Message} Choose another with --data.", e);
        }
    }

    private static string Default()
    {
        // Root's home is closed to the user that PostgreSQL must run as.
        if (Environment.IsPrivilegedProcess)
        {
            return "/var/lib/holdfast";
        }

        var share = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return System.IO.Path.Combine(share, "holdfast");
    }
}
