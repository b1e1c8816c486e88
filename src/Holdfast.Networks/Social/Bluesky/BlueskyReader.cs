using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>Lists of posts that Bluesky makes when it is asked: a search, and the thread around a post. They are what the account may see.</summary>
public sealed class BlueskyReader(NetworkHttp http) : IConversationReader
{
    private const string PageSize = "100";
    private const string Below = "6";

    /// <summary>A server that says of one post that it has more answers is not believed.</summary>
    private const int Many = 100_000;

    private static readonly string Above = Conversation.MostAbove.ToString(CultureInfo.InvariantCulture);
    private readonly Xrpc _xrpc = new(http);

    public string Network => BlueskyLimits.Network;

    /// <summary>The newest posts with these words, newest first; Bluesky's search, not ours.</summary>
    public async Task<Outcome<IReadOnlyList<HeardPost>>> SearchAsync(AccountAccess account, string words, CancellationToken cancel)
    {
        var reply = await Session(account).QueryAsync("app.bsky.feed.searchPosts", cancel, ("q", words), ("sort", "latest"), ("limit", PageSize));
        return reply is XrpcReply.Ok(var body) ? Read(body.Items("posts")) : Why(reply);
    }

    /// <summary>What was deleted or is hidden from the account is left out, with what hangs on it.</summary>
    public async Task<Outcome<Conversation>> ThreadAsync(AccountAccess account, PostReference post, CancellationToken cancel)
    {
        var reply = await Session(account).QueryAsync("app.bsky.feed.getPostThread", cancel, ("uri", post.Id), ("parentHeight", Above), ("depth", Below));
        if (reply is not XrpcReply.Ok(var body))
        {
            return reply is XrpcReply.No { Error: "NotFound" } no ? no.Failure with { Kind = NetworkFailure.ReplyGone, Detail = "The post was deleted." } : Why(reply);
        }

        var thread = body.At("thread") ?? default;
        if (thread.At("post") is not { } view)
        {
            return new Failure(NetworkFailure.ReplyGone, false, null, "The post was deleted, or its author hides it from this account.");
        }

        if (!BlueskyPosts.Read(view).Succeeded(out var asked))
        {
            return Why(reply);
        }

        var above = new List<JsonElement>();
        for (var parent = thread.At("parent"); parent?.At("post") is { } said; parent = parent.Value.At("parent"))
        {
            above.Insert(0, said);
        }

        var below = thread.Items("replies").SelectMany(Down).ToList();
        var read = below.Take(Conversation.MostRead).ToList();
        return Conversation.Of(
            Posts(above), asked.Post, Posts(read.Select(node => node.At("post")!.Value)), account.NetworkId, below.Count - read.Count + read.Sum(Deeper));
    }

    private BlueskySession Session(AccountAccess account) => new(_xrpc, account);

    private static IEnumerable<JsonElement> Down(JsonElement thread) =>
        thread.At("post") is not null ? thread.Items("replies").SelectMany(Down).Prepend(thread) : [];

    /// <summary>Answers that hang too deep to be given: the list of those under it is missing, and not empty.</summary>
    private static int Deeper(JsonElement node) =>
        node.At("replies") is null && node.At("post")?.Number("replyCount") is > 0 and <= Many and var count ? (int)count : 0;

    private static List<Post> Posts(IEnumerable<JsonElement> views) => [.. Read(views).Select(heard => heard.Post)];

    private static List<HeardPost> Read(IEnumerable<JsonElement> views) =>
        [.. views.Select(v => BlueskyPosts.Read(v).Succeeded(out var post) ? post : null).OfType<HeardPost>()];

    private static Failure Why(XrpcReply reply) =>
        (reply as XrpcReply.No)?.Failure ?? new(NetworkFailure.NotUnderstood, false, null, "It answered with something else than was asked for.");
}
