using Holdfast.Listening;
using Holdfast.Testing;

namespace Holdfast.App.Tests.Listening;

public sealed class ImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("holdfast-import").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        await using var stage = await IntakeStage.StartAsync();
        var path = Write("posts.tsv", "tweet_id\tcreated_utc\tauthor\ttext\n1\t2026-03-01T10:00:00Z\tann\tAcorn Air lost my bag\n2\t2026-03-01T10:01:00Z\tbob\t@acornair is late\n3\t2026-03-01T10:02:00Z\tcid\tnothing of interest\n4\tyesterday\tdan\tAcorn Air\n");

        var first = await ImportAsync(stage, path);
        var pulse = await stage.RowsAsync("select p::text from pulse p order by 1");
        var second = await ImportAsync(stage, path);

        Assert.Equal((2, 1, 1), (first[IntakeVerdict.Accepted], first[IntakeVerdict.Unmatched], first[IntakeVerdict.Rejected]));
        Assert.Equal((0, 2), (second[IntakeVerdict.Accepted], second[IntakeVerdict.Duplicate]));
        Assert.Equal(pulse, await stage.RowsAsync("select p::text from pulse p order by 1"));
        Assert.Equal(2, pulse.Count);
        Assert.Equal(1, await stage.CountAsync("select count(*) from parked where source_id = @source and line = 5 and reason like '%yesterday%'"));
        Assert.Equal(1, await stage.CountAsync("select count(*) from parked where source_id = @source"));
    }

    internal static async Task<ImportSummary> ImportAsync(IntakeStage stage, string path)
    {
        using var reader = ImportReader.Open(new(path, "x", new Dictionary<string, string>()), new FakeTime(IntakeStage.Noon)).Value;
        return await stage.Imports.RunAsync(reader, stage.Target, (_, _) => { }, default);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
