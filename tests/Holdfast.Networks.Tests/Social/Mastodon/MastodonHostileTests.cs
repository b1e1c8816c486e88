using System.Text.Json;
using System.Text.Json.Nodes;
using Holdfast.Core.Listening;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social.Mastodon;

/// <summary>A server may be broken, something else altogether, or an enemy's: nothing is thrown, nothing is believed, nothing is sent twice.</summary>
public sealed class MastodonHostileTests : IDisposable
{
    private const int Rounds = 3_000;

    private static readonly string Deep = new('[', 5_000);

    public static readonly TheoryData<string, string> Answers = new()
    {
        { "an HTML page", RawServer.Says("200 OK", "<!doctype html><title>Welcome to our hotel</title>", "content-type: text/html\r\n") },
        { "an HTML error page", RawServer.Says("502 Bad Gateway", "<html><h1>502</h1></html>", "content-type: text/html\r\n") },
        { "nothing", RawServer.Ok("") },
        { "no JSON", RawServer.Ok("{\"id\": ") },
        { "a number", RawServer.Ok("42") },
        { "null", RawServer.Ok("null") },
        { "a list of nonsense", RawServer.Ok("[null, 1, \"x\", {}, [], {\"id\": null}, {\"id\": {}, \"created_at\": 7}]") },
        { "an object of nonsense", RawServer.Ok("{\"id\": [], \"acct\": {}, \"account\": 1, \"configuration\": [], \"version\": {}, \"params\": \"x\"}") },
        { "an id that is a path", RawServer.Ok("[{\"id\": \"../../oauth\", \"scheduled_at\": \"2026-01-01\", \"params\": {}, \"created_at\": \"2999-01-01\", \"account\": {}}]") },
        { "half a surrogate", RawServer.Ok("{\"id\": \"\\ud83d\", \"acct\": \"\\udc00\", \"error\": \"\\ud800\", \"account\": {}}") },
        { "depth", RawServer.Ok(Deep) },
        { "control signs", RawServer.Ok("\u0000\u0001\u0002\uFFFD\u0007") },
        { "a redirect", RawServer.Says("301 Moved Permanently", "", "location: http://169.254.169.254/latest\r\n") },
        { "a redirect to https", RawServer.Says("307 Temporary Redirect", "", "location: https://elsewhere.example/api\r\n") },
        { "the end", null! },
        { "less than was promised", "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{\"id\":\"1\"" },
        { "no HTTP", "SSH-2.0-OpenSSH_9.2 connection: close\r\n" },
        { "an error with everything", RawServer.Says("422 Unprocessable Entity", $"{{\"error\": \"{new string('x', 100_000)}\"}}") },
        { "too large", RawServer.Ok("[" + new string(' ', 9 * 1024 * 1024) + "]") },
    };

    private readonly NetworkHttp _http = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_a_server_answers_nothing_is_thrown_and_nothing_believed(string what, string? answer)
    {
        await using var server = new RawServer(_ => answer);
        var publisher = new MastodonPublisher(_http, TimeProvider.System);
        var account = Account(server.Address);
        var post = new OutgoingPost("key", "Hello", null, null, [], new PostOptions(), DateTimeOffset.UnixEpoch);
        var at = TimeProvider.System.GetUtcNow().AddDays(1);

        AssertPlain(what, (await publisher.SignInAsync(new SignIn(server.Address, "", "token"), Cancel)).Failure);
        AssertPlain(what, (await publisher.LimitsAsync(account, Cancel)).Failure);
        AssertPlain(what, (await publisher.ListScheduledAsync(account, Cancel)).Failure);
        AssertPlain(what, (await publisher.PutBackAsync(account, new NetworkScheduled("1", at, "x", "{}"), "k", Departure.Free(), Cancel)).Failure);
        Assert.IsType<FindOutcome.CannotTell>(await publisher.FindAsync(account, post, Cancel));

        var writes = server.Requests.Count(r => r.Line.StartsWith("POST", StringComparison.Ordinal));
        var sent = await publisher.SendAsync(account, post, Departure.Free(), Cancel);
        Assert.False(sent is SendOutcome.Sent or SendOutcome.Stopped, what);
        Assert.Equal(writes + 1, server.Requests.Count(r => r.Line.StartsWith("POST", StringComparison.Ordinal)));
        Assert.IsType<SendOutcome.Rejected>(await publisher.SendAsync(account, post with { Media = [new OutgoingMedia("image/png", new byte[1], "x")] }, Departure.Free(), Cancel));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time()
    {
        var time = new FakeTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        using var http = new NetworkHttp(time);
        await using var server = new RawServer(_ => "");
        var asked = new MastodonPublisher(http, time).SignInAsync(new SignIn(server.Address, "", "token"), Cancel);
        await AdvanceUntilAsync(time, asked);
        Assert.Equal(NetworkFailure.TimedOut, (await asked).Failure!.Kind);
    }

    [Fact]
    public async Task A_picture_that_is_worked_on_for_ever_is_given_up_in_time()
    {
        var time = new FakeTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var town = await Town.BuildAsync(time);
        town.Server.Limits = town.Server.Limits with { Processing = TimeSpan.FromDays(1) };
        var sending = town.Publisher.SendAsync(
            town.Account, town.Post("Look") with { Media = [new OutgoingMedia("image/png", new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "x")] }, Departure.Free(), Cancel);
        await AdvanceUntilAsync(time, sending);
        Assert.Equal((NetworkFailure.MediaRefused, true), (Assert.IsType<SendOutcome.Rejected>(await sending).Failure.Kind, ((SendOutcome.Rejected)await sending).Failure.Retryable));
        Assert.Empty(town.World.Statuses);
    }

    [Theory]
    [InlineData("event: update\ndata: {\"id\": 1\n\nevent: update\ndata: nonsense\n\nevent: delete\ndata: ../../x\n\n:thump\nevent: unheard.of\ndata: 1\n\ndata: alone\n\n", 2)]
    [InlineData("event: update\ndata: {}\n\nevent: notification\ndata: {\"type\":\"mention\"}\n\nevent: status.update\ndata: null\n\n", 2)]
    public async Task What_a_stream_says_wrongly_is_kept_as_unreadable_and_the_rest_goes_on(string said, int unreadable)
    {
        await using var server = new RawServer(r => Answer(r.Line, said));
        await using var ear = new Ear(new MastodonSource(_http, TimeProvider.System, MastodonChannel.Account), new SourceRequest(server.Address, Account(server.Address), null));
        await ear.UntilAsync(e => e.Batches.Sum(b => b.Unreadable.Count) >= unreadable && e.Batches.Any(b => b.Trouble is not null));
        Assert.Empty(ear.Texts);
        Assert.DoesNotContain(ear.Batches, b => b.DeletedIds.Count > 0);
    }

    [Fact]
    public async Task An_event_without_end_is_given_up()
    {
        await using var server = new RawServer(r => Answer(r.Line, "event: update\ndata: " + new string('x', MastodonWire.MaxEvent + 100_000)));
        await using var ear = new Ear(new MastodonSource(_http, TimeProvider.System, MastodonChannel.Public), new SourceRequest(server.Address, Account(server.Address), null));
        await ear.UntilAsync(e => e.Batches.Any(b => b.Trouble?.Detail.Contains("larger than any status", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task A_stream_on_a_host_that_is_not_encrypted_does_not_get_the_token()
    {
        var instance = "{\"version\":\"4.3.2\",\"domain\":\"a.example\",\"configuration\":{\"urls\":{\"streaming\":\"ws://stream.elsewhere.example\"}}}";
        await using var server = new RawServer(r => r.Line.Contains("/api/v2/instance", StringComparison.Ordinal) ? RawServer.Ok(instance) : RawServer.Ok("[]"));
        await using var ear = new Ear(new MastodonSource(_http, TimeProvider.System, MastodonChannel.Public), new SourceRequest(server.Address, Account(server.Address), null));
        await ear.UntilAsync(_ => server.Requests.Any(r => r.Line.Contains("/api/v1/streaming", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_mangled_status_is_a_good_post_or_none()
    {
        const int seed = 4_711;
        await using var town = await Town.BuildAsync();
        var json = town.Server.Json.Status(town.World.Say(town.Ola, "@newsroom see https://example.org #a\nb")).ToJsonString();
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var node = JsonNode.Parse(json)!;
            for (var i = random.Next(1, 4); i > 0; i--)
                Mangle(node, random);
            using var document = JsonDocument.Parse(node.ToJsonString());
            var posts = new MastodonPosts("a.example", null, TimeProvider.System);
            posts.Add(document.RootElement);
            var batch = posts.Take(new MastodonCursor(null, null));
            Assert.Equal(1, batch.Posts.Count + batch.Unreadable.Count);
            Assert.All(batch.Posts, p => Assert.True(PostRules.Check(p.Post).Succeeded(out _), $"seed {seed}, round {round}"));
        }
    }

    private static void Mangle(JsonNode status, Random random)
    {
        var target = random.Next(3) == 0 ? status["account"] as JsonObject ?? status.AsObject() : status.AsObject();
        var name = target.Select(p => p.Key).ElementAt(random.Next(target.Count));
        target[name] = random.Next(10) switch
        {
            0 => null,
            1 => 7,
            2 => "",
            3 => new JsonArray("x", null),
            4 => new JsonObject { ["id"] = "9", ["content"] = "<p>x" },
            5 => new string('é', 30_000),
            6 => "\0\u0007\u202E",
            7 => -1,
            8 => "javascript:alert(1)",
            _ => "9999-12-31T23:59:59Z",
        };
    }

    private static string Answer(string line, string stream) =>
        line.Contains("/api/v2/instance", StringComparison.Ordinal) ? RawServer.Ok("{\"version\":\"4.3.2\"}")
        : line.Contains("/streaming/", StringComparison.Ordinal) ? $"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{stream}"
        : RawServer.Ok("[]");

    private static async Task AdvanceUntilAsync(FakeTime time, Task done)
    {
        // Real I/O goes on between two steps of the fake clock, so the clock is moved little by little until it is over.
        while (await Task.WhenAny(done, Task.Delay(20, Cancel)) != done)
            time.Advance(TimeSpan.FromSeconds(1));
    }

    private static AccountAccess Account(Uri server) => new(server, "1", "a@b.example", MastodonSecret.Write("token"), (_, _) => Task.CompletedTask);

    private static void AssertPlain(string what, Failure? failure)
    {
        Assert.True(failure is not null, what);
        Assert.InRange(failure.Detail.Length, 10, 600);
        Assert.DoesNotContain("Exception", failure.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("token", failure.Detail, StringComparison.Ordinal);
    }
}
