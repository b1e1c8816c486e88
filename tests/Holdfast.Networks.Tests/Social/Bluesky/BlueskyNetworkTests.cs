using System.Globalization;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Tests.AtProto;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social.Bluesky;

/// <summary>Search, notifications and threads as Bluesky's own AppView makes them of what Bluesky's own server holds.</summary>
public sealed class BlueskyNetworkTests : IDisposable
{
    private static int _keys;
    private readonly AtProtoNetwork _network;
    private readonly NetworkHttp _http = new(TimeProvider.System);
    private readonly BlueskyPublisher _bluesky;
    private readonly BlueskyReader _reader;

    public BlueskyNetworkTests(AtProtoNetwork network) => (_network, _bluesky, _reader) = (network, new(_http), new(_http));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_to_an_account_is_heard_once_the_oldest_first_and_likes_are_not_said()
    {
        var (brand, ann) = (await JoinAsync(), await JoinAsync());
        await using var heard = Hear(brand, null);
        await heard.NextAsync();
        var post = await SendAsync(brand, "Our kettles are back.");
        await LikeAsync(ann, post);
        var mention = await SendAsync(ann, $"@{brand.Handle} my kettle burns");
        var reply = await SendAsync(ann, $"@{brand.Handle} mine too", post);
        var quote = await QuoteAsync(ann, "Back? Look at this", post);
        await SendAsync(ann, "A kettle, and nobody in particular");
        await _network.ListedAsync();

        var batch = await heard.NextAsync();
        Assert.Equal([mention.Id, reply.Id, quote], batch.Posts.Select(p => p.Post.NetworkId));
        Assert.Equal((ann.Handle, post.Id, post.Id), (batch.Posts[0].Post.Author.Handle, batch.Posts[1].Post.ReplyTo, batch.Posts[2].Post.QuoteOf));
        Assert.Empty((await heard.NextAsync()).Posts);

        // Another process, begun where the last batch ended.
        await using var later = Hear(brand, batch.Cursor);
        var again = await SendAsync(ann, $"@{brand.Handle} hello?");
        await _network.ListedAsync();
        Assert.Equal(again.Id, (await later.NextAsync()).Posts[^1].Post.NetworkId);
    }

    [Fact]
    public async Task More_than_a_page_is_heard_whole_even_after_none_at_all()
    {
        var (brand, ann) = (await JoinAsync(), await JoinAsync());
        var post = await SendAsync(brand, "Our kettles are back.");
        await SendAsync(ann, "Before", post);
        await _network.ListedAsync();
        await using var heard = Hear(brand, null);
        await heard.NextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var parent = new { uri = post.Id, cid = post.Revision };
        await _network.RecordAsync(
            ann, BlueskyRecord.Collection, Enumerable.Range(0, 105).Select(i => new { text = $"{i}", createdAt = Text(now.AddMilliseconds(i - 200)), reply = new { root = parent, parent } }));
        await _network.ListedAsync();
        Assert.Equal(Enumerable.Range(0, 105).Select(i => $"{i}"), (await heard.NextAsync()).Posts.Select(p => p.Post.Text));
        Assert.Empty((await heard.NextAsync()).Posts);
    }

    [Fact]
    public async Task What_was_written_earlier_and_arrives_later_is_heard()
    {
        var (brand, ann) = (await JoinAsync(), await JoinAsync());
        await using var heard = Hear(brand, null);
        await heard.NextAsync();
        var first = await SendAsync(ann, $"@{brand.Handle} now");
        await _network.ListedAsync();
        Assert.Equal([first.Id], (await heard.NextAsync()).Posts.Select(p => p.Post.NetworkId));
        var late = await SendAsync(ann, $"@{brand.Handle} from the underground", ago: TimeSpan.FromMinutes(10));
        await _network.ListedAsync();
        Assert.Equal([late.Id], (await heard.NextAsync()).Posts.Select(p => p.Post.NetworkId));
        Assert.Empty((await heard.NextAsync()).Posts);
    }

    [Fact]
    public async Task Who_is_blocked_and_what_was_deleted_is_not_heard()
    {
        var (brand, ann, troll) = (await JoinAsync(), await JoinAsync(), await JoinAsync());
        await using var heard = Hear(brand, null);
        await heard.NextAsync();
        await BlockAsync(brand, troll);
        await SendAsync(troll, $"@{brand.Handle} boo");
        await DeleteAsync(ann, await SendAsync(ann, $"@{brand.Handle} never mind"));
        var stays = await SendAsync(ann, $"@{brand.Handle} it does matter");
        await _network.ListedAsync();
        Assert.Equal([stays.Id], (await heard.NextAsync()).Posts.Select(p => p.Post.NetworkId));
    }

    [Fact]
    public async Task A_search_finds_the_newest_first_and_neither_deleted_nor_blocked_ones()
    {
        var (brand, ann, troll) = (await JoinAsync(), await JoinAsync(), await JoinAsync());
        var word = $"kettle{Interlocked.Increment(ref _keys)}x";
        var old = await SendAsync(ann, $"The {word} is fine", ago: TimeSpan.FromMinutes(2));
        var other = await SendAsync(ann, $"My {word} burns", ago: TimeSpan.FromMinutes(1));
        await DeleteAsync(ann, await SendAsync(ann, $"{word}, sorry"));
        await BlockAsync(brand, troll);
        await SendAsync(troll, $"{word}!!!");
        await _network.ListedAsync();
        var found = (await _reader.SearchAsync(brand, word, Cancel)).Value!;
        Assert.Equal([other.Id, old.Id], found.Select(p => p.Post.NetworkId));
        Assert.Equal((ann.Handle, $"My {word} burns"), (found[0].Post.Author.Handle, found[0].Post.Text));
        Assert.Empty((await _reader.SearchAsync(brand, $"{word}nobodysaidthis", Cancel)).Value!);
    }

    [Fact]
    public async Task A_thread_is_told_from_its_first_post_down_to_the_answers_of_others()
    {
        var (brand, ann, ben) = (await JoinAsync(), await JoinAsync(), await JoinAsync());
        var first = await SendAsync(ann, "My kettle burns");
        var answer = await SendAsync(brand, "Please unplug it", first);
        var thanks = await SendAsync(ann, "Done", answer);
        var other = await SendAsync(ben, "Same here", first);
        await _network.ListedAsync();
        var middle = await ReadAsync(brand, answer);
        Assert.Equal([first.Id], middle.Above.Select(p => p.NetworkId));
        Assert.Equal((answer.Id, "Please unplug it", brand.NetworkId), (middle.Post.NetworkId, middle.Post.Text, middle.Post.Author.Id));
        Assert.Equal([(thanks.Id, 1)], middle.Answers.Select(a => (a.Post.NetworkId, a.Depth)));
        var whole = await ThreadAsync(brand, first);
        Assert.Equal(first.Id, whole[0]);
        Assert.Equivalent(new[] { first.Id, answer.Id, thanks.Id, other.Id }, whole, strict: true);
        Assert.Equal(whole.IndexOf(answer.Id) + 1, whole.IndexOf(thanks.Id));
    }

    [Fact]
    public async Task In_a_thread_what_was_deleted_or_blocked_is_left_out_with_what_hangs_on_it()
    {
        var (brand, ann, troll) = (await JoinAsync(), await JoinAsync(), await JoinAsync());
        var first = await SendAsync(ann, "My kettle burns");
        var gone = await SendAsync(ann, "I mean the toaster", first);
        var under = await SendAsync(ann, "No, the kettle", gone);
        await SendAsync(troll, "Serves you right", first);
        var stays = await SendAsync(brand, "Please unplug it", first);
        await DeleteAsync(ann, gone);
        await BlockAsync(brand, troll);
        await _network.ListedAsync();
        Assert.Equal([first.Id, stays.Id], await ThreadAsync(brand, first));

        // From below, it begins under the hole.
        Assert.Equal([under.Id], await ThreadAsync(brand, under));
        Assert.Equal(NetworkFailure.ReplyGone, (await _reader.ThreadAsync(brand, gone, Cancel)).Failure!.Kind);
    }

    [Fact]
    public async Task What_is_too_far_up_or_down_for_one_look_is_said_to_be_there()
    {
        var (brand, ann) = (await JoinAsync(), await JoinAsync());
        var chain = new List<PostReference> { await SendAsync(ann, "My kettle burns") };
        for (var i = 1; i <= Conversation.MostAbove + 2; i++)
        {
            chain.Add(await SendAsync(ann, $"Still burning: {i}", chain[^1]));
        }

        await _network.ListedAsync();
        var top = await ReadAsync(brand, chain[0]);
        Assert.Equal(chain.Skip(1).Take(6).Select(p => p.Id), top.Answers.Select(a => a.Post.NetworkId));
        Assert.Equal([1, 2, 3, 4, 5, 6], top.Answers.Select(a => a.Depth));
        Assert.Equal((1, false), (top.More, top.BeganEarlier));
        var last = await ReadAsync(brand, chain[^1]);
        Assert.Equal(chain.Skip(2).Take(Conversation.MostAbove).Select(p => p.Id), last.Above.Select(p => p.NetworkId));
        Assert.Equal((0, true), (last.More, last.BeganEarlier));
    }

    [Fact]
    public async Task A_thread_of_somebody_who_blocks_us_is_said_to_be_hidden()
    {
        var (brand, ann) = (await JoinAsync(), await JoinAsync());
        var first = await SendAsync(ann, "My kettle burns");
        await BlockAsync(ann, brand);
        await _network.ListedAsync();
        var failure = (await _reader.ThreadAsync(brand, first, Cancel)).Failure!;
        Assert.Equal((NetworkFailure.ReplyGone, "The post was deleted, or its author hides it from this account."), (failure.Kind, failure.Detail));
    }

    public void Dispose() => _http.Dispose();

    private Task<AccountAccess> JoinAsync() => _network.SignedInAsync(_http);

    private async Task<PostReference> SendAsync(AccountAccess account, string text, PostReference? to = null, TimeSpan ago = default)
    {
        var post = new OutgoingPost($"network-{Interlocked.Increment(ref _keys)}", text, "en", to, [], new(), TimeProvider.System.GetUtcNow() - ago);
        return Assert.IsType<SendOutcome.Sent>(await _bluesky.SendAsync(account, post, Departure.Free(), Cancel)).Post;
    }

    private async Task DeleteAsync(AccountAccess account, PostReference post) =>
        Assert.IsType<SendOutcome.Sent>(await _bluesky.DeleteAsync(account, post, Departure.Free(), Cancel));

    private async Task BlockAsync(AccountAccess who, AccountAccess whom) =>
        _ = await _network.RecordAsync(who, "app.bsky.graph.block", new { subject = whom.NetworkId, createdAt = Now() });

    private async Task LikeAsync(AccountAccess who, PostReference what) =>
        _ = await _network.RecordAsync(who, "app.bsky.feed.like", new { subject = new { uri = what.Id, cid = what.Revision }, createdAt = Now() });

    private async Task<string> QuoteAsync(AccountAccess who, string text, PostReference what)
    {
        var embed = new Dictionary<string, object> { ["$type"] = "app.bsky.embed.record", ["record"] = new { uri = what.Id, cid = what.Revision } };
        return (await _network.RecordAsync(who, BlueskyRecord.Collection, new { text, createdAt = Now(), embed }))[0];
    }

    private async Task<Conversation> ReadAsync(AccountAccess account, PostReference post) => (await _reader.ThreadAsync(account, post, Cancel)).Value!;

    private async Task<List<string>> ThreadAsync(AccountAccess account, PostReference post)
    {
        var thread = await ReadAsync(account, post);
        return [.. thread.Above.Append(thread.Post).Concat(thread.Answers.Select(answer => answer.Post)).Select(p => p.NetworkId)];
    }

    private Ear Hear(AccountAccess account, string? cursor) => new(_http, account, cursor);

    private static string Now() => Text(TimeProvider.System.GetUtcNow());

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The source of an account's notifications, and its clock.</summary>
    private sealed class Ear(NetworkHttp http, AccountAccess account, string? cursor) : IAsyncDisposable
    {
        private readonly FakeTime _time = new(TimeProvider.System.GetUtcNow());
        private IAsyncEnumerator<SourceBatch>? _batches;

        public async Task<SourceBatch> NextAsync()
        {
            _batches ??= new BlueskyNotificationSource(http, _time).ReadAsync(new(account.Server, account, cursor), Cancel).GetAsyncEnumerator(Cancel);
            var next = _batches.MoveNextAsync().AsTask();
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
            Assert.Null(_batches.Current.Trouble);
            return _batches.Current;
        }

        public ValueTask DisposeAsync() => _batches?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
