using System.Text.Json;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>What a reply must name: the post it answers and the first one of the thread, each by the hash of what it says.</summary>
internal static class BlueskyThread
{
    public const string Get = "com.atproto.repo.getRecord";

    /// <summary>The parent as it stands there now; a failure where it is gone, so that nobody answers to thin air.</summary>
    public static async Task<(PostReference? Parent, Failure? Gone)> ParentAsync(BlueskySession session, PostReference? to, CancellationToken cancel)
    {
        if (to is null)
        {
            return (null, null);
        }

        if (!AtUri.TryParse(to.Id, out var uri))
        {
            return (null, new(NetworkFailure.ReplyGone, false, null, $"“{to.Id}” is no post on Bluesky that can be answered."));
        }

        var reply = await session.QueryAsync(Get, cancel, ("repo", uri.Repo), ("collection", uri.Collection), ("rkey", uri.Key));
        return reply switch
        {
            XrpcReply.Ok(var body) when body.Text("cid") is { } cid => (Parent(to, cid, Root(body)), null),
            XrpcReply.No { Error: "RecordNotFound" } => (null, new(NetworkFailure.ReplyGone, false, null, "The post that is to be answered was deleted.")),

            // The one who could tell does not answer; what we know is enough to write the reply.
            XrpcReply.No { Failure.Kind: not NetworkFailure.SignInNeeded } when to.Revision is not null => (to, null),
            XrpcReply.No no => (null, no.Failure),
            _ => (null, new(NetworkFailure.NotUnderstood, false, null, "The post that is to be answered cannot be read.")),
        };
    }

    /// <summary>The thread's first post as a record names it, as a reference without more; null where it is the first itself.</summary>
    public static PostReference? Root(JsonElement record) =>
        record.At("value")?.At("reply")?.At("root") is { } root && root.Text("uri") is { } uri && root.Text("cid") is { } cid ? new(uri, cid) : null;

    private static PostReference Parent(PostReference to, string cid, PostReference? root) =>
        to with { Revision = cid, RootId = root?.Id, RootRevision = root?.Revision };
}
