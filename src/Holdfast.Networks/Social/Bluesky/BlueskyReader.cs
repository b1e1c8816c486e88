using System.Text.Json;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>Lists of posts that Bluesky makes when it is asked: a search, and the thread around a post. They are what the account may see.</summary>
public sealed class BlueskyReader(NetworkHttp http)
{
    private const string PageSize = "100";
    private const string Above = "20";
    private const string Below = "6";
    private readonly Xrpc _xrpc = new(http);

    /// <summary>The newest posts with these words, newest first; Bluesky's search, not ours.</summary>
    public async Task<Outcome<IReadOnlyList<HeardPost>>> SearchAsync(AccountAccess account, string words, CancellationToken cancel)
    {
        var reply = await Session(account).QueryAsync("app.bsky.feed.searchPosts", cancel, ("q", words), ("sort", "latest"), ("limit", PageSize));
        return reply is XrpcReply.Ok(var body) ? Read(body.Items("posts")) : Why(reply);
    }

    /// <summary>From the first post down to this one, then the answers to it; what was deleted or is hidden from the account is left out.</summary>
    public async Task<Outcome<IReadOnlyList<HeardPost>>> ThreadAsync(AccountAccess account, PostReference post, CancellationToken cancel)
    {
        var reply = await Session(account).QueryAsync("app.bsky.feed.getPostThread", cancel, ("uri", post.Id), ("parentHeight", Above), ("depth", Below));
        if (reply is not XrpcReply.Ok(var body))
        {
            return reply is XrpcReply.No { Error: "NotFound" } no ? no.Failure with { Kind = NetworkFailure.ReplyGone, Detail = "The post was deleted." } : Why(reply);
        }

        var thread = body.At("thread") ?? default;
        if (thread.At("post") is null)
        {
            return new Failure(NetworkFailure.ReplyGone, false, null, "The post was deleted, or its author hides it from this account.");
        }

        var above = new List<JsonElement>();
        for (var parent = thread.At("parent"); parent?.At("post") is { } view; parent = parent.Value.At("parent"))
        {
            above.Insert(0, view);
        }

        return Read([.. above, .. Down(thread)]);
    }

    private BlueskySession Session(AccountAccess account) => new(_xrpc, account);

    private static IEnumerable<JsonElement> Down(JsonElement thread) =>
        thread.At("post") is { } post ? thread.Items("replies").SelectMany(Down).Prepend(post) : [];

    private static List<HeardPost> Read(IEnumerable<JsonElement> views) =>
        [.. views.Select(v => BlueskyPosts.Read(v).Succeeded(out var post) ? post : null).OfType<HeardPost>()];

    private static Failure Why(XrpcReply reply) =>
        (reply as XrpcReply.No)?.Failure ?? new(NetworkFailure.NotUnderstood, false, null, "It answered with something else than was asked for.");
}
