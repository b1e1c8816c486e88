namespace Holdfast.Database;

/// <summary>An advisory lock on a file (flock), let go by the kernel when its holder ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    public static FolderLock? TryAlone(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    public static FolderLock? TryShared(string path) => TryOpen(path, FileAccess.Read, FileShare.Read);

    public static Task<FolderLock> AloneAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancel) =>
        WaitAsync(TryAlone, path, patience, time, cancel);

    public static Task<FolderLock> SharedAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancel) =>
        WaitAsync(TryShared, path, patience, time, cancel);

    public void Dispose() => _file.Dispose();

    private static async Task<FolderLock> WaitAsync(
        Func<string, FolderLock?> tryTake, string path, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            if (tryTake(path) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(begun) > patience)
            {
                throw new DatabaseException($"Another Holdfast has held {path} for {patience.TotalSeconds:0} s. End it, then try again.");
            }

            await Task.Delay(Pause, time, cancel);
        }
    }

    private static FolderLock? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            // .NET keeps FileShare on Unix by flock: Read is a shared lock, None an exclusive one, neither waits.
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DatabaseException($"{path} cannot be opened: {e.Message} It belongs to another user.", e);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
