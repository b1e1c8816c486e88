using System.Globalization;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>One message of a Jetstream: a new post, a deleted one, one that cannot be read, or something else that only moves the cursor.</summary>
internal sealed record JetstreamEvent(string? Cursor, HeardPost? Post, string? Deleted, UnreadablePost? Unreadable)
{
    /// <summary>Of a message that cannot be read, this much is kept.</summary>
    private const int KeptBytes = 4_000;

    public static JetstreamEvent Read(ReadOnlyMemory<byte> raw)
    {
        if (JsonReading.Parse(raw) is not { } message || message.Text("did") is not { } did || message.Number("time_us") is not { } time || time is < 0 or > 9_000_000_000_000_000)
        {
            return Bad(null, raw, "It is no message of a Jetstream.");
        }

        var cursor = time.ToString(CultureInfo.InvariantCulture);
        if (message.Text("kind") != "commit" || message.At("commit") is not { } commit || commit.Text("collection") != BlueskyRecord.Collection)
        {
            return new(cursor, null, null, null);
        }

        if (commit.Text("rkey") is not { Length: > 0 } key)
        {
            return Bad(cursor, raw, "The post has no key.");
        }

        var uri = new AtUri(did, BlueskyRecord.Collection, key);
        if (commit.Text("operation") == "delete")
        {
            return new(cursor, null, uri.ToString(), null);
        }

        var post = BlueskyPosts.Read(commit.At("record") ?? default, uri, null, null, DateTimeOffset.UnixEpoch.AddMicroseconds(time));
        return post.Succeeded(out var good) ? new(cursor, new(good, raw), null, null) : Bad(cursor, raw, post.Refusals[0].Message);
    }

    public static JetstreamEvent Bad(string? cursor, ReadOnlyMemory<byte> raw, string reason) =>
        new(cursor, null, null, new(raw[..Math.Min(raw.Length, KeptBytes)], reason));
}
