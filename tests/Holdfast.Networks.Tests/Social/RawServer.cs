using System.Net.Sockets;
using System.Text;
using Holdfast.Testing.Social;

namespace Holdfast.Networks.Tests.Social;

/// <summary>A server on loopback that does byte for byte what a test says: what the peers we have never do.</summary>
/// <param name="answer">The whole answer; null closes the connection without a byte, an empty one leaves it open and silent.</param>
internal sealed class RawServer(Func<RawServer.Request, string?> answer) : RawListener
{
    private readonly List<Request> _requests = [];

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    public static string Says(string status, string body = "", string headers = "") =>
        $"HTTP/1.1 {status}\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    protected override async Task ServeAsync(NetworkStream stream)
    {
        while (await ReadAsync(stream) is var (head, body))
        {
            var request = new Request(FirstLine(head), Encoding.UTF8.GetString(body));
            lock (_requests)
            {
                _requests.Add(request);
            }

            if (answer(request) is not { } said)
            {
                return;
            }

            if (said.Length == 0)
            {
                await Task.Delay(Timeout.Infinite, Stop);
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(said), Stop);
            if (said.Contains("connection: close", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    /// <summary>A request as it arrived.</summary>
    internal sealed record Request(string Line, string Body);
}
