using System.Text.Json.Nodes;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Accounts, timelines, notifications and search.</summary>
internal sealed class MastodonReadApi(MastodonSimulator simulator)
{
    private MastodonWorld World => simulator.World;

    public static void Map(IEndpointRouteBuilder app, MastodonSimulator simulator)
    {
        var api = new MastodonReadApi(simulator);
        app.MapGet("/api/v1/accounts/verify_credentials", (HttpContext context) => simulator.Json.Credentials(simulator.Who(context)));
        app.MapGet("/api/v1/accounts/lookup", (string acct) => simulator.Json.Account(simulator.World.ByName(acct) ?? throw MastodonRefusal.NotFound()));
        app.MapGet("/api/v1/accounts/search", (HttpContext context, string q) => api.FindAccounts(context, q));
        app.MapGet("/api/v1/accounts/{id:long}", (long id) => simulator.Json.Account(api.Account(id)));
        app.MapGet("/api/v1/accounts/{id:long}/statuses", api.OfAccountAsync);
        app.MapPost("/api/v1/accounts/{id:long}/follow", api.Follow);
        app.MapGet("/api/v1/timelines/home", (Delegate)api.HomeAsync);
        app.MapGet("/api/v1/timelines/public", (Delegate)((HttpContext context) => api.PublicAsync(context, tag: null)));
        app.MapGet("/api/v1/timelines/tag/{tag}", (HttpContext context, string tag) => api.PublicAsync(context, tag));
        app.MapGet("/api/v1/notifications", (Delegate)api.NotificationsAsync);
        app.MapGet("/api/v1/notifications/{id:long}", api.Notification);
        app.MapGet("/api/v2/search", (Delegate)api.SearchAsync);
    }

    public static bool MaySee(MastodonWorld world, SimulatedAccount? reader, SimulatedStatus status) =>
        status.Visibility is "public" or "unlisted"
        || (reader is not null
            && (status.By == reader
                || MastodonHtml.Mentions(status.Text).Contains(reader.Name, StringComparer.OrdinalIgnoreCase)
                || (status.Visibility is "private" && world.Follows(reader, status.By))));

    private SimulatedAccount Account(long id) => World.ById(id) ?? throw MastodonRefusal.NotFound();

    private async Task<JsonArray> OfAccountAsync(HttpContext context, long id)
    {
        var reader = MastodonSimulator.Token(context.Request) is { } token ? World.ByToken(token) : null;
        var account = Account(id);
        var asked = await MastodonParameters.ReadAsync(context.Request);
        var statuses = World.Statuses.Where(s => s.By == account && MaySee(World, reader, s)
            && !(asked.Flag("exclude_replies") && s.InReplyTo is not null) && !(asked.Flag("exclude_reblogs") && s.RepeatOf is not null));
        return (await MastodonPage.OfAsync(context.Request, 20, 40)).Answer(context, simulator, statuses, s => s.Id, simulator.Json.Status);
    }

    private JsonObject Follow(HttpContext context, long id)
    {
        World.Follow(simulator.Who(context), Account(id));
        return new JsonObject { ["id"] = MastodonJson.Id(id), ["following"] = true, ["followed_by"] = false, ["requested"] = false, ["muting"] = false, ["blocking"] = false };
    }

    private async Task<JsonArray> HomeAsync(HttpContext context)
    {
        var who = simulator.Who(context);
        var statuses = World.Statuses.Where(s => s.By == who || (World.Follows(who, s.By) && MaySee(World, who, s)));
        return (await MastodonPage.OfAsync(context.Request, 20, 40)).Answer(context, simulator, statuses, s => s.Id, simulator.Json.Status);
    }

    private async Task<JsonArray> PublicAsync(HttpContext context, string? tag)
    {
        var asked = await MastodonParameters.ReadAsync(context.Request);
        var statuses = World.Statuses.Where(s => s.Visibility is "public" && s.RepeatOf is null
            && (!asked.Flag("local") || s.By.IsLocal) && (!asked.Flag("remote") || !s.By.IsLocal) && (!asked.Flag("only_media") || s.Media.Count > 0)
            && (tag is null || MastodonHtml.Tags(s.Text).Contains(tag, StringComparer.OrdinalIgnoreCase)));
        return (await MastodonPage.OfAsync(context.Request, 20, 40)).Answer(context, simulator, statuses, s => s.Id, simulator.Json.Status);
    }

    private async Task<JsonArray> NotificationsAsync(HttpContext context)
    {
        var who = simulator.Who(context);
        var asked = await MastodonParameters.ReadAsync(context.Request);
        var (types, without) = (asked.All("types"), asked.All("exclude_types"));
        var notifications = World.NotificationsOf(who).Where(n => (types.Count == 0 || types.Contains(n.Type)) && !without.Contains(n.Type));
        return (await MastodonPage.OfAsync(context.Request, 40, 80)).Answer(context, simulator, notifications, n => n.Id, simulator.Json.Notification);
    }

    private JsonObject Notification(HttpContext context, long id) =>
        World.NotificationsOf(simulator.Who(context)).FirstOrDefault(n => n.Id == id) is { } found ? simulator.Json.Notification(found) : throw MastodonRefusal.NotFound();

    private JsonArray FindAccounts(HttpContext context, string q)
    {
        simulator.Who(context);
        return new JsonArray([.. Matching(q).Select(simulator.Json.Account)]);
    }

    private async Task<JsonObject> SearchAsync(HttpContext context)
    {
        var who = simulator.Who(context);
        var asked = await MastodonParameters.ReadAsync(context.Request);
        var (q, type) = (asked["q"] ?? "", asked["type"]);
        var limit = asked.Limit(20, 40);
        var statuses = World.Statuses.Where(s => MaySee(World, who, s) && s.Text.Contains(q, StringComparison.OrdinalIgnoreCase)).OrderByDescending(s => s.Id).Take(limit);
        var tags = World.Statuses.SelectMany(s => MastodonHtml.Tags(s.Text)).Select(t => t.ToLowerInvariant()).Distinct().Where(t => t.Contains(q.TrimStart('#'), StringComparison.OrdinalIgnoreCase)).Take(limit);
        return new JsonObject
        {
            ["accounts"] = new JsonArray(type is null or "accounts" ? [.. Matching(q).Take(limit).Select(simulator.Json.Account)] : []),
            ["statuses"] = new JsonArray(type is null or "statuses" ? [.. statuses.Select(simulator.Json.Status)] : []),
            ["hashtags"] = new JsonArray(type is null or "hashtags" ? [.. tags.Select(t => new JsonObject { ["name"] = t, ["url"] = $"{simulator.Address}tags/{t}", ["history"] = new JsonArray() })] : []),
        };
    }

    private IEnumerable<SimulatedAccount> Matching(string q) => World.Accounts.Where(a => a.Name.Contains(q.TrimStart('@'), StringComparison.OrdinalIgnoreCase));
}
