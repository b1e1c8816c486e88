using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Holdfast.Testing.Social;

/// <summary>
/// A Jetstream on loopback, written from its documentation: <c>/subscribe</c> with <c>wantedCollections</c> and <c>cursor</c>, replay from
/// the cursor, then live. No real one can be had here.
/// </summary>
internal sealed class JetstreamSimulator : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<(long Time, string Text)> _events = [];
    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private readonly List<string> _requests = [];
    private readonly Task _running;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _refusal;
    private long _time;

    public JetstreamSimulator(DateTimeOffset start)
    {
        _time = start.ToUnixTimeMilliseconds() * 1000;
        _listener.Start();
        Address = new Uri($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _running = RunAsync();
    }

    public Uri Address { get; }

    /// <summary>Completes when somebody listens for the first time.</summary>
    public Task Opened => _opened.Task;

    /// <summary>What was asked for in each handshake, oldest first.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public string Post(string did, string key, string text, object? more = null)
    {
        var record = new Dictionary<string, object?> { ["$type"] = "app.bsky.feed.post", ["text"] = text, ["createdAt"] = Now(), ["langs"] = new[] { "en" }, ["reply"] = more };
        return Emit(did, new { rev = "3k", operation = "create", collection = "app.bsky.feed.post", rkey = key, record, cid = "bafy" });
    }

    public string Delete(string did, string key) => Emit(did, new { rev = "3k", operation = "delete", collection = "app.bsky.feed.post", rkey = key });

    /// <summary>Anything, as it stands; {0} in it is the time.</summary>
    public string Raw(string text)
    {
        lock (_lock)
        {
            _events.Add((++_time, text.Replace("{0}", _time.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
            var more = _more;
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            more.TrySetResult();
            return _time.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>From now on the handshake is answered with this status; null: opened again.</summary>
    public void Refuse(string? status)
    {
        lock (_lock)
        {
            _refusal = status;
        }
    }

    /// <summary>Every line breaks without a word.</summary>
    public void Drop()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Drop();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private string Now() => DateTimeOffset.UnixEpoch.AddMicroseconds(_time + 1).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private string Emit(string did, object commit) =>
        Raw($$$"""{"did":"{{{did}}}","time_us":{0},"kind":"commit","commit":{{{JsonSerializer.Serialize(commit)}}}}""");

    private async Task RunAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        _open[socket] = true;
        try
        {
            await using var stream = new NetworkStream(socket);
            var head = await HeadAsync(stream);
            string? refusal;
            lock (_lock)
            {
                _requests.Add(head[..head.IndexOf('\r', StringComparison.Ordinal)]);
                refusal = _refusal;
            }

            if (refusal is not null)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {refusal}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"), _stop.Token);
                return;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(Handshake(head)), _stop.Token);
            using var web = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            var cursor = Query(head, "cursor") is { } asked ? long.Parse(asked, CultureInfo.InvariantCulture) : long.MaxValue;
            await TellAsync(web, cursor);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or WebSocketException or ObjectDisposedException)
        {
            // The line was dropped, or the test is over.
        }
        finally
        {
            _open.TryRemove(socket, out _);
        }
    }

    private async Task TellAsync(WebSocket web, long cursor)
    {
        int at;
        lock (_lock)
        {
            at = cursor == long.MaxValue ? _events.Count : _events.FindIndex(e => e.Time >= cursor) is var found and >= 0 ? found : _events.Count;
        }

        _opened.TrySetResult();
        while (true)
        {
            List<string> due;
            Task more;
            lock (_lock)
            {
                due = [.. _events.Skip(at).Select(e => e.Text)];
                more = _more.Task;
            }

            at += due.Count;
            foreach (var text in due)
            {
                await web.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _stop.Token);
            }

            await more.WaitAsync(_stop.Token);
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static string? Query(string head, string name) => head.Split(' ')[1].Split('?', '&').FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    // SHA-1 is what RFC 6455 asks for; it protects nothing here.
#pragma warning disable CA5350
    private static string Handshake(string head)
    {
        var key = head.Split("\r\n").First(l => l.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))[18..].Trim();
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        return $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
    }
#pragma warning restore CA5350
}
