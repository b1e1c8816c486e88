using System.Globalization;
using System.Text.Json.Nodes;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>A post as the record that Bluesky keeps (app.bsky.feed.post).</summary>
internal static class BlueskyRecord
{
    public const string Collection = "app.bsky.feed.post";

    /// <param name="mentions">The DIDs of the handles that could be resolved; the others stay text.</param>
    /// <param name="images">What the server answered to each upload, in the order of the media.</param>
    public static JsonObject Write(OutgoingPost post, PostReference? parent, IReadOnlyDictionary<string, string> mentions, IReadOnlyList<JsonNode> images)
    {
        var record = new JsonObject
        {
            ["$type"] = Collection,
            ["text"] = post.Text,
            ["createdAt"] = post.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (post.Language is { Length: > 0 } language)
        {
            record["langs"] = new JsonArray(language);
        }

        var facets = Facet.Find(post.Text).Select(f => Feature(f, mentions) is { } feature ? Place(f, feature) : null).Where(f => f is not null).ToArray();
        if (facets.Length > 0)
        {
            record["facets"] = new JsonArray(facets);
        }

        if (parent is not null)
        {
            record["reply"] = new JsonObject
            {
                ["root"] = Strong(parent.RootId ?? parent.Id, parent.RootId is null ? parent.Revision : parent.RootRevision),
                ["parent"] = Strong(parent.Id, parent.Revision),
            };
        }

        if (images.Count > 0)
        {
            record["embed"] = new JsonObject
            {
                ["$type"] = "app.bsky.embed.images",
                ["images"] = new JsonArray([.. images.Select((blob, i) => Image(post.Media[i], blob))]),
            };
        }

        return record;
    }

    private static JsonObject? Feature(Facet facet, IReadOnlyDictionary<string, string> mentions) => facet.Kind switch
    {
        FacetKind.Link => new() { ["$type"] = "app.bsky.richtext.facet#link", ["uri"] = facet.Value },
        FacetKind.Tag => new() { ["$type"] = "app.bsky.richtext.facet#tag", ["tag"] = facet.Value },
        FacetKind.Mention => mentions.TryGetValue(facet.Value, out var did) ? new() { ["$type"] = "app.bsky.richtext.facet#mention", ["did"] = did } : null,
    };

    private static JsonObject Place(Facet facet, JsonObject feature) => new()
    {
        ["index"] = new JsonObject { ["byteStart"] = facet.Start, ["byteEnd"] = facet.End },
        ["features"] = new JsonArray(feature),
    };

    private static JsonObject Strong(string uri, string? cid) => new() { ["uri"] = uri, ["cid"] = cid };

    private static JsonObject Image(OutgoingMedia media, JsonNode blob)
    {
        var image = new JsonObject { ["alt"] = media.Alt, ["image"] = blob };
        if (media is { Width: > 0 and var width, Height: > 0 and var height })
        {
            image["aspectRatio"] = new JsonObject { ["width"] = width, ["height"] = height };
        }

        return image;
    }
}
