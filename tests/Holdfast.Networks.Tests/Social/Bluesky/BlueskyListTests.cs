using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Tests.AtProto;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social.Bluesky;

/// <summary>The real server signs, passes on and answers; what it passes on to is written from its documentation.</summary>
public sealed class BlueskyListTests : IDisposable
{
    private readonly AtProtoServer _server;
    private readonly NetworkHttp _http = new(TimeProvider.System);

    public BlueskyListTests(AtProtoServer server) => _server = server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_to_an_account_is_heard_once_and_the_oldest_first()
    {
        var account = await _server.SignedInAsync(_http);
        var time = new FakeTime(TimeProvider.System.GetUtcNow());
        _server.Lists("app.bsky.notification.listNotifications", $$"""{"notifications":[{{Said("reply", "b", 2)}},{{Said("like", "x", 2)}},{{Said("mention", "a", 1)}},{"reason":"quote","indexedAt":"2026-03-02T12:00:00Z"}]}""");
        await using var heard = new BlueskyNotificationSource(_http, time).ReadAsync(new(account.Server, account, null), Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await heard.MoveNextAsync());
        Assert.Null(heard.Current.Trouble);
        Assert.Equal(["text a", "text b"], heard.Current.Posts.Select(p => p.Post.Text));
        Assert.Equal(("ann.test", "Ann"), (heard.Current.Posts[0].Post.Author.Handle, heard.Current.Posts[0].Post.Author.Name));
        Assert.Single(heard.Current.Unreadable);
        _server.Lists("app.bsky.notification.listNotifications", $$"""{"notifications":[{{Said("quote", "c", 3)}},{{Said("reply", "b", 2)}}]}""");
        Assert.Equal(["text c"], (await NextAsync(heard, time)).Posts.Select(p => p.Post.Text));
        var cursor = heard.Current.Cursor;
        _server.Lists("app.bsky.notification.listNotifications", "[]");
        Assert.Equal((0, cursor), ((await NextAsync(heard, time)).Posts.Count, heard.Current.Cursor));
    }

    [Fact]
    public async Task A_search_gives_what_can_be_read()
    {
        var account = await _server.SignedInAsync(_http);
        _server.Lists("app.bsky.feed.searchPosts", $$"""{"posts":[{{View("one", 1)}},{},{{View("two", 2)}}]}""");
        var found = await new BlueskyReader(_http).SearchAsync(account, "acorn & \"air\"", Cancel);
        Assert.Equal(["text one", "text two"], found.Value!.Select(p => p.Post.Text));
        Assert.Contains(_server.Asked, a => a.Contains("q=acorn%20%26%20%22air%22", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thread_is_told_from_its_first_post_down()
    {
        var account = await _server.SignedInAsync(_http);
        var reader = new BlueskyReader(_http);
        _server.Lists("app.bsky.feed.getPostThread", $$$"""
            {"thread":{"post":{{{View("asked", 3)}}},"parent":{"post":{{{View("parent", 2)}}},"parent":{"post":{{{View("root", 1)}}}}},
             "replies":[{"post":{{{View("answer", 4)}}},"replies":[{"post":{{{View("deeper", 5)[..^1]}}},"replyCount":7}}]},{"uri":"at://x","notFound":true}]}}
            """);
        var thread = await reader.ThreadAsync(account, new("at://did:plc:ann/app.bsky.feed.post/asked"), Cancel);
        Assert.Equal(["text root", "text parent"], thread.Value!.Above.Select(p => p.Text));
        Assert.Equal("text asked", thread.Value.Post.Text);
        Assert.Equal([("text answer", 1), ("text deeper", 1)], thread.Value.Answers.Select(a => (a.Post.Text, a.Depth)));
        Assert.Equal(7, thread.Value.More);
        _server.Lists("app.bsky.feed.getPostThread", """{"thread":{"uri":"at://x","notFound":true}}""");
        Assert.Equal(NetworkFailure.ReplyGone, (await reader.ThreadAsync(account, new("at://did:plc:ann/app.bsky.feed.post/gone"), Cancel)).Failure!.Kind);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<SourceBatch> NextAsync(IAsyncEnumerator<SourceBatch> heard, FakeTime time)
    {
        var next = heard.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        return heard.Current;
    }

    private static string Said(string reason, string key, int minute) => View(key, minute)[..^1] + $$""","reason":"{{reason}}","isRead":false}""";

    private static string View(string key, int minute) => $$"""
        {"uri":"at://did:plc:ann/app.bsky.feed.post/{{key}}","cid":"bafy","author":{"did":"did:plc:ann","handle":"ann.test","displayName":"Ann"},"record":{"$type":"app.bsky.feed.post","text":"text {{key}}","createdAt":"2026-03-02T12:0{{minute}}:00Z"},"indexedAt":"2026-03-02T12:0{{minute}}:01.000Z"}
        """;
}
