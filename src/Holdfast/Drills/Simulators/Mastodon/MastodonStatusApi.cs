using System.Globalization;
using System.Text.Json.Nodes;
using Holdfast.Core.Publishing;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Statuses: published, scheduled, read, edited, deleted.</summary>
internal sealed class MastodonStatusApi(MastodonSimulator simulator, TimeProvider time)
{
    /// <summary>Nearer than this cannot be scheduled.</summary>
    public static readonly TimeSpan MinAhead = TimeSpan.FromMinutes(5);

    private readonly Lock _creating = new();

    private MastodonWorld World => simulator.World;

    public static void Map(IEndpointRouteBuilder app, MastodonSimulator simulator, TimeProvider time)
    {
        var api = new MastodonStatusApi(simulator, time);
        app.MapPost("/api/v1/statuses", (Delegate)api.CreateAsync);
        app.MapGet("/api/v1/statuses/{id:long}", (HttpContext context, long id) => simulator.Json.Status(api.Visible(context, id)));
        app.MapGet("/api/v1/statuses/{id:long}/context", api.Thread);
        app.MapGet("/api/v1/statuses/{id:long}/source", (HttpContext context, long id) => Source(api.Own(context, id)));
        app.MapPut("/api/v1/statuses/{id:long}", api.EditAsync);
        app.MapDelete("/api/v1/statuses/{id:long}", api.Delete);
    }

    private async Task<JsonObject> CreateAsync(HttpContext context)
    {
        var who = simulator.Who(context);
        var asked = await MastodonParameters.ReadAsync(context.Request);
        var key = context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } given ? given : null;
        lock (_creating)
        {
            var repeated = World.Repeated(who, key);
            if (repeated.Known)
            {
                return repeated.Scheduled is { } scheduled ? simulator.Json.Scheduled(scheduled)
                    : repeated.Status is { } status ? simulator.Json.Status(status) : throw MastodonRefusal.NotFound();
            }

            var draft = Draft(who, asked) with { Key = key };
            // A time that is over is no time: the server publishes at once. One that is nearly over is refused.
            if (Instant(asked["scheduled_at"]) is { } at && at > time.GetUtcNow())
                return simulator.Json.Scheduled(Schedule(draft, asked, at));
            return simulator.Json.Status(World.Publish(draft));
        }
    }

    public static DateTimeOffset? Instant(string? written) =>
        DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private SimulatedStatus Draft(SimulatedAccount who, MastodonParameters asked)
    {
        var text = (asked["status"] ?? "").Trim();
        var media = Media(who, asked.All("media_ids"));
        var warning = asked["spoiler_text"] ?? "";
        if (text.Length == 0 && media.Count == 0)
            throw MastodonRefusal.Invalid("Text can't be blank");
        if (MastodonText.Length(text, warning, simulator.Limits.CharactersPerLink) > simulator.Limits.MaxCharacters)
            throw MastodonRefusal.Invalid($"Text character limit of {simulator.Limits.MaxCharacters} exceeded");
        var visibility = asked["visibility"] is { Length: > 0 } wanted ? wanted : "public";
        if (visibility is not ("public" or "unlisted" or "private" or "direct"))
            throw MastodonRefusal.Invalid("Visibility is not included in the list");
        if (asked["in_reply_to_id"] is { Length: > 0 } && World.Status(asked.Number("in_reply_to_id")) is null)
            throw new MastodonRefusal(404, "The post you are trying to reply to does not appear to exist.");
        return new SimulatedStatus(0, who, text, default)
        {
            Warning = warning,
            Visibility = visibility,
            Language = asked["language"],
            Sensitive = asked.Flag("sensitive") || warning.Length > 0,
            InReplyTo = asked.Number("in_reply_to_id"),
            Media = media,
            Poll = Poll(asked),
        };
    }

    private List<SimulatedMedia> Media(SimulatedAccount who, IReadOnlyList<string> ids)
    {
        if (ids.Count > simulator.Limits.MaxMedia)
            throw MastodonRefusal.Invalid($"Cannot attach more than {simulator.Limits.MaxMedia} files");
        var media = ids.Select(id => World.Media(long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : null)).ToList();
        if (media.Any(m => m is null || m.By != who || m.IsAttached))
            throw MastodonRefusal.Invalid($"Media {string.Join(", ", ids)} not found or already attached to another post");
        if (media.Any(m => !simulator.Json.IsReady(m!)))
            throw MastodonRefusal.Invalid("Cannot attach files that have not finished processing. Try again in a moment!");
        return media!;
    }

    private static JsonObject? Poll(MastodonParameters asked) => asked.All("poll[options]") is { Count: > 0 } options
        ? new JsonObject { ["options"] = new JsonArray([.. options.Select(o => new JsonObject { ["title"] = o, ["votes_count"] = 0 })]), ["multiple"] = asked.Flag("poll[multiple]") }
        : null;

    private SimulatedScheduled Schedule(SimulatedStatus draft, MastodonParameters asked, DateTimeOffset at)
    {
        Check(draft.By, at, own: null);
        var options = asked.All("poll[options]");
        return World.Schedule(new SimulatedScheduled(0, draft.By, at, new JsonObject
        {
            ["text"] = draft.Text,
            ["media_ids"] = draft.Media.Count == 0 ? null : new JsonArray([.. draft.Media.Select(m => MastodonJson.Id(m.Id))]),
            ["sensitive"] = draft.Sensitive,
            ["spoiler_text"] = draft.Warning.Length == 0 ? null : draft.Warning,
            ["visibility"] = draft.Visibility,
            ["language"] = draft.Language,
            ["scheduled_at"] = null,
            ["poll"] = options.Count == 0 ? null : new JsonObject
            {
                ["options"] = new JsonArray([.. options.Select(o => JsonValue.Create(o))]),
                ["expires_in"] = asked["poll[expires_in]"],
                ["multiple"] = asked.Flag("poll[multiple]"),
                ["hide_totals"] = asked.Flag("poll[hide_totals]"),
            },
            ["idempotency"] = draft.Key,
            ["in_reply_to_id"] = draft.InReplyTo,
            ["application_id"] = 1,
            ["with_rate_limit"] = false,
        }, draft));
    }

    /// <exception cref="MastodonRefusal">Too soon, or too many.</exception>
    public void Check(SimulatedAccount who, DateTimeOffset at, SimulatedScheduled? own)
    {
        if (at <= time.GetUtcNow() + MinAhead)
            throw MastodonRefusal.Invalid("Scheduled at The scheduled date must be in the future");
        var others = World.ScheduledOf(who).Where(s => s.Id != own?.Id).ToList();
        if (others.Count >= simulator.Limits.ScheduledInAll)
            throw MastodonRefusal.Invalid($"You have exceeded the limit of {simulator.Limits.ScheduledInAll} scheduled posts");
        if (others.Count(s => s.At.UtcDateTime.Date == at.UtcDateTime.Date) >= simulator.Limits.ScheduledADay)
            throw MastodonRefusal.Invalid($"You have exceeded the limit of {simulator.Limits.ScheduledADay} scheduled posts for today");
    }

    private SimulatedStatus Visible(HttpContext context, long id) =>
        World.Status(id) is { } status && MastodonReadApi.MaySee(World, Reader(context), status) ? status : throw MastodonRefusal.NotFound();

    // Without a token one reads what is public; with a wrong one, nothing.
    private SimulatedAccount? Reader(HttpContext context) => MastodonSimulator.Token(context.Request) is null ? null : simulator.Who(context);

    private SimulatedStatus Own(HttpContext context, long id)
    {
        var who = simulator.Who(context);
        return World.Status(id) is { } status && status.By == who ? status : throw MastodonRefusal.NotFound();
    }

    private JsonObject Thread(HttpContext context, long id)
    {
        var (status, reader) = (Visible(context, id), Reader(context));
        var (mostAbove, mostBelow) = reader is null ? (40, 60) : (4_096, 4_096);
        var ancestors = new List<SimulatedStatus>();
        for (var above = World.Status(status.InReplyTo); above is not null; above = World.Status(above.InReplyTo))
            ancestors.Insert(0, above);
        var answers = World.Statuses.ToLookup(s => s.InReplyTo);
        return new JsonObject
        {
            ["ancestors"] = Seen(ancestors.TakeLast(mostAbove)),
            ["descendants"] = Seen(Below(id).Take(mostBelow)),
        };

        IEnumerable<SimulatedStatus> Below(long above) => answers[above].SelectMany(answer => Below(answer.Id).Prepend(answer));
        JsonArray Seen(IEnumerable<SimulatedStatus> thread) => [.. thread.Where(s => MastodonReadApi.MaySee(World, reader, s)).Select(simulator.Json.Status)];
    }

    private static JsonObject Source(SimulatedStatus status) => new() { ["id"] = MastodonJson.Id(status.Id), ["text"] = status.Text, ["spoiler_text"] = status.Warning };

    private async Task<JsonObject> EditAsync(HttpContext context, long id)
    {
        var status = Own(context, id);
        var asked = await MastodonParameters.ReadAsync(context.Request);
        return simulator.Json.Status(World.Edit(status.Id, asked["status"] ?? "") ?? throw MastodonRefusal.NotFound());
    }

    private JsonObject Delete(HttpContext context, long id)
    {
        var status = Own(context, id);
        var json = simulator.Json.Status(status);
        json["text"] = status.Text;
        World.Delete(id);
        return json;
    }
}
