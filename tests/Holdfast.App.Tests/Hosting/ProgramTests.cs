using System.Diagnostics;
using System.Net;
using Holdfast.Database;
using Holdfast.Testing.Database;
using Holdfast.Testing.Hosting;

namespace Holdfast.App.Tests.Hosting;

/// <summary>The real program with a private PostgreSQL, ended and broken in every way that a night can bring.</summary>
public sealed class ProgramTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _root = Directory.CreateTempSubdirectory("hf-program-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DataFolder Folder => new(Path.Combine(_root, "data"));

    public ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        // Adopts what a killed program left running, and stops it.
        await (await PrivatePostgres.StartAsync(Folder, TimeProvider.System, CancellationToken.None)).DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Killed_outright_it_leaves_PostgreSQL_running_and_the_next_one_adopts_it_and_stops_it_at_its_own_end()
    {
        var (first, _) = await ProgramProcess.ServeAsync(null, Folder.Path);
        var postgres = PrivatePostgresProcess.Find(Folder.Postgres);
        Assert.NotNull(postgres);

        await first.KillAsync();
        Assert.True(postgres.IsRunning(Folder.Postgres));
        var (second, url) = await ProgramProcess.ServeAsync(null, Folder.Path);

        Assert.Equal(postgres, PrivatePostgresProcess.Find(Folder.Postgres));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(url));
        Assert.Equal(0, await second.EndAsync());
        Assert.Null(PrivatePostgresProcess.Find(Folder.Postgres));
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task When_PostgreSQL_dies_requests_get_a_clear_503_until_it_was_started_again_by_itself()
    {
        var (program, url) = await ProgramProcess.ServeAsync(null, Folder.Path);
        await using var _ = program;
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(url));
        var before = PrivatePostgresProcess.Find(Folder.Postgres)!.Pid;

        Process.GetProcessById(before).Kill();

        var seen = new List<HttpStatusCode>();
        var begun = Stopwatch.StartNew();
        do
        {
            seen.Add(await ReadyAsync(url));
            Assert.True(begun.Elapsed < Patience, $"not ready again; seen {string.Join(' ', seen.Distinct())}\n{program.Output}");
        }
        while (PrivatePostgresProcess.Find(Folder.Postgres) is not { IsReady: true } now || now.Pid == before || seen[^1] != HttpStatusCode.OK);

        Assert.All(seen, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
        Assert.Contains(HttpStatusCode.ServiceUnavailable, seen);
        Assert.Contains("has died", program.Output, StringComparison.Ordinal);
        Assert.Equal(0, await program.EndAsync());
    }

    [Fact]
    public async Task A_server_and_another_verb_share_the_folder_and_the_server_goes_on_after_the_other_ended()
    {
        var (program, url) = await ProgramProcess.ServeAsync(null, Folder.Path);
        await using var _ = program;
        var file = Path.Combine(_root, "posts.csv");
        await File.WriteAllTextAsync(file, "id,time,author,text\n1,2026-03-01T10:00:00Z,ann,Acorn Air lost my bag\n", Cancel);

        await using var import = ProgramProcess.Start(null, "import", file, "--brand", "Acorn Air", "--network", "x", "--data", Folder.Path);

        Assert.True(await import.WaitAsync() == 0, import.Output);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(url));
        Assert.Equal(0, await program.EndAsync());
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=2;Database=x", "cannot be reached")]
    [InlineData("nonsense", "cannot be read")]
    public async Task A_database_that_cannot_be_used_is_one_clear_sentence_and_no_stack_trace(string database, string sentence)
    {
        await using var program = ProgramProcess.Start(database, "serve", "--port", "0", "--data", Folder.Path);

        Assert.Equal(1, await program.WaitAsync());

        Assert.Contains(sentence, program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_plainly()
    {
        var (program, url) = await ProgramProcess.ServeAsync(null, Folder.Path);
        await using var _ = program;

        await using var second = ProgramProcess.Start(null, "serve", "--port", $"{url.Port}", "--data", Folder.Path);

        Assert.Equal(1, await second.WaitAsync());
        Assert.Contains("--port", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(url));
        Assert.Equal(0, await program.EndAsync());
    }

    [Fact]
    public async Task Another_installations_key_is_refused_at_the_start_in_one_sentence_until_somebody_says_that_the_right_one_is_lost()
    {
        var database = await (await TestCluster.GetAsync()).CreateDatabaseAsync();
        await SealAsync(database);
        File.Delete(Folder.InstallationKey);

        await using (var wrong = ProgramProcess.Start(database, "serve", "--port", "0", "--data", Folder.Path))
        {
            Assert.Equal(1, await wrong.WaitAsync());
            Assert.Contains("is not the key", wrong.Output, StringComparison.Ordinal);
            Assert.Contains("--new-key", wrong.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", wrong.Output, StringComparison.Ordinal);
        }

        await using (var lost = ProgramProcess.Start(database, "serve", "--port", "0", "--data", Folder.Path, "--new-key"))
        {
            await SealAsync(await lost.UrlAsync());
            Assert.Equal(0, await lost.EndAsync());
        }

        await SealAsync(database);
    }

    /// <summary>The first page seals something, and so makes the first of the keys that lie in the database.</summary>
    private async Task SealAsync(string database)
    {
        var (program, url) = await ProgramProcess.ServeAsync(database, Folder.Path);
        await using var _ = program;
        await SealAsync(url);
        Assert.Equal(0, await program.EndAsync());
    }

    private static async Task SealAsync(Uri url)
    {
        using var client = new HttpClient { BaseAddress = url };
        Assert.Contains("__RequestVerificationToken", await client.GetStringAsync(new Uri("/", UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> ReadyAsync(Uri url)
    {
        using var client = new HttpClient { BaseAddress = url };
        return (await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).StatusCode;
    }
}
