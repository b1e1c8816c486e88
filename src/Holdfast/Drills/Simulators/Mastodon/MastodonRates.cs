using System.Globalization;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>
/// The documented limits: 300 requests in 5 minutes an account, 30 uploads and 30 deletions in 30 minutes. The headers tell of the
/// one that is closest to its end.
/// </summary>
internal sealed class MastodonRates(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Who, string What), (DateTimeOffset Until, int Used)> _used = [];

    /// <summary>Multiplies every limit; a bench that sends thousands raises it.</summary>
    public int Times { get; set; } = 1;

    /// <returns>False: too many.</returns>
    public bool Count(HttpContext context, string who)
    {
        var now = time.GetUtcNow();
        var (limit, used, until) = Buckets(context.Request)
            .Select(bucket => Use(who, bucket.What, bucket.Limit * Times, bucket.Window, now))
            .MinBy(bucket => bucket.Limit - bucket.Used);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, limit - used).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = MastodonJson.Instant(until);
        return used <= limit;
    }

    private static IEnumerable<(string What, int Limit, TimeSpan Window)> Buckets(HttpRequest request)
    {
        yield return ("api", 300, TimeSpan.FromMinutes(5));
        if (HttpMethods.IsPost(request.Method) && request.Path.Value is "/api/v1/media" or "/api/v2/media")
            yield return ("media", 30, TimeSpan.FromMinutes(30));
        if (HttpMethods.IsDelete(request.Method) && request.Path.StartsWithSegments("/api/v1/statuses", StringComparison.Ordinal))
            yield return ("delete", 30, TimeSpan.FromMinutes(30));
    }

    private (int Limit, int Used, DateTimeOffset Until) Use(string who, string what, int limit, TimeSpan window, DateTimeOffset now)
    {
        lock (_lock)
        {
            var bucket = _used.TryGetValue((who, what), out var found) && found.Until > now ? found : (Until: now + window, Used: 0);
            bucket.Used++;
            _used[(who, what)] = bucket;
            return (limit, bucket.Used, bucket.Until);
        }
    }
}
