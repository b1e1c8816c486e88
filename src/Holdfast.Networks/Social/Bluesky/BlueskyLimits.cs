using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>What fits into a post on Bluesky: the text and the number of pictures by its published record (app.bsky.feed.post), the bytes by the server.</summary>
internal static class BlueskyLimits
{
    public const string Network = "bluesky";
    private const int MaxImages = 4;

    /// <summary>app.bsky.embed.images; a server may take less.</summary>
    private const long MaxImageBytes = 2_000_000;

    /// <summary>What Bluesky's own apps let one write; the record sets none.</summary>
    private const int MaxAlt = 2_000;

    private static readonly string[] Types = ["image/jpeg", "image/png", "image/webp"];

    public static readonly TextRule Text = new(TextCount.Graphemes, 300, MaxBytes: 3000);

    public static NetworkLimits Of(JsonElement server) =>
        new(Text, MaxImages, Math.Min(MaxImageBytes, server.Number("blobUploadLimit") ?? MaxImageBytes), MaxAlt, Types);

    public static Failure? Check(OutgoingPost post)
    {
        var size = TextSize.Of(post.Text, Text);
        if (size.Over > 0)
        {
            return No(NetworkFailure.TooLong, $"The text is too long by {size.Over.ToString(CultureInfo.InvariantCulture)} {(size.Over == 1 ? "character" : "characters")} as Bluesky counts them.");
        }

        if (size.BytesOver > 0)
        {
            return No(NetworkFailure.TooLong, $"The text is too long by {size.BytesOver.ToString(CultureInfo.InvariantCulture)} bytes: some of its characters take very many.");
        }

        if (post.Media.Count > MaxImages)
        {
            return No(NetworkFailure.MediaRefused, $"Bluesky takes {MaxImages} pictures in a post; there are {post.Media.Count}.");
        }

        var wrong = post.Media.FirstOrDefault(m => !Types.Contains(m.Type));
        if (wrong is not null)
        {
            return No(NetworkFailure.MediaRefused, $"Bluesky takes JPEG, PNG and WebP pictures here, not {wrong.Type}.");
        }

        var large = post.Media.FirstOrDefault(m => m.Bytes.Length > MaxImageBytes);
        return large is null ? null : No(NetworkFailure.MediaRefused, $"A picture has {large.Bytes.Length / 1000:N0} kB; Bluesky takes {MaxImageBytes / 1000:N0} kB.");
    }

    private static Failure No(NetworkFailure kind, string detail) => new(kind, false, null, detail);
}
