using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Social.Mastodon;

namespace Holdfast.Listening;

/// <summary>What can be listened to on a network. The names are stored.</summary>
/// <param name="OfAccount">It is a connected account's; else it is a server's, and public.</param>
/// <param name="Server">Where it is unless another one is typed in; null: it must be.</param>
/// <param name="Make">A reader of it; the text is the tag.</param>
internal sealed record NetworkKind(string Name, string Network, bool OfAccount, bool OfTag, string? Server, Func<NetworkHttp, TimeProvider, string?, IPostSource> Make)
{
    /// <summary>Jetstream's cursor is good for any of its servers.</summary>
    private const string Jetstream = "wss://jetstream2.us-west.bsky.network";

    public static readonly IReadOnlyList<NetworkKind> All =
    [
        new("BlueskyStream", "bluesky", OfAccount: false, OfTag: false, Jetstream, (_, time, _) => new JetstreamSource(time)),
        new("BlueskyAccount", "bluesky", OfAccount: true, OfTag: false, null, (http, time, _) => new BlueskyNotificationSource(http, time)),
        new("MastodonAccount", "mastodon", OfAccount: true, OfTag: false, null, (http, time, _) => new MastodonSource(http, time, MastodonChannel.Account)),
        new("MastodonPublic", "mastodon", OfAccount: false, OfTag: false, null, (http, time, _) => new MastodonSource(http, time, MastodonChannel.Public)),
        new("MastodonTag", "mastodon", OfAccount: false, OfTag: true, null, (http, time, tag) => new MastodonSource(http, time, MastodonChannel.Hashtag(tag ?? ""))),
    ];

    public static NetworkKind? Find(string? name) => All.FirstOrDefault(k => k.Name == name);
}
