using System.Data;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Holdfast.Database;

/// <summary>Writes the whole database into one file while everything goes on: one snapshot for the dump and for the counts.</summary>
internal static class Backup
{
    public static async Task<BackupManifest> WriteAsync(Installation installation, string path, DateTimeOffset now, CancellationToken cancel)
    {
        var half = $"{path}.{Environment.ProcessId}.part";
        try
        {
            BackupManifest manifest;
            await using (var file = new FileStream(half, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                manifest = await WriteAsync(installation, file, now, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, path, overwrite: true);
            return manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The backup cannot be written to {path}: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(half))
            {
                File.Delete(half);
            }
        }
    }

    private static async Task<BackupManifest> WriteAsync(Installation installation, Stream file, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await installation.Store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var snapshot = await BackupSql.ExportSnapshotAsync(transaction);
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);

        string sha256;
        // The dump is compressed already.
        await using (var entry = await zip.CreateEntry(BackupManifest.DumpEntry, CompressionLevel.NoCompression).OpenAsync(cancel))
        {
            sha256 = await DumpAsync(installation, snapshot!, entry, cancel);
        }

        var version = typeof(Backup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var manifest = new BackupManifest(
            BackupManifest.ThisFormat, version, await BackupSql.SchemaAsync(transaction), now, installation.Key.Fingerprint, sha256,
            await BackupSql.CountAsync(transaction));
        await using var text = new StreamWriter(await zip.CreateEntry(BackupManifest.Entry).OpenAsync(cancel));
        await text.WriteAsync(Json.Write(manifest));
        return manifest;
    }

    private static async Task<string> DumpAsync(Installation installation, string snapshot, Stream target, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var start = PostgresClient.Start(
            installation.ConnectionString, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema=public", $"--snapshot={snapshot}");
        await PostgresClient.RunAsync(start, async dump =>
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = await dump.ReadAsync(buffer, cancel)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }, cancel);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
