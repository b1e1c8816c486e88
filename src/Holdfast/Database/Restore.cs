using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Holdfast.Database;

/// <summary>
/// Puts a backup back. The file is proven whole before anything is touched; then one transaction empties the schema, fills it,
/// counts it again and freezes it, so that the database is afterwards either what the backup says, with nothing on its way, or what it was before.
/// </summary>
internal static class Restore
{
    // The dump names its schema and makes it again.
    private const string EmptySql = "set client_min_messages = warning; drop schema if exists public cascade;";

    /// <param name="installation">Opened without bringing its schema up to date.</param>
    /// <param name="path">What <see cref="Backup"/> wrote.</param>
    /// <param name="replace">False refuses a database that has rows.</param>
    /// <param name="cancel">Ends it; nothing is changed then.</param>
    public static async Task<BackupManifest> ReadAsync(Installation installation, string path, bool replace, CancellationToken cancel)
    {
        var work = Directory.CreateTempSubdirectory("holdfast-restore-").FullName;
        try
        {
            var dump = Path.Combine(work, "dump");
            var manifest = await UnpackAsync(path, dump, cancel);
            await CheckTargetAsync(installation, replace, cancel);

            var script = Path.Combine(work, "script.sql");
            await ScriptAsync(installation, dump, script, cancel);
            var check = Path.Combine(work, "check.sql");
            await File.WriteAllTextAsync(check, BackupSql.CheckSql(manifest.Tables) + RestoredPosts.HoldSql(manifest.MadeAt), cancel);
            var run = PostgresClient.Start(
                installation.ConnectionString, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
                $"--command={EmptySql}", $"--file={script}", $"--file={check}");
            await PostgresClient.RunAsync(run, output => output.CopyToAsync(Stream.Null, cancel), cancel);
            await Schema.ApplyAsync(installation.Store.DataSource, cancel);
            return manifest;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<BackupManifest> UnpackAsync(string path, string dump, CancellationToken cancel)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(path, cancel);
            var manifest = await ManifestAsync(zip, cancel);
            if (manifest.Schema > Schema.Newest)
            {
                throw new DatabaseException(
                    $"{path} was made by a newer Holdfast ({manifest.Version}, schema {manifest.Schema}); this one knows schema {Schema.Newest}. Restore it with the newer program.");
            }

            await using var packed = await zip.GetEntry(BackupManifest.DumpEntry)!.OpenAsync(cancel);
            await using var file = File.Create(dump);
            await packed.CopyToAsync(file, cancel);
            file.Position = 0;
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
            return sha256 == manifest.Sha256 ? manifest : throw new InvalidDataException("its content is not what was written");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The backup {path} cannot be opened: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or IOException)
        {
            throw new DatabaseException($"{path} is not a whole backup made by Holdfast: {e.Message.TrimEnd('.')}. Nothing was changed.", e);
        }
    }

    private static async Task<BackupManifest> ManifestAsync(ZipArchive zip, CancellationToken cancel)
    {
        var entry = zip.GetEntry(BackupManifest.Entry) ?? throw new InvalidDataException("it has no manifest");
        await using var stream = await entry.OpenAsync(cancel);
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, Json.Options, cancel);
        return manifest is { Format: BackupManifest.ThisFormat, Tables: not null } && zip.GetEntry(BackupManifest.DumpEntry) is not null
            ? manifest
            : throw new InvalidDataException("its manifest is of another kind");
    }

    private static async Task CheckTargetAsync(Installation installation, bool replace, CancellationToken cancel)
    {
        await using var connection = await installation.Store.OpenAsync(cancel);
        if (!replace && await BackupSql.HasRowsAsync(connection))
        {
            throw new DatabaseException("The database already holds data. Say --replace to put the backup in its place; what is there now is then gone. Nothing was changed.");
        }

        if (await BackupSql.OthersAsync(connection) is > 0 and var others)
        {
            throw new DatabaseException($"Others are using the database ({others} connections). End every holdfast that runs on it, then restore. Nothing was changed.");
        }
    }

    private static async Task ScriptAsync(Installation installation, string dump, string script, CancellationToken cancel)
    {
        var start = PostgresClient.Start(
            installation.ConnectionString, "pg_restore", "--no-owner", "--no-privileges", $"--file={script}", dump);
        await PostgresClient.RunAsync(start, output => output.CopyToAsync(Stream.Null, cancel), cancel);
    }
}
