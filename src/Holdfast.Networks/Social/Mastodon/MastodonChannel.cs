namespace Holdfast.Networks.Social.Mastodon;

/// <summary>What is listened to on a server: what reaches the account, everything public, or a tag.</summary>
public sealed record MastodonChannel
{
    private MastodonChannel(string stream, string timeline, string? tag = null) => (Stream, Timeline, Tag) = (stream, timeline, tag);

    /// <summary>The home timeline (who the account follows) and what mentions it.</summary>
    public static readonly MastodonChannel Account = new("user", "/api/v1/timelines/home");

    /// <summary>All that the server knows and is public; on a large server tens of posts a second.</summary>
    public static readonly MastodonChannel Public = new("public", "/api/v1/timelines/public");

    /// <summary>What is written on this server.</summary>
    public static readonly MastodonChannel Local = new("public:local", "/api/v1/timelines/public?local=true");

    internal string Stream { get; }

    internal string Timeline { get; }

    internal string? Tag { get; }

    internal bool HasNotifications => Stream == "user";

    /// <param name="tag">With or without #.</param>
    public static MastodonChannel Hashtag(string tag)
    {
        var bare = tag.TrimStart('#');
        return new("hashtag", $"/api/v1/timelines/tag/{Uri.EscapeDataString(bare)}", bare);
    }
}
