using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>A status as it is asked for, and the reference to it that is kept.</summary>
internal static class MastodonStatus
{
    public static HttpContent Write(OutgoingPost post, string? visibility, IReadOnlyList<string> media)
    {
        var body = new JsonObject { ["status"] = post.Text };
        if (media.Count > 0)
            body["media_ids"] = new JsonArray([.. media.Select(id => JsonValue.Create(id))]);
        if (post.ReplyTo is { } to)
            body["in_reply_to_id"] = to.Id;
        // What is not said is as the account has it set on the server.
        if (visibility is { Length: > 0 })
            body["visibility"] = visibility;
        if (post.Options.Warning is { Length: > 0 } warning)
            body["spoiler_text"] = warning;
        if (post.Language is { Length: > 0 } language)
            body["language"] = language;
        return Json(body);
    }

    public static HttpContent Json(JsonObject body) => new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } },
    };

    public static PostReference? Reference(JsonElement status) =>
        status.Text("id") is { Length: > 0 } id && status.At("account") is not null ? new PostReference(id, Url: status.Text("url") ?? status.Text("uri")) : null;
}
