using System.Text.Json.Nodes;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Paging by ids, newest first, with the Link header that tells where the next and the previous pages are.</summary>
internal sealed record MastodonPage(long? MaxId, long? SinceId, long? MinId, int Limit)
{
    public static async Task<MastodonPage> OfAsync(HttpRequest request, int usual, int most)
    {
        var asked = await MastodonParameters.ReadAsync(request);
        return new(asked.Number("max_id"), asked.Number("since_id"), asked.Number("min_id"), asked.Limit(usual, most));
    }

    public JsonArray Answer<T>(HttpContext context, MastodonSimulator simulator, IEnumerable<T> all, Func<T, long> id, Func<T, JsonObject> json)
    {
        var within = all.Where(item => (MaxId is null || id(item) < MaxId) && (SinceId is null || id(item) > SinceId) && (MinId is null || id(item) > MinId));
        // min_id asks for those right above it, since_id for the newest of those above it.
        var page = (MinId is null ? within.OrderByDescending(id).Take(Limit) : within.OrderBy(id).Take(Limit).Reverse()).ToList();
        if (page.Count > 0)
        {
            var address = new Uri(simulator.Address, context.Request.Path.Value);
            var rest = string.Concat(context.Request.Query.Where(q => q.Key is not ("max_id" or "since_id" or "min_id")).SelectMany(q => q.Value.Select(v => $"{q.Key}={Uri.EscapeDataString(v ?? "")}&")));
            var next = page.Count == Limit ? $"<{address}?{rest}max_id={id(page[^1])}>; rel=\"next\", " : "";
            context.Response.Headers.Link = $"{next}<{address}?{rest}min_id={id(page[0])}>; rel=\"prev\"";
        }

        return new JsonArray([.. page.Select(json)]);
    }
}
