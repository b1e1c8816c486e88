using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>One connection to a Jetstream, from its handshake to its end. What is heard waits in a bounded room: when it is full, the line is not read.</summary>
internal sealed class JetstreamLine(Uri address, TimeProvider time) : IAsyncDisposable
{
    private const int Room = 2_000;
    private const int BatchSize = 500;
    private const int MaxMessage = 1024 * 1024;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(15);

    private readonly Channel<JetstreamEvent> _heard = Channel.CreateBounded<JetstreamEvent>(new BoundedChannelOptions(Room) { SingleReader = true, SingleWriter = true });
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>Why it ended.</summary>
    public Failure? Trouble { get; private set; }

    public async IAsyncEnumerable<SourceBatch> BatchesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        _reading = ReadAsync(_stop.Token);
        while (await _heard.Reader.WaitToReadAsync(cancel))
        {
            var events = new List<JetstreamEvent>();
            Take(events);
            if (events.Count < BatchSize)
            {
                await Task.Delay(Linger, time, cancel);
                Take(events);
            }

            yield return new(
                [.. events.Select(e => e.Post).OfType<HeardPost>()], [.. events.Select(e => e.Deleted).OfType<string>()],
                [.. events.Select(e => e.Unreadable).OfType<UnreadablePost>()], events.LastOrDefault(e => e.Cursor is not null)?.Cursor, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
    }

    private void Take(List<JetstreamEvent> events)
    {
        while (events.Count < BatchSize && _heard.Reader.TryRead(out var next))
        {
            events.Add(next);
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            await ConnectAsync(stop);
            while (await MessageAsync(stop) is { } heard)
            {
                await _heard.Writer.WriteAsync(heard, stop);
            }

            Trouble = Ended("ended the stream");
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or HttpRequestException)
        {
            Trouble = _socket.HttpStatusCode switch
            {
                HttpStatusCode.TooManyRequests => new(NetworkFailure.RateLimited, true, null, $"{address.Host} asks us to slow down."),
                >= HttpStatusCode.BadRequest => new(NetworkFailure.Refused, true, null, $"{address.Host} does not open the stream (HTTP {(int)_socket.HttpStatusCode})."),
                _ => Ended(_socket.State == WebSocketState.None || _socket.HttpStatusCode == 0 ? "cannot be reached" : "broke off"),
            };
        }
        finally
        {
            _heard.Writer.Complete();
        }
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        _socket.Options.CollectHttpResponseDetails = true;
        _socket.Options.KeepAliveInterval = PingEvery;
        _socket.Options.KeepAliveTimeout = PingPatience;
        using var clock = new CancellationTokenSource(ConnectLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, stop);
        await _socket.ConnectAsync(address, both.Token);
    }

    // A message beyond the limit is read past and kept in part; the line goes on.
    private async Task<JetstreamEvent?> MessageAsync(CancellationToken stop)
    {
        using var message = new MemoryStream();
        var buffer = new byte[32 * 1024];
        var cut = false;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            cut |= message.Length + part.Count > MaxMessage;
            message.Write(buffer, 0, cut ? 0 : part.Count);
        }
        while (!part.EndOfMessage);
        return cut ? JetstreamEvent.Bad(null, message.ToArray(), "It is larger than a megabyte.") : JetstreamEvent.Read(message.ToArray());
    }

    private Failure Ended(string how) => new(NetworkFailure.ConnectionLost, true, null, $"{address.Host} {how}.");
}
