using System.Globalization;
using System.Text.Json.Nodes;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>The server's entities as its API documentation shows them.</summary>
internal sealed class MastodonJson(MastodonWorld world, Uri server, TimeProvider time)
{
    public const string Version = "4.3.2";

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public JsonObject Account(SimulatedAccount account)
    {
        var name = account.Name.Split('@')[0];
        var picture = $"{server}avatars/original/missing.png";
        var statuses = world.Statuses.Where(s => s.By == account).ToList();
        return new JsonObject
        {
            ["id"] = Id(account.Id),
            ["username"] = name,
            ["acct"] = account.Name,
            ["display_name"] = account.DisplayName,
            ["locked"] = false,
            ["bot"] = false,
            ["discoverable"] = true,
            ["group"] = false,
            ["created_at"] = Instant(new DateTimeOffset(account.CreatedAt.UtcDateTime.Date, TimeSpan.Zero)),
            ["note"] = "",
            ["url"] = $"{server}@{account.Name}",
            ["uri"] = $"{server}users/{account.Name}",
            ["avatar"] = picture,
            ["avatar_static"] = picture,
            ["header"] = picture,
            ["header_static"] = picture,
            ["followers_count"] = account.Followers,
            ["following_count"] = 0,
            ["statuses_count"] = statuses.Count,
            ["last_status_at"] = statuses.Count == 0 ? null : statuses[^1].At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["emojis"] = new JsonArray(),
            ["fields"] = new JsonArray(),
        };
    }

    public JsonObject Credentials(SimulatedAccount account)
    {
        var json = Account(account);
        json["source"] = new JsonObject { ["privacy"] = "public", ["sensitive"] = false, ["language"] = null, ["note"] = "", ["fields"] = new JsonArray(), ["follow_requests_count"] = 0 };
        return json;
    }

    public JsonObject Status(SimulatedStatus status) => new()
    {
        ["id"] = Id(status.Id),
        ["created_at"] = Instant(status.At),
        ["in_reply_to_id"] = status.InReplyTo is { } id ? Id(id) : null,
        ["in_reply_to_account_id"] = world.Status(status.InReplyTo) is { } answered ? Id(answered.By.Id) : null,
        ["sensitive"] = status.Sensitive,
        ["spoiler_text"] = status.Warning,
        ["visibility"] = status.Visibility,
        ["language"] = status.Language,
        ["uri"] = $"{server}users/{status.By.Name}/statuses/{Id(status.Id)}",
        ["url"] = $"{server}@{status.By.Name}/{Id(status.Id)}",
        ["replies_count"] = world.Statuses.Count(s => s.InReplyTo == status.Id),
        ["reblogs_count"] = 0,
        ["favourites_count"] = 0,
        ["edited_at"] = status.EditedAt is { } edited ? Instant(edited) : null,
        ["favourited"] = false,
        ["reblogged"] = false,
        ["muted"] = false,
        ["bookmarked"] = false,
        ["content"] = MastodonHtml.Write(status.Text, server, name => world.ByName(name) is not null),
        ["filtered"] = new JsonArray(),
        ["reblog"] = world.Status(status.RepeatOf) is { } repeated ? Status(repeated) : null,
        ["application"] = null,
        ["account"] = Account(status.By),
        ["media_attachments"] = new JsonArray([.. status.Media.Select(m => Media(m))]),
        ["mentions"] = new JsonArray([.. MastodonHtml.Mentions(status.Text).Select(world.ByName).OfType<SimulatedAccount>().Distinct().Select(Mention)]),
        ["tags"] = new JsonArray([.. MastodonHtml.Tags(status.Text).Select(Tag)]),
        ["emojis"] = new JsonArray(),
        ["card"] = null,
        ["poll"] = status.Poll?.DeepClone(),
    };

    public JsonObject Media(SimulatedMedia medium)
    {
        var address = $"{server}system/media/{Id(medium.Id)}";
        return new JsonObject
        {
            ["id"] = Id(medium.Id),
            ["type"] = medium.Type.StartsWith("video/", StringComparison.Ordinal) ? "video" : "image",
            ["url"] = IsReady(medium) ? address : null,
            ["preview_url"] = address,
            ["remote_url"] = null,
            ["text_url"] = null,
            ["meta"] = new JsonObject(),
            ["description"] = medium.Alt,
            ["blurhash"] = null,
        };
    }

    public JsonObject Scheduled(SimulatedScheduled scheduled) => new()
    {
        ["id"] = Id(scheduled.Id),
        ["scheduled_at"] = Instant(scheduled.At),
        ["params"] = scheduled.Parameters.DeepClone(),
        ["media_attachments"] = new JsonArray([.. scheduled.Draft.Media.Select(m => Media(m))]),
    };

    public JsonObject Notification(SimulatedNotification notification) => Notification(notification, world.Status(notification.Status));

    private JsonObject Notification(SimulatedNotification notification, SimulatedStatus? about) => new()
    {
        ["id"] = Id(notification.Id),
        ["type"] = notification.Type,
        ["created_at"] = Instant(notification.At),
        ["account"] = Account(notification.From),
        ["status"] = about is null ? null : Status(about),
    };

    public string Payload(SimulatedEvent told) =>
        told.Notification is { } notification ? Notification(notification, told.Status).ToJsonString() : told.Status is { } status ? Status(status).ToJsonString() : told.Payload;

    public bool IsReady(SimulatedMedia medium) => medium.ReadyAt <= time.GetUtcNow();

    private JsonObject Mention(SimulatedAccount account) => new()
    {
        ["id"] = Id(account.Id),
        ["username"] = account.Name.Split('@')[0],
        ["url"] = $"{server}@{account.Name}",
        ["acct"] = account.Name,
    };

    private JsonObject Tag(string tag) => new()
    {
        ["name"] = tag.ToLowerInvariant(),
        ["url"] = $"{server}tags/{tag.ToLowerInvariant()}",
    };
}
