using System.Text;
using System.Text.Json;
using Holdfast.Core.Publishing;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Tests.AtProto;
using Holdfast.Testing.Social;

namespace Holdfast.Networks.Tests.Social.Bluesky;

public sealed class BlueskyPublisherTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
    private readonly AtProtoServer _server;
    private readonly NetworkHttp _http = new(TimeProvider.System);
    private readonly BlueskyPublisher _bluesky;
    private static int _keys;

    public BlueskyPublisherTests(AtProtoServer server) => (_server, _bluesky) = (server, new BlueskyPublisher(_http));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_stands_there_as_it_was_written()
    {
        var account = await _server.SignedInAsync(_http);
        var other = await _server.SignedInAsync(_http);
        var post = Post($"Zażółć 👩‍👩‍👧‍👦 @{other.Handle} @nobody.test #recall https://example.com/a.") with
        {
            Language = "pl",
            Media = [new("image/png", Png, "Czerwony kwadrat", 1, 1)],
        };
        var gate = Departure.Free();
        var sent = Assert.IsType<SendOutcome.Sent>(await _bluesky.SendAsync(account, post, gate, Cancel)).Post;
        Assert.Equal(2, gate.Asked);
        var record = Assert.Single(await _server.PostsAsync(account));
        Assert.Equal((sent.Id, sent.Revision), (record.GetProperty("uri").GetString(), record.GetProperty("cid").GetString()));
        Assert.StartsWith($"https://bsky.app/profile/{account.Handle}/post/", sent.Url);
        var value = record.GetProperty("value");
        Assert.Equal(post.Text, value.GetProperty("text").GetString());
        Assert.Equal("2026-03-02T12:00:00.000Z", value.GetProperty("createdAt").GetString());
        Assert.Equal("pl", Assert.Single(value.GetProperty("langs").EnumerateArray()).GetString());
        var image = Assert.Single(value.GetProperty("embed").GetProperty("images").EnumerateArray());
        Assert.Equal("Czerwony kwadrat", image.GetProperty("alt").GetString());
        Assert.Equal(
            [$"@{other.Handle} {other.NetworkId}", "#recall recall", "https://example.com/a https://example.com/a"],
            value.GetProperty("facets").EnumerateArray().Select(f => $"{Cut(post.Text, f.GetProperty("index"))} {Target(f.GetProperty("features")[0])}"));
    }

    [Fact]
    public async Task A_reply_names_its_parent_and_the_first_of_the_thread()
    {
        var account = await _server.SignedInAsync(_http);
        var first = await SentAsync(account, Post("first"));
        var second = await SentAsync(account, Post("second") with { ReplyTo = first });
        var third = await SentAsync(account, Post("third") with { ReplyTo = new(second.Id) });
        var record = (await _server.PostsAsync(account)).Single(p => p.GetProperty("uri").GetString() == third.Id).GetProperty("value").GetProperty("reply");
        Assert.Equal((first.Id, first.Revision), Strong(record.GetProperty("root")));
        Assert.Equal((second.Id, second.Revision), Strong(record.GetProperty("parent")));
        Assert.Equal((first.Id, first.Revision), (third.RootId, third.RootRevision));
    }

    [Fact]
    public async Task Nobody_answers_a_post_that_was_deleted()
    {
        var account = await _server.SignedInAsync(_http);
        var first = await SentAsync(account, Post("gone soon"));
        Assert.IsType<SendOutcome.Sent>(await _bluesky.DeleteAsync(account, first, Departure.Free(), Cancel));
        var failure = Rejected(await _bluesky.SendAsync(account, Post("to thin air") with { ReplyTo = first }, Departure.Free(), Cancel));
        Assert.Equal((NetworkFailure.ReplyGone, false), (failure.Kind, failure.Retryable));
        Assert.Empty(await _server.PostsAsync(account));
    }

    [Fact]
    public async Task The_same_post_sent_again_is_there_once()
    {
        var account = await _server.SignedInAsync(_http);
        var post = Post("once");
        var first = await SentAsync(account, post);
        Assert.Equal(first, await SentAsync(account, post));
        Assert.Equal(first, await SentAsync(account, post with { At = post.At.AddMinutes(3) }));
        Assert.Single(await _server.PostsAsync(account));
        Assert.Equal(first, Assert.IsType<FindOutcome.Found>(await _bluesky.FindAsync(account, post, Cancel)).Post);
    }

    [Fact]
    public async Task Another_text_under_the_same_key_replaces_nothing()
    {
        var account = await _server.SignedInAsync(_http);
        var post = Post("the first words");
        await SentAsync(account, post);
        Assert.IsType<SendOutcome.Unknown>(await _bluesky.SendAsync(account, post with { Text = "other words" }, Departure.Free(), Cancel));
        Assert.Equal("the first words", Assert.Single(await _server.PostsAsync(account)).GetProperty("value").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_until_the_network_was_asked_and_a_repeat_is_harmless()
    {
        var account = await _server.SignedInAsync(_http);
        await using var line = new Between(await _server.AddressAsync(), l => l.Contains("putRecord", StringComparison.Ordinal) ? Between.Fate.SwallowAnswer : Between.Fate.Pass);
        var post = Post("did it arrive?");
        Assert.IsType<FindOutcome.NotThere>(await _bluesky.FindAsync(account, post, Cancel));
        Assert.IsType<SendOutcome.Unknown>(await _bluesky.SendAsync(AtProtoServer.Through(account, line.Address), post, Departure.Free(), Cancel));
        Assert.Single(line.Arrived, l => l.Contains("putRecord", StringComparison.Ordinal));
        var found = Assert.IsType<FindOutcome.Found>(await _bluesky.FindAsync(account, post, Cancel)).Post;
        Assert.Equal(found, await SentAsync(account, post));
        Assert.Single(await _server.PostsAsync(account));
    }

    [Fact]
    public async Task A_lost_request_is_unknown_too_and_then_not_there()
    {
        var account = await _server.SignedInAsync(_http);
        await using var line = new Between(await _server.AddressAsync(), _ => Between.Fate.SwallowRequest);
        var post = Post("it did not arrive");
        Assert.IsType<SendOutcome.Unknown>(await _bluesky.SendAsync(AtProtoServer.Through(account, line.Address), post, Departure.Free(), Cancel));
        Assert.IsType<FindOutcome.NotThere>(await _bluesky.FindAsync(account, post, Cancel));
        Assert.IsType<FindOutcome.CannotTell>(await _bluesky.FindAsync(AtProtoServer.Through(account, line.Address), post, Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_gate_is_asked_before_each_picture_and_before_the_post(int refused)
    {
        var account = await _server.SignedInAsync(_http);
        await using var line = new Between(await _server.AddressAsync(), _ => Between.Fate.Pass);
        var post = Post("two pictures") with { Media = [new("image/png", Png, "one"), new("image/png", Png, "two")] };
        var outcome = await _bluesky.SendAsync(AtProtoServer.Through(account, line.Address), post, new Departure(n => n < refused), Cancel);
        Assert.IsType<SendOutcome.Stopped>(outcome);
        Assert.Equal(refused - 1, line.Arrived.Count(l => l.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Empty(await _server.PostsAsync(account));
    }

    [Fact]
    public async Task Deleting_asks_the_gate_takes_only_what_is_ours_and_twice_is_once()
    {
        var account = await _server.SignedInAsync(_http);
        var sent = await SentAsync(account, Post("to be deleted"));
        Assert.IsType<SendOutcome.Stopped>(await _bluesky.DeleteAsync(account, sent, Departure.Shut(), Cancel));
        Assert.Single(await _server.PostsAsync(account));
        Assert.IsType<FindOutcome.Found>(await _bluesky.LookAsync(account, sent, Cancel));
        Assert.IsType<SendOutcome.Sent>(await _bluesky.DeleteAsync(account, sent, Departure.Free(), Cancel));
        Assert.IsType<SendOutcome.Sent>(await _bluesky.DeleteAsync(account, sent, Departure.Free(), Cancel));
        Assert.Empty(await _server.PostsAsync(account));
        Assert.IsType<FindOutcome.NotThere>(await _bluesky.LookAsync(account, sent, Cancel));
        Assert.Equal(NetworkFailure.NotAllowed, Rejected(await _bluesky.DeleteAsync(account, new("at://did:plc:other/app.bsky.feed.post/3"), Departure.Free(), Cancel)).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deletion_whose_answer_was_lost_is_unknown_until_the_network_was_asked(bool arrived)
    {
        var account = await _server.SignedInAsync(_http);
        var sent = await SentAsync(account, Post("to be deleted"));
        await using var line = new Between(
            await _server.AddressAsync(),
            l => !l.Contains("deleteRecord", StringComparison.Ordinal) ? Between.Fate.Pass : arrived ? Between.Fate.SwallowAnswer : Between.Fate.SwallowRequest);
        Assert.IsType<SendOutcome.Unknown>(await _bluesky.DeleteAsync(AtProtoServer.Through(account, line.Address), sent, Departure.Free(), Cancel));
        var look = await _bluesky.LookAsync(account, sent, Cancel);
        Assert.IsType(arrived ? typeof(FindOutcome.NotThere) : typeof(FindOutcome.Found), look);
        Assert.IsType<SendOutcome.Sent>(await _bluesky.DeleteAsync(account, sent, Departure.Free(), Cancel));
        Assert.Empty(await _server.PostsAsync(account));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_before_anything_leaves()
    {
        var account = await _server.SignedInAsync(_http);
        var gate = Departure.Free();
        var tooLong = Rejected(await _bluesky.SendAsync(account, Post(new string('a', 312)), gate, Cancel));
        Assert.Equal((NetworkFailure.TooLong, "The text is too long by 12 characters as Bluesky counts them."), (tooLong.Kind, tooLong.Detail));
        var big = Post("big") with { Media = [new("image/png", new byte[2_000_001], "big")] };
        Assert.Equal(NetworkFailure.MediaRefused, Rejected(await _bluesky.SendAsync(account, big, gate, Cancel)).Kind);
        var film = Post("film") with { Media = [new("video/mp4", Png, "film")] };
        Assert.Equal(NetworkFailure.MediaRefused, Rejected(await _bluesky.SendAsync(account, film, gate, Cancel)).Kind);
        Assert.Equal(0, gate.Asked);
    }

    [Fact]
    public async Task A_picture_too_large_for_this_server_is_refused_by_it_and_nothing_is_published()
    {
        var account = await _server.SignedInAsync(_http);
        Assert.Equal(1_500_000, (await _bluesky.LimitsAsync(account, Cancel)).Value!.MaxMediaBytes);
        var post = Post("large") with { Media = [new("image/png", new byte[1_600_000], "large")] };
        Assert.Equal(NetworkFailure.MediaRefused, Rejected(await _bluesky.SendAsync(account, post, Departure.Free(), Cancel)).Kind);
        Assert.Empty(await _server.PostsAsync(account));
    }

    public void Dispose() => _http.Dispose();

    private static OutgoingPost Post(string text) =>
        new($"key-{Interlocked.Increment(ref _keys)}", text, null, null, [], new(), Noon);

    private static Failure Rejected(SendOutcome outcome) => Assert.IsType<SendOutcome.Rejected>(outcome).Failure;

    private static string Cut(string text, JsonElement index) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan(index.GetProperty("byteStart").GetInt32()..index.GetProperty("byteEnd").GetInt32()));

    private static string? Target(JsonElement feature) => new[] { "did", "tag", "uri" }.Select(n => feature.TryGetProperty(n, out var v) ? v.GetString() : null).First(v => v is not null);

    private static (string? Id, string? Revision) Strong(JsonElement reference) => (reference.GetProperty("uri").GetString(), reference.GetProperty("cid").GetString());

    private async Task<PostReference> SentAsync(AccountAccess account, OutgoingPost post) =>
        Assert.IsType<SendOutcome.Sent>(await _bluesky.SendAsync(account, post, Departure.Free(), Cancel)).Post;
}
