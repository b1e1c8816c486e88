using System.Text;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Testing.Social;

namespace Holdfast.Networks.Tests.Social.Bluesky;

public sealed class JetstreamTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly JetstreamSimulator _stream = new(Noon);
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task A_post_is_heard_with_all_that_is_known_of_it()
    {
        await using var heard = Heard(Before());
        _stream.Post("did:plc:ann", "3k1", "the zipper broke", new { root = new { uri = "at://r" }, parent = new { uri = "at://p" } });
        var post = (await heard.UntilAsync(b => b.Posts.Count > 0)).Posts[0].Post;
        Assert.Equal(("bluesky", "at://did:plc:ann/app.bsky.feed.post/3k1", "did:plc:ann"), (post.Network, post.NetworkId, post.Author.Id));
        Assert.Equal(("the zipper broke", "en", "at://p", "https://bsky.app/profile/did:plc:ann/post/3k1"), (post.Text, post.Language, post.ReplyTo, post.Url));
        Assert.InRange(post.At, Noon, Noon.AddSeconds(1));
        Assert.Contains("wantedCollections=app.bsky.feed.post", _stream.Requests[0]);
    }

    [Fact]
    public async Task After_a_break_it_goes_on_where_the_last_batch_ended_and_misses_nothing()
    {
        await using var heard = Heard(Before());
        _stream.Post("did:plc:ann", "1", "one");
        var first = await heard.UntilAsync(b => b.Posts.Count > 0);
        _stream.Drop();
        var trouble = await heard.UntilAsync(b => b.Trouble is not null);
        Assert.Equal((NetworkFailure.ConnectionLost, first.Cursor), (trouble.Trouble!.Kind, trouble.Cursor));
        _stream.Post("did:plc:ann", "2", "two, while we were away");
        await heard.UntilAsync(b => b.Posts.Any(p => p.Post.Text.StartsWith("two", StringComparison.Ordinal)));
        Assert.Contains($"cursor={first.Cursor}", _stream.Requests[^1]);
    }

    [Fact]
    public async Task A_deleted_post_is_told()
    {
        await using var heard = Heard(Before());
        _stream.Delete("did:plc:ann", "9");
        Assert.Equal(["at://did:plc:ann/app.bsky.feed.post/9"], (await heard.UntilAsync(b => b.DeletedIds.Count > 0)).DeletedIds);
    }

    [Fact]
    public async Task A_server_that_refuses_is_named_and_asked_again_later()
    {
        _stream.Refuse("429 Too Many Requests");
        await using var heard = Heard(Before());
        Assert.Equal(NetworkFailure.RateLimited, (await heard.UntilAsync(b => b.Trouble is not null)).Trouble!.Kind);
        _stream.Refuse(null);
        _stream.Post("did:plc:ann", "1", "at last");
        await heard.UntilAsync(b => b.Posts.Count > 0);
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_and_stops_nothing()
    {
        await using var heard = Heard(Before());
        _stream.Raw("no json");
        _stream.Raw("""{"did":"did:plc:ann","time_us":{0},"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"7","record":{"text":5}}}""");
        _stream.Raw("""{"did":"did:plc:ann","time_us":{0},"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"8","record":{"text":"\ud800"}}}""");
        _stream.Raw("\"" + new string('x', 1_100_000) + "\"");
        _stream.Raw("""{"did":"did:plc:ann","time_us":{0},"kind":"identity","identity":{}}""");
        _stream.Post("did:plc:ann", "1", "and on it goes");
        var (bad, good) = (new List<UnreadablePost>(), 0);
        await heard.UntilAsync(b =>
        {
            bad.AddRange(b.Unreadable);
            good += b.Posts.Count;
            return good > 0;
        });
        Assert.Equal(4, bad.Count);
        Assert.All(bad, b => Assert.InRange(b.Raw.Length, 1, 4_000));
    }

    // One such post, and nothing more of the network was heard: it was read again and again from the cursor before it.
    [Theory]
    [InlineData("""{"text":"Hello","langs":["\ud800"]}""")]
    [InlineData("""{"\ud800 and more":1,"text":"Hello","\udc00 and more":{}}""")]
    [InlineData("""{"text":"Hello","createdAt":"\ud800"}""")]
    public void Half_a_surrogate_pair_as_a_language_or_a_name_is_left_out_and_the_post_is_heard(string record)
    {
        var heard = JetstreamEvent.Read(Encoding.UTF8.GetBytes(
            $$$"""{"\ud800 and more":1,"did":"did:plc:ann","time_us":1772452800000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"8","record":{{{record}}}}}"""));
        Assert.Equal(("Hello", null), (heard.Post?.Post.Text, heard.Post?.Post.Language));
    }

    [Fact]
    public async Task A_stream_in_the_clear_over_the_net_is_not_opened()
    {
        var batch = await new JetstreamSource(TimeProvider.System).ReadAsync(new(new("ws://192.0.2.1"), null, null), _stop.Token).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((NetworkFailure.NotAllowed, false), (batch.Trouble!.Kind, batch.Trouble.Retryable));
    }

    [Fact]
    public void Any_message_is_read_without_a_fault()
    {
        const string Good = """{"did":"did:plc:a","time_us":1,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"8","record":{"text":"x","createdAt":"2026-03-02T12:00:00Z","langs":["en"],"embed":{"record":{"uri":"at://q"}}}}}""";
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Encoding.UTF8.GetBytes(Good);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = JetstreamEvent.Read(bytes.AsMemory(0, random.Next(bytes.Length / 2, bytes.Length + 1)));
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _stream.DisposeAsync();
        _stop.Dispose();
    }

    private static string Before() => (Noon.ToUnixTimeMilliseconds() * 1000).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Listener Heard(string? cursor) =>
        new(new JetstreamSource(TimeProvider.System).ReadAsync(new(_stream.Address, null, cursor), _stop.Token).GetAsyncEnumerator(_stop.Token));

    private sealed class Listener(IAsyncEnumerator<SourceBatch> batches) : IAsyncDisposable
    {
        public async Task<SourceBatch> UntilAsync(Func<SourceBatch, bool> enough)
        {
            while (await batches.MoveNextAsync().AsTask().WaitAsync(Patience))
            {
                if (enough(batches.Current))
                {
                    return batches.Current;
                }
            }

            throw new InvalidOperationException("The stream ended.");
        }

        public ValueTask DisposeAsync() => batches.DisposeAsync();
    }
}
