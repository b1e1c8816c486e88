namespace Holdfast.Core.Listening;

/// <summary>Ours, UUIDv7. The network's own identity of a post is (<see cref="Post.Network"/>, <see cref="Post.NetworkId"/>).</summary>
public readonly record struct PostId(Guid Value);

/// <summary>A post as a network gave it, in event time.</summary>
public sealed record Post
{
    public required PostId Id { get; init; }

    /// <summary>Lower case: <c>bluesky</c>, <c>mastodon</c>, <c>x</c>, <c>phone</c> …</summary>
    public required string Network { get; init; }

    public required string NetworkId { get; init; }

    public required Author Author { get; init; }

    /// <summary>At most <see cref="MaxTextLength"/> UTF-16 units, well formed, without NUL.</summary>
    public required string Text { get; init; }

    /// <summary>When the author wrote it, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>BCP 47, as the network declares it; not to be believed without reading.</summary>
    public string? Language { get; init; }

    public string? Url { get; init; }

    /// <summary>The network's id of the post this one answers, repeats or quotes.</summary>
    public string? ReplyTo { get; init; }

    public string? RepostOf { get; init; }

    public string? QuoteOf { get; init; }

    public const int MaxTextLength = 20_000;
}

/// <summary>Who wrote it. <paramref name="Followers"/> is null where the network does not say.</summary>
public sealed record Author(string Id, string Handle, string? Name = null, long? Followers = null, bool Verified = false, Voice Voice = Voice.Public);

/// <summary>Who speaks. The numbers are stored.</summary>
public enum Voice
{
    Public = 0,
    Press = 1,
    Official = 2,
    Staff = 3,
}
