using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Streams, as server-sent events and over a WebSocket, both with the account's token.</summary>
internal sealed class MastodonStreams(MastodonSimulator simulator, TimeProvider time, CancellationToken stopping) : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private CancellationTokenSource _cut = new();
    private int _open;

    /// <summary>How many are being listened to.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Every stream ends, as when the server is restarted.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut.Cancel();
            _cut.Dispose();
            _cut = new CancellationTokenSource();
        }
    }

    public void Dispose() => _cut.Dispose();

    public void Map(WebApplication app)
    {
        app.MapGet("/api/v1/streaming/health", () => "OK");
        app.MapGet("/api/v1/streaming", WebSocketAsync);
        app.MapGet("/api/v1/streaming/{*path}", EventsAsync);
    }

    private async Task EventsAsync(HttpContext context, string path)
    {
        var stream = path.Trim('/').Replace('/', ':');
        if (!MastodonSubscription.IsKnown(stream))
            throw new MastodonRefusal(400, "Unknown channel requested");
        var subscription = simulator.World.Subscribe(simulator.Who(context), stream, context.Request.Query["tag"]);
        using var ends = Ends(context);
        using var writing = new SemaphoreSlim(1);
        var beating = Task.CompletedTask;
        Interlocked.Increment(ref _open);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "private, no-store";
            await WriteAsync(context.Response, writing, ":)\n", ends.Token);
            beating = BeatAsync(context.Response, writing, ends.Token);
            await foreach (var told in subscription.ReadAsync(ends.Token))
                await WriteAsync(context.Response, writing, $"event: {told.Name}\ndata: {simulator.Json.Payload(told)}\n\n", ends.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            simulator.World.Unsubscribe(subscription);
            await ends.CancelAsync();
            await beating;
        }
    }

    private async Task BeatAsync(HttpResponse response, SemaphoreSlim writing, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
                await WriteAsync(response, writing, ":thump\n", cancel);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
        }
    }

    private static async Task WriteAsync(HttpResponse response, SemaphoreSlim writing, string text, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            await response.WriteAsync(text, cancel);
            await response.Body.FlushAsync(cancel);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task WebSocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw MastodonRefusal.NotFound();
        var who = simulator.Who(context);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.Request.Headers.SecWebSocketProtocol.ToString() is { Length: > 0 } protocol ? protocol : null);
        using var ends = Ends(context);
        using var sending = new SemaphoreSlim(1);
        var subscriptions = new List<MastodonSubscription>();
        var pumps = new List<Task>();
        Interlocked.Increment(ref _open);
        try
        {
            if (context.Request.Query["stream"].ToString() is { Length: > 0 } stream)
                await AddAsync(stream, context.Request.Query["tag"]);
            while (await MastodonSocket.ReadAsync(socket, ends.Token) is { } said)
            {
                if (said["type"]?.ToString() == "subscribe")
                    await AddAsync(said["stream"]?.ToString() ?? "", said["tag"]?.ToString());
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ends.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            foreach (var subscription in subscriptions)
                simulator.World.Unsubscribe(subscription);
            await ends.CancelAsync();
            await Task.WhenAll(pumps);
        }

        async Task AddAsync(string stream, string? tag)
        {
            if (!MastodonSubscription.IsKnown(stream))
            {
                await MastodonSocket.SendAsync(socket, sending, new JsonObject { ["error"] = "Unknown stream type", ["status"] = 400 }, ends.Token);
                return;
            }

            var subscription = simulator.World.Subscribe(who, stream, tag);
            subscriptions.Add(subscription);
            pumps.Add(PumpAsync(socket, sending, subscription, ends.Token));
        }
    }

    private async Task PumpAsync(WebSocket socket, SemaphoreSlim sending, MastodonSubscription subscription, CancellationToken cancel)
    {
        try
        {
            await foreach (var told in subscription.ReadAsync(cancel))
            {
                var streams = subscription.Tag is { } tag ? new JsonArray(subscription.Stream, tag) : new JsonArray(subscription.Stream);
                await MastodonSocket.SendAsync(socket, sending, new JsonObject { ["stream"] = streams, ["event"] = told.Name, ["payload"] = simulator.Json.Payload(told) }, cancel);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
        }
    }

    private CancellationTokenSource Ends(HttpContext context)
    {
        lock (_lock)
            return CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, _cut.Token);
    }
}

/// <summary>JSON over a WebSocket, one message at a time.</summary>
internal static class MastodonSocket
{
    public static async Task SendAsync(WebSocket socket, SemaphoreSlim sending, JsonObject message, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <returns>Null at the end.</returns>
    public static async Task<JsonNode?> ReadAsync(WebSocket socket, CancellationToken cancel)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            try
            {
                return JsonNode.Parse(message.ToArray()) ?? new JsonObject();
            }
            catch (System.Text.Json.JsonException)
            {
                return new JsonObject();
            }
        }
    }
}
