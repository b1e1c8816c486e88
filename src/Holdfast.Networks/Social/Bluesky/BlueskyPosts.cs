using System.Text;
using System.Text.Json;
using Holdfast.Core;
using Holdfast.Core.Listening;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>Reads posts as Bluesky gives them: a bare record from the stream, or a view with its author from a list.</summary>
internal static class BlueskyPosts
{
    /// <param name="handle">What the author is called; the stream does not say, and then it is the DID.</param>
    /// <param name="seen">When the network saw it: an author may write any time of writing, and never one that is yet to come.</param>
    public static Result<Post> Read(JsonElement record, AtUri uri, string? handle, string? name, DateTimeOffset seen)
    {
        var written = record.Instant("createdAt") is { } at && at < seen ? at : seen;
        var text = record.Text("text") ?? "";
        return PostRules.Check(new Post
        {
            Id = new(Guid.CreateVersion7(seen)),
            Network = BlueskyLimits.Network,
            NetworkId = uri.ToString(),
            Author = new(uri.Repo, handle ?? uri.Repo, name),
            Text = text.Length == 0 && Quoted(record) is null && record.At("embed") is not null ? "(picture)" : text,
            At = written,
            Language = record.Items("langs").Select(l => l.Text()).FirstOrDefault() is { Length: <= PostRules.MaxLanguage } language ? language : null,
            Url = uri.Page(),
            ReplyTo = record.At("reply")?.At("parent")?.Text("uri"),
            QuoteOf = Quoted(record),
        });
    }

    /// <summary>A post with its author, as lists give it (app.bsky.feed.defs#postView, or a notification).</summary>
    public static Result<HeardPost> Read(JsonElement view)
    {
        var author = view.At("author") ?? default;
        if (!AtUri.TryParse(view.Text("uri"), out var uri) || view.At("record") is not { } record || view.Instant("indexedAt") is not { } seen)
        {
            return new Refusal("bluesky.post", "It has no address, no record or no time.");
        }

        var post = Read(record, uri, author.Text("handle"), author.Text("displayName") is { Length: > 0 } name ? name : null, seen);
        return post.Succeeded(out var good)
            ? new HeardPost(good, Encoding.UTF8.GetBytes(view.GetRawText()))
            : Result<HeardPost>.Refused(post.Refusals);
    }

    private static string? Quoted(JsonElement record)
    {
        var embed = record.At("embed")?.At("record");
        return embed?.Text("uri") ?? embed?.At("record")?.Text("uri");
    }
}
