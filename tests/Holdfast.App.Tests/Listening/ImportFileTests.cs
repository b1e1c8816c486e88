using System.Globalization;
using System.IO.Compression;
using System.Text;
using Holdfast.Core;
using Holdfast.Core.Listening;
using Holdfast.Listening;
using Holdfast.Testing;

namespace Holdfast.App.Tests.Listening;

/// <summary>How files of every kind are understood, or why not. No database is needed for that.</summary>
public sealed class ImportFileTests : IDisposable
{
    private const string Header = "id,created_at,author,text\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("holdfast-files").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("tweet_id\tcreated_utc\tairline\tauthor\ttext\n1\t2026-03-01T10:00:00Z\tX\tann\tHello there\n", "1", "ann")]
    [InlineData("Treść;Data publikacji;Autor;Id wpisu\n\"Hello there\";2026-03-01 10:00;ann;1\n", "1", "ann")]
    [InlineData("{\"id_str\":\"1\",\"created_at\":\"Sun Mar 01 10:00:00 +0000 2026\",\"full_text\":\"Hello there\",\"user\":{\"screen_name\":\"ann\"}}\n", "1", "ann")]
    [InlineData("Mention ID,Date (UTC),Author,Mention content\n1,\"03/01/2026 10:00\",@ann,Hello there\n2,03/15/2026 11:00,@ann,Hi\n", "1", "ann")]
    [InlineData("uri,timestamp,handle,message\n1,1772359200,ann,Hello there\n", "1", "ann")]
    [InlineData("uri,timestamp,handle,message\n1,1772359200000,ann,Hello there\n", "1", "ann")]
    [InlineData("guid|kiedy|autor|co napisano\n1|1.03.2026 10:00:00|ann|Hello there and so on and on\n", "1", "ann")]
    public async Task Columns_and_times_are_found_whatever_they_are_called(string content, string id, string author)
    {
        var posts = await PostsAsync(Write("a.txt", content));

        Assert.Equal((id, author), (posts[0].NetworkId, posts[0].Author.Handle));
        Assert.StartsWith("Hello there", posts[0].Text, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), posts[0].At);
    }

    [Fact]
    public async Task Times_without_a_zone_are_read_in_the_one_that_was_said()
    {
        var path = Write("a.csv", Header + "1,2026-03-01 10:00:00,ann,hi\n2,2026-07-01 10:00:00,ann,hi\n");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

        Assert.Equal([10, 10], (await PostsAsync(path)).Select(p => p.At.Hour));
        Assert.Equal([9, 8], (await PostsAsync(path, o => o with { Zone = zone })).Select(p => p.At.Hour));
    }

    [Fact]
    public async Task Quotes_hold_commas_lines_and_quotes()
    {
        var posts = await PostsAsync(Write("a.csv", Header + "1,2026-03-01T10:00:00Z,ann,\"one, \"\"two\"\"\nthree\"\r\n2,2026-03-01T10:00:00Z,\"\",\"\"\"x\"\"\"\n3,2026-03-01T10:00:00Z,5\" tall,fine\n"));

        Assert.Equal(["one, \"two\"\nthree", "\"x\"", "fine"], posts.Select(p => p.Text));
        Assert.Equal("5\" tall", posts[2].Author.Handle);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_own_line_only()
    {
        var content = new StringBuilder(Header).Append("1,2026-03-01T10:00:00Z,ann,\"oops\n");
        for (var i = 2; i < 2000; i++)
        {
            content.Append(CultureInfo.InvariantCulture, $"{i},2026-03-01T10:00:00Z,ann,fine {i}\n");
        }

        var (posts, bad) = await ReadAsync(Write("a.csv", content.ToString()));

        Assert.Equal(1998, posts.Count);
        Assert.Equal((2, "a quote is opened here and never closed"), (bad[0].Line, bad[0].Reason));
    }

    [Theory]
    [InlineData("utf-8", true, "UTF-8")]
    [InlineData("utf-16", true, "UTF-16")]
    [InlineData("utf-16", false, "UTF-16")]
    [InlineData("utf-16BE", true, "UTF-16, big end first")]
    [InlineData("windows-1250", false, "windows-1250")]
    public async Task Polish_letters_survive_every_encoding(string encoding, bool mark, string name)
    {
        var how = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        var bytes = how.GetBytes(Header + "1,2026-03-01T10:00:00Z,Łucja,zażółć gęślą jaźń, żółw\n".Replace(", ", " ", StringComparison.Ordinal));
        var path = Write("a.csv", mark ? [.. how.GetPreamble(), .. bytes] : bytes);

        using var reader = Open(path).Value;
        Assert.Equal(name, reader.File.Encoding.Name);
        Assert.Equal(["zażółć gęślą jaźń żółw"], (await PostsAsync(path)).Select(p => p.Text));
    }

    [Fact]
    public async Task Western_letters_are_told_from_Polish_ones_and_a_broken_row_is_named()
    {
        var western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Header + "1,2026-03-01T10:00:00Z,René,très déçu à Zürich\n");
        Assert.Equal("très déçu à Zürich", (await PostsAsync(Write("w.csv", western)))[0].Text);

        byte[] broken = [.. Encoding.UTF8.GetBytes(Header + "1,2026-03-01T10:00:00Z,ann,zażółć gęślą jaźń\n2,2026-03-01T10:00:00Z,ann,x"), 0xc5, (byte)'\n', .. "3,2026-03-01T10:00:00Z,ann,ok\n"u8];
        var (posts, bad) = await ReadAsync(Write("b.csv", broken));
        Assert.Equal(["1", "3"], posts.Select(p => p.NetworkId));
        Assert.Equal((3, "it is not valid UTF-8"), (bad[0].Line, bad[0].Reason));
        Assert.Contains((byte)0xc5, bad[0].Raw.ToArray());
    }

    [Fact]
    public async Task Gzip_is_known_by_its_bytes_and_a_torn_one_keeps_what_was_read()
    {
        var content = new StringBuilder(Header);
        var random = new Random(1);
        for (var i = 0; i < 40_000; i++)
        {
            content.Append(CultureInfo.InvariantCulture, $"{i},2026-03-01T10:00:00Z,ann,{random.NextInt64()} {random.NextInt64()}\n");
        }

        var packed = Gzip(Encoding.UTF8.GetBytes(content.ToString()));
        Assert.Equal(40_000, (await PostsAsync(Write("no-extension", packed))).Count);
        using var torn = Open(Write("torn.gz", packed[..(packed.Length / 2)])).Value;
        var read = 0;
        var failure = await Record.ExceptionAsync(async () =>
        {
            await foreach (var row in torn.ReadAsync(Cancel))
            {
                read += row.Item is null ? 0 : 1;
            }
        });
        Assert.True(failure is InvalidDataException, $"{failure}");
        Assert.InRange(read, 10_000, 30_000);
    }

    [Fact]
    public async Task A_gzip_bomb_is_stopped()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Header + "1,2026-03-01T10:00:00Z,ann,hi\n"), Cancel);
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 200; i++)
            {
                await gzip.WriteAsync(zeros.AsMemory(), Cancel);
            }
        }

        var opened = Open(Write("bomb.gz", packed.ToArray()));
        var failure = opened.Succeeded(out var reader)
            ? (await Record.ExceptionAsync(async () =>
            {
                await foreach (var _ in reader.ReadAsync(Cancel))
                {
                }
            }))?.Message
            : opened.Refusals[0].Message;
        Assert.NotNull(failure);
    }

    [Fact]
    public async Task A_line_of_fifty_megabytes_is_skipped_in_little_memory_and_its_beginning_is_kept()
    {
        var path = Path.Combine(_folder, "long.csv");
        await using (var file = File.Create(path))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(Header + "1,2026-03-01T10:00:00Z,ann,hi\n2,2026-03-01T10:00:00Z,ann,"), Cancel);
            var piece = Encoding.UTF8.GetBytes(new string('x', 1024 * 1024));
            for (var i = 0; i < 50; i++)
            {
                await file.WriteAsync(piece, Cancel);
            }

            await file.WriteAsync(Encoding.UTF8.GetBytes("\n3,2026-03-01T10:00:00Z,ann,hi\n"), Cancel);
        }

        var before = GC.GetTotalAllocatedBytes();
        var (posts, bad) = await ReadAsync(path);

        Assert.Equal(["1", "3"], posts.Select(p => p.NetworkId));
        Assert.Equal((3, 4096), (bad[0].Line, bad[0].Raw.Length));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 20 * 1024 * 1024);
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("  \n\n", "import.empty")]
    [InlineData("1,2026-03-01T10:00:00Z,ann,hello to you\n", "import.no-header")]
    [InlineData("a,b\n1,2\n", "import.no-column")]
    [InlineData("text,created_at\nhello,whenever\n", "import.unknown-times")]
    [InlineData("text,date\nhello,3/4/2026 10:00\n", "import.ambiguous-times")]
    [InlineData("text,text\nhello,x\n", "import.same-column-twice")]
    [InlineData("[{\"text\":1}]", "import.json-array")]
    [InlineData("PK\u0003\u0004and so on", "import.not-text")]
    [InlineData("%PDF-1.7 and so on", "import.not-text")]
    [InlineData("abc\0def\0\0\u0001\u0002", "import.not-text")]
    public void What_cannot_be_imported_is_refused_with_a_sentence(string content, string code)
    {
        var refusal = Open(Write("a.csv", content)).Refusals[0];

        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain('\0', refusal.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_column_that_is_not_there_are_named()
    {
        Assert.Contains("nowhere.csv", Open(Path.Combine(_folder, "nowhere.csv")).Refusals[0].Message, StringComparison.Ordinal);
        var path = Write("a.csv", Header + "1,2026-03-01T10:00:00Z,ann,hi\n");
        Assert.Contains("--map text=nosuch", Open(path, o => o with { Map = new Dictionary<string, string> { ["text"] = "nosuch" } }).Refusals[0].Message, StringComparison.Ordinal);
        Assert.Equal("import.unknown-role", Open(path, o => o with { Map = new Dictionary<string, string> { ["colour"] = "text" } }).Refusals[0].Code);
        Assert.Equal("import.no-such-encoding", Open(path, o => o with { Encoding = "klingon" }).Refusals[0].Code);
    }

    [Fact]
    public async Task Without_a_header_the_columns_are_said_by_number_and_without_ids_the_content_makes_them()
    {
        var path = Write("a.csv", "hello to you,2026-03-01T10:00:00Z\nhello to you,2026-03-01T10:00:01Z\n");
        var map = new Dictionary<string, string> { ["text"] = "1", ["time"] = "2" };

        var first = await PostsAsync(path, o => o with { Map = map });
        var second = await PostsAsync(path, o => o with { Map = map });

        Assert.Equal(2, first.Select(p => p.NetworkId).Distinct().Count());
        Assert.Equal(first.Select(p => p.NetworkId), second.Select(p => p.NetworkId));
    }

    [Fact]
    public async Task Ids_that_a_spreadsheet_rounded_are_not_believed()
    {
        var posts = await PostsAsync(Write("a.csv", Header + "5.67592E+17,2026-03-01T10:00:00Z,ann,one\n5.67592E+17,2026-03-01T10:00:01Z,ann,two\n"));
        Assert.Equal(2, posts.Select(p => p.NetworkId).Distinct().Count());
    }

    [Fact]
    public async Task Anything_at_all_is_read_or_refused_but_never_breaks()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(1, 4000)];
            var alphabet = Encoding.UTF8.GetBytes("\"\"\",;\t\n\n\r{}[]:ab1ż2026-03-01T10:00:00Z");
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = seed % 2 == 0 ? alphabet[random.Next(alphabet.Length)] : (byte)random.Next(256);
            }

            byte[] content = seed % 3 == 0 ? bytes : [.. Encoding.UTF8.GetBytes(Header + "1,2026-03-01T10:00:00Z,ann,hi\n"), .. bytes];
            if (Open(Write("fuzz", content)).Succeeded(out var reader))
            {
                var failure = await Record.ExceptionAsync(() => ReadAsync(reader));
                Assert.True(failure is null or InvalidDataException, $"Seed {seed}: {failure}");
            }
        }
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static Result<ImportReader> Open(string path, Func<ImportOptions, ImportOptions>? more = null)
    {
        var options = new ImportOptions(path, "x", new Dictionary<string, string>());
        return ImportReader.Open(more is null ? options : more(options), new FakeTime(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    private static Task<(List<Post> Posts, List<UnreadableItem> Bad)> ReadAsync(string path, Func<ImportOptions, ImportOptions>? more = null) =>
        ReadAsync(Open(path, more).Value);

    private static async Task<(List<Post> Posts, List<UnreadableItem> Bad)> ReadAsync(ImportReader opened)
    {
        using var reader = opened;
        var (posts, bad) = (new List<Post>(), new List<UnreadableItem>());
        await foreach (var (item, unreadable) in reader.ReadAsync(Cancel))
        {
            if (item is not null)
            {
                posts.Add(item.Post);
            }
            else
            {
                bad.Add(unreadable!);
            }
        }

        return (posts, bad);
    }

    private static async Task<List<Post>> PostsAsync(string path, Func<ImportOptions, ImportOptions>? more = null) => (await ReadAsync(path, more)).Posts;

    private string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
