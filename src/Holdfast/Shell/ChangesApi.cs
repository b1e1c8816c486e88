using System.Collections.Concurrent;
using System.Threading.Channels;
using Holdfast.Core.People;
using Holdfast.Database;

namespace Holdfast.Shell;

/// <summary>
/// <c>/changes?topics=a,b</c>: tells a page which topics changed, as server-sent events; the page then fetches its fragment again.
/// A topic is told at most once each 200 ms; what changed since the page's mark (<c>since</c>, or the last event's id when the
/// browser asks again) is told at once. A stream ends after ten minutes, so that rights are looked at again.
/// </summary>
internal static class ChangesApi
{
    private const int MaxTopics = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly string[] Common = ["sources", "outbox", "freezes", "publishing", "responses", "demo"];

    public static void MapChanges(this IEndpointRouteBuilder app) =>
        app.MapGet("/changes", TellAsync).RequireAuthorization(nameof(Permission.Read)).ExcludeFromDescription();

    private static async Task TellAsync(
        string topics, string? since, HttpContext context, Changes changes, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        ending.CancelAfter(Longest);

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var news = new News();
        var known = Known(topics);
        using var subscriptions = new Subscriptions(known.Select(topic => changes.Subscribe(topic, _ => news.Add(topic))));
        var mark = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : since;
        known.Where(topic => changes.MayHaveChanged(topic, mark)).ToList().ForEach(news.Add);
        try
        {
            await context.Response.WriteAsync("retry: 1000\n\n", ending.Token);
            await context.Response.Body.FlushAsync(ending.Token);
            while (true)
            {
                await news.WaitAsync(time, ending.Token);
                // The mark before the news: what comes between them is told again rather than lost.
                await SendAsync(context.Response, changes.Mark, news.Take(), ending.Token);
                await Task.Delay(Pause, time, ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, the server stops, or the ten minutes are over: the browser asks again if anyone looks.
        }
    }

    private static async Task SendAsync(HttpResponse response, string mark, IReadOnlyList<string> topics, CancellationToken cancel)
    {
        // The mark comes last: a stream that breaks halfway has not told all of it.
        await response.WriteAsync(string.Join("\n\n", topics.Select(topic => $"data: {topic}")) + $"\nid: {mark}\n\n", cancel);
        await response.Body.FlushAsync(cancel);
    }

    private static List<string> Known(string topics) =>
        [.. topics.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Where(IsKnown).Take(MaxTopics)];

    /// <summary>Whether a page may ask for it.</summary>
    public static bool IsKnown(string topic) =>
        Common.Contains(topic)
        || (topic.Split(':') is ["brand" or "situation", var id] && Guid.TryParseExact(id, "D", out _));

    /// <summary>What changed since the page was told last: each topic once, however often it changed, so a flood takes no room.</summary>
    private sealed class News
    {
        private readonly ConcurrentDictionary<string, bool> _topics = new(StringComparer.Ordinal);
        private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Add(string topic)
        {
            _topics[topic] = true;
            _bell.Writer.TryWrite(true);
        }

        /// <summary>Waits for the next change, or until it is time for a sign of life.</summary>
        public async Task WaitAsync(TimeProvider time, CancellationToken cancel)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            await Task.WhenAny(_bell.Reader.WaitToReadAsync(waiting.Token).AsTask(), Task.Delay(Heartbeat, time, waiting.Token));
            await waiting.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        }

        public IReadOnlyList<string> Take()
        {
            _bell.Reader.TryRead(out _);
            return [.. _topics.Keys.Where(topic => _topics.TryRemove(topic, out _))];
        }
    }

    private sealed class Subscriptions(IEnumerable<IDisposable> all) : IDisposable
    {
        private readonly List<IDisposable> _all = [.. all];

        public void Dispose() => _all.ForEach(each => each.Dispose());
    }
}
