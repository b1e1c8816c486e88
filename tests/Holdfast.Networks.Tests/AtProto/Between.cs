using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Holdfast.Networks.Tests.AtProto;

/// <summary>Stands between us and a server, one request a connection, and does with the answers what a bad line does.</summary>
internal sealed class Between : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly Func<string, Fate> _fate;
    private readonly Task _running;
    private readonly List<string> _arrived = [];

    public Between(Uri server, Func<string, Fate> fate)
    {
        (_server, _fate) = (server, fate);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _running = RunAsync();
    }

    public enum Fate
    {
        Pass,

        /// <summary>The server gets it and answers; the answer is lost.</summary>
        SwallowAnswer,

        /// <summary>The server never gets it.</summary>
        SwallowRequest,
    }

    public Uri Address { get; }

    /// <summary>First lines of the requests, in the order of arrival.</summary>
    public IReadOnlyList<string> Arrived
    {
        get
        {
            lock (_arrived)
            {
                return [.. _arrived];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            var (head, body) = await ReadAsync(stream);
            var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
            lock (_arrived)
            {
                _arrived.Add(line);
            }

            var fate = _fate(line);
            if (fate == Fate.SwallowRequest)
            {
                return;
            }

            using var upstream = new TcpClient();
            await upstream.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            var there = upstream.GetStream();
            await there.WriteAsync(Encoding.ASCII.GetBytes(head.Insert(head.IndexOf('\n', StringComparison.Ordinal) + 1, "connection: close\r\n")), _stop.Token);
            await there.WriteAsync(body, _stop.Token);
            using var answer = new MemoryStream();
            await there.CopyToAsync(answer, _stop.Token);
            if (fate == Fate.Pass)
            {
                await stream.WriteAsync(answer.ToArray(), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<(string Head, byte[] Body)> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").FirstOrDefault(l => l.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        var body = new byte[length is null ? 0 : int.Parse(length.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return (head.ToString(), body);
    }
}
