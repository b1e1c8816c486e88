using Dapper;
using Holdfast.Database;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Database;

public sealed class BackupTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _root = Directory.CreateTempSubdirectory("hf-backup-").FullName;
    private Installation _here = null!;
    private Installation _there = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_root, "holdfast.backup");

    public async ValueTask InitializeAsync()
    {
        var cluster = await TestCluster.GetAsync();
        _here = await OpenAsync("here", await cluster.CreateDatabaseAsync());
        _there = await OpenAsync("there", await cluster.CreateEmptyDatabaseAsync());
        await Rows.FillAsync(_here.Store, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Every_row_of_every_table_comes_back_as_it_was()
    {
        var manifest = await Backup.WriteAsync(_here, FilePath, Noon, Cancel);

        await Restore.ReadAsync(_there, FilePath, replace: false, Cancel);

        var before = await Rows.ReadAsync(_here.Store, Cancel);
        Assert.Equal(before, await ReadWithoutItsFreezeAsync(_there));
        Assert.Equal(before.Count, manifest.Tables.Sum(t => t.Rows));
        Assert.Equal(Schema.Newest, manifest.Schema);
        // What guards the rows came along: the timeline still only grows.
        await using var connection = await _there.Store.OpenAsync(Cancel);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync("delete from timeline_entry"));
    }

    [Fact]
    public async Task Only_the_owner_may_read_it_and_no_half_written_file_is_left()
    {
        await Backup.WriteAsync(_here, FilePath, Noon, Cancel);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_root));
    }

    [Fact]
    public async Task A_target_with_data_is_refused_untouched_unless_it_is_to_be_replaced()
    {
        await Backup.WriteAsync(_here, FilePath, Noon, Cancel);
        await Restore.ReadAsync(_there, FilePath, replace: false, Cancel);
        await ExecuteAsync(_there, "update brand set name = 'changed'");

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => Restore.ReadAsync(_there, FilePath, replace: false, Cancel));
        Assert.Contains("--replace", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("changed", await ReadAsync<string>(_there, "select name from brand"));

        await Restore.ReadAsync(_there, FilePath, replace: true, Cancel);
        Assert.Equal(await Rows.ReadAsync(_here.Store, Cancel), await ReadWithoutItsFreezeAsync(_there));
    }

    [Theory]
    [InlineData("foreign")]
    [InlineData("empty")]
    [InlineData("cut short")]
    [InlineData("one byte changed")]
    [InlineData("another zip")]
    public async Task A_file_that_is_not_a_whole_backup_is_refused_before_anything_is_touched(string damage)
    {
        await Backup.WriteAsync(_here, FilePath, Noon, Cancel);
        var whole = await File.ReadAllBytesAsync(FilePath, Cancel);
        await File.WriteAllBytesAsync(FilePath, Damage(whole, damage), Cancel);
        await ExecuteAsync(_there, "create table mine ()");

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => Restore.ReadAsync(_there, FilePath, replace: true, Cancel));

        Assert.Contains("not a whole backup", refusal.Message, StringComparison.Ordinal);
        Assert.True(await ReadAsync<bool>(_there, "select to_regclass('mine') is not null"));
    }

    [Fact]
    public async Task Rows_that_do_not_come_back_as_the_manifest_says_undo_the_whole_restore()
    {
        await Backup.WriteAsync(_here, FilePath, Noon, Cancel);
        await RewriteManifestAsync(m => m with { Tables = [.. m.Tables.Select(t => t.Name == "brand" ? t with { Checksum = "1" } : t)] });
        await ExecuteAsync(_there, "create table mine ()");

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => Restore.ReadAsync(_there, FilePath, replace: true, Cancel));

        Assert.Contains("brand", refusal.Message, StringComparison.Ordinal);
        Assert.True(await ReadAsync<bool>(_there, "select to_regclass('mine') is not null"));
        Assert.False(await ReadAsync<bool>(_there, "select to_regclass('brand') is not null"));
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused()
    {
        await Backup.WriteAsync(_here, FilePath, Noon, Cancel);
        await RewriteManifestAsync(m => m with { Schema = Schema.Newest + 1 });

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => Restore.ReadAsync(_there, FilePath, replace: false, Cancel));

        Assert.Contains("newer Holdfast", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_others_are_using_is_not_replaced_under_them()
    {
        await Backup.WriteAsync(_here, FilePath, Noon, Cancel);
        await using var server = new Store(_there.ConnectionString);
        await using var connection = await server.OpenAsync(Cancel);

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => Restore.ReadAsync(_there, FilePath, replace: false, Cancel));

        Assert.Contains("Others are using", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_or_written_is_said_plainly()
    {
        var missing = await Assert.ThrowsAsync<DatabaseException>(() => Restore.ReadAsync(_there, Path.Combine(_root, "none"), replace: false, Cancel));
        var nowhere = await Assert.ThrowsAsync<DatabaseException>(() => Backup.WriteAsync(_here, Path.Combine(_root, "no", "folder"), Noon, Cancel));

        Assert.Contains("cannot be opened", missing.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", nowhere.Message, StringComparison.Ordinal);
    }

    /// <summary>A restored database is frozen; there is one such freeze, and nothing else is changed by it.</summary>
    private static async Task<IReadOnlyList<string>> ReadWithoutItsFreezeAsync(Installation restored)
    {
        Assert.Equal(1, await ReadAsync<long>(restored, "select count(*) from \"freeze\" where placed_by = 'restore' and lifted_at is null"));
        await ExecuteAsync(restored, "delete from \"freeze\" where placed_by = 'restore'; update freeze_gate set epoch = epoch - 1");
        return await Rows.ReadAsync(restored.Store, Cancel);
    }

    private static byte[] Damage(byte[] whole, string damage)
    {
        switch (damage)
        {
            case "foreign":
                return "id,text\n1,hello\n"u8.ToArray();
            case "empty":
                return [];
            case "cut short":
                return whole[..(whole.Length * 2 / 3)];
            case "one byte changed":
                whole[whole.Length / 2] ^= 1;
                return whole;
            default:
                using (var stream = new MemoryStream())
                {
                    using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create))
                    {
                        zip.CreateEntry("word/document.xml");
                    }

                    return stream.ToArray();
                }
        }
    }

    private async Task RewriteManifestAsync(Func<BackupManifest, BackupManifest> change)
    {
        await using var zip = await System.IO.Compression.ZipFile.OpenAsync(FilePath, System.IO.Compression.ZipArchiveMode.Update, Cancel);
        var entry = zip.GetEntry(BackupManifest.Entry)!;
        string text;
        using (var reader = new StreamReader(await entry.OpenAsync(Cancel)))
        {
            text = await reader.ReadToEndAsync(Cancel);
        }

        entry.Delete();
        await using var writer = new StreamWriter(await zip.CreateEntry(BackupManifest.Entry).OpenAsync(Cancel));
        await writer.WriteAsync(Json.Write(change(Json.Read<BackupManifest>(text))));
    }

    private Task<Installation> OpenAsync(string name, string address) =>
        Installation.OpenUnpreparedAsync(new DataFolder(Path.Combine(_root, name)), address, TimeProvider.System, Cancel);

    private static async Task ExecuteAsync(Installation installation, string sql)
    {
        await using var connection = await installation.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(sql);
    }

    private static async Task<T?> ReadAsync<T>(Installation installation, string sql)
    {
        await using var connection = await installation.Store.OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<T>(sql);
    }
}
