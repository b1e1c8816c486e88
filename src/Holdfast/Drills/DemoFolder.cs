using Holdfast.Database;

namespace Holdfast.Drills;

/// <summary>The demo's own data folder, emptied at each start. Only a folder that a demo made is ever emptied.</summary>
internal static class DemoFolder
{
    private const string Mark = "this-is-a-demo";

    public static DataFolder Choose(string? asked) =>
        asked is not null ? new DataFolder(Path.GetFullPath(asked)) : new DataFolder(DataFolder.Choose(null).Path + "-demo");

    /// <exception cref="DatabaseException">The folder holds something that is no demo's, or a demo is running in it.</exception>
    public static void Empty(DataFolder folder)
    {
        if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
        {
            if (!File.Exists(Path.Combine(folder.Path, Mark)))
            {
                throw new DatabaseException($"{folder.Path} holds something that no demo made. Choose another folder with --data.");
            }

            using (var alone = FolderLock.TryAlone(folder.UsersLock))
            {
                if (alone is null)
                {
                    throw new DatabaseException($"A demo is already running in {folder.Path}. End it, or choose another folder with --data.");
                }
            }

            EndLeftOver(folder);
            Directory.Delete(folder.Path, recursive: true);
        }

        folder.Create();
        File.WriteAllText(Path.Combine(folder.Path, Mark), "Made by ./holdfast demo, which empties this folder at each start.\n");
    }

    /// <summary>A demo that was killed outright leaves its PostgreSQL running.</summary>
    private static void EndLeftOver(DataFolder folder)
    {
        if (PrivatePostgresProcess.Find(folder.Postgres) is { } running)
        {
            using var process = System.Diagnostics.Process.GetProcessById(running.Pid);
            process.Kill();
            process.WaitForExit();
        }
    }
}
