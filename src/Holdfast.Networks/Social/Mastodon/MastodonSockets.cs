using System.Net.WebSockets;
using System.Text.Json;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>The same stream over a WebSocket, for servers whose proxy holds server-sent events back.</summary>
internal static class MastodonSockets
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    public static async Task<Outcome<MastodonWire>> OpenAsync(TimeProvider time, Uri streaming, MastodonChannel channel, string token, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.KeepAliveInterval = KeepAlive;
        socket.Options.KeepAliveTimeout = MastodonWire.Silence - KeepAlive;
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(streaming)
        {
            Scheme = streaming.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
            Port = streaming.Port,
            Path = "/api/v1/streaming",
            Query = $"stream={channel.Stream}{(channel.Tag is null ? "" : $"&tag={Uri.EscapeDataString(channel.Tag)}")}",
        }.Uri;
        using var clock = new CancellationTokenSource(NetworkHttp.ConnectLimit * 2, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            await socket.ConnectAsync(address, both.Token);
            return new MastodonWire((give, until) => ReadAsync(socket, give, until), cancel);
        }
        catch (Exception e) when (e is WebSocketException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var refused = socket.HttpStatusCode == System.Net.HttpStatusCode.Unauthorized;
            socket.Dispose();
            return refused
                ? new Failure(NetworkFailure.SignInNeeded, false, null, "The network wants a new sign-in.")
                : new Failure(NetworkFailure.Unreachable, true, null, $"{streaming.Host} opens no stream.");
        }
    }

    private static async Task<Failure> ReadAsync(ClientWebSocket socket, Func<MastodonEvent, ValueTask> give, CancellationToken cancel)
    {
        using var owned = socket;
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
                if (part.MessageType == WebSocketMessageType.Close)
                    return new(NetworkFailure.ConnectionLost, true, null, "The server ended the stream.");
                message.Write(buffer, 0, part.Count);
                if (message.Length > MastodonWire.MaxEvent)
                    return new(NetworkFailure.NotUnderstood, true, null, "The stream sent an event that is larger than any status.");
                if (!part.EndOfMessage)
                    continue;
                var (told, refused) = Read(message.GetBuffer().AsMemory(0, (int)message.Length));
                message.SetLength(0);
                if (refused is not null)
                    return refused;
                if (told is not null)
                    await give(told);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            return new(NetworkFailure.ConnectionLost, true, null, "The stream broke.");
        }
    }

    private static (MastodonEvent? Told, Failure? Refused) Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var json = document.RootElement;
            return json.Text("error") is { } error
                ? (null, new(NetworkFailure.Refused, false, null, $"The server refused the stream. It says: {error}"))
                : (json.Text("event") is { } name ? new MastodonEvent(name, json.Text("payload") ?? "") : null, null);
        }
        catch (JsonException)
        {
            return (null, new(NetworkFailure.NotUnderstood, true, null, "The stream sent something that is not Mastodon's."));
        }
    }
}
