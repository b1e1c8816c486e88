namespace Holdfast.Database;

/// <summary>Who runs PostgreSQL. It refuses to run as root; then it is handed to an unprivileged user.</summary>
/// <param name="Prefix">What stands before a command so that it runs as that user; empty where it is ourselves.</param>
internal sealed record PrivatePostgresUser(string? Name, IReadOnlyList<string> Prefix)
{
    private const string Usual = "postgres";
    private const string Made = "holdfast";

    private static readonly PrivatePostgresUser Ourselves = new(null, []);

    public static async Task<PrivatePostgresUser> FindAsync(DataFolder folder, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Ourselves;
        }

        // A folder made by someone stays theirs, also when root starts it this time.
        var name = Directory.Exists(folder.Postgres) ? await OwnerAsync(folder.Postgres, cancel) : await UnprivilegedAsync(cancel);
        return new PrivatePostgresUser(name,
            ["setpriv", $"--reuid={name}", $"--regid={await GroupAsync(name, cancel)}", "--clear-groups", "--no-new-privs", "--"]);
    }

    public async Task<ToolResult> RunAsync(IReadOnlyList<string> command, string folder, CancellationToken cancel)
    {
        var whole = Prefix.Concat(command).ToList();
        return await Tool.RunAsync(whole[0], whole.Skip(1), cancel, folder);
    }

    /// <summary>Makes a folder that only this user may enter.</summary>
    public async Task MakeFolderAsync(string path, CancellationToken cancel)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Name is not null)
        {
            await Tool.RunAsync("chown", [Name, "--", path], cancel);
        }

        if (!(await RunAsync(["test", "-w", path], "/", cancel)).Succeeded)
        {
            throw new DatabaseException(await ExplainAsync(path, cancel));
        }
    }

    private async Task<string> ExplainAsync(string path, CancellationToken cancel)
    {
        if (Name is null)
        {
            return $"The folder {path} belongs to another user. Choose another data folder with --data.";
        }

        var closed = path;
        for (var above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above))
        {
            closed = (await RunAsync(["test", "-x", above], "/", cancel)).Succeeded ? closed : above;
        }

        return $"PostgreSQL refuses to run as root, so it runs as the user {Name}, who may not enter {closed}. "
            + "Choose a data folder elsewhere, such as --data /var/lib/holdfast, or start Holdfast as an ordinary user.";
    }

    private static async Task<string> OwnerAsync(string path, CancellationToken cancel) =>
        (await Tool.RunAsync("stat", ["-c", "%U", "--", path], cancel)).Output.Trim();

    private static async Task<string> GroupAsync(string name, CancellationToken cancel) =>
        (await Tool.RunAsync("id", ["-g", "--", name], cancel)).Output.Trim();

    private static async Task<string> UnprivilegedAsync(CancellationToken cancel)
    {
        foreach (var name in (string[])[Usual, Made])
        {
            if ((await Tool.RunAsync("id", ["-u", "--", name], cancel)).Succeeded)
            {
                return name;
            }
        }

        var added = await Tool.RunAsync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", Made], cancel);
        return added.Succeeded ? Made : throw new DatabaseException(
            $"PostgreSQL refuses to run as root, and no user for it could be made ({added.Error}). Start Holdfast as an ordinary user.");
    }
}
