using System.CommandLine;

namespace Holdfast.Database;

/// <summary><c>holdfast restore FILE</c></summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "What holdfast backup wrote" };
        var replace = new Option<bool>("--replace") { Description = "Put it in the place of the data that is there" };
        var command = new Command("restore", "Puts a backup back, whole or not at all.") { file, replace };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(Program.Data), Path.GetFullPath(parsed.GetRequiredValue(file)), parsed.GetValue(replace), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? data, string path, bool replace, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenUnpreparedAsync(data, cancel);
        var manifest = await Restore.ReadAsync(installation, path, replace, cancel);
        Console.WriteLine($"Restored {manifest.Tables.Sum(t => t.Rows):N0} rows of {manifest.Tables.Count} tables as they were at {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC, each table counted and compared.");
        if (manifest.Key != installation.Key.Fingerprint)
        {
            Console.WriteLine($"The backup was sealed with another installation's key. Put that installation.key in the place of {installation.Key.Path} before the server starts; if it is lost for good, start the server once with --new-key.");
        }

        return 0;
    }
}
