using System.CommandLine;

namespace Holdfast.Database;

/// <summary><c>holdfast backup FILE</c></summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Where to write; an older backup of that name is replaced only when the new one is whole" };
        var command = new Command("backup", "Writes the whole database into one file; the server may go on meanwhile.") { file };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(Program.Data), Path.GetFullPath(parsed.GetRequiredValue(file)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? data, string path, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(data, cancel);
        var manifest = await Backup.WriteAsync(installation, path, TimeProvider.System.GetUtcNow(), cancel);
        Console.WriteLine($"{path}: {manifest.Tables.Sum(t => t.Rows):N0} rows of {manifest.Tables.Count} tables, {new FileInfo(path).Length / 1024.0 / 1024.0:N1} MB.");
        Console.WriteLine($"Keep a copy of {installation.Key.Path} apart from it: without that file the secrets in the backup stay shut.");
        return 0;
    }
}
