using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Holdfast.Networks.Tests.Notices.Mail;

/// <summary>A mail server on loopback that behaves as badly as a test asks; each connection is given to the same script.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public HostileServer(Func<Talk, Task> script)
    {
        _listener.Start();
        _serving = ServeAsync(script);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ServeAsync(Func<Talk, Task> script)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            try
            {
                using var talk = new Talk(client.GetStream(), _end.Token);
                await script(talk);
            }
            catch (IOException)
            {
                // The client had enough.
            }
        }
    }

    /// <summary>One connection.</summary>
    internal sealed class Talk(NetworkStream stream, CancellationToken end) : IDisposable
    {
        private readonly StreamReader _reader = new(stream, Encoding.UTF8);

        public List<string> Heard { get; } = [];

        public Task SayAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), end).AsTask();

        public async Task<string?> HearAsync()
        {
            var line = await _reader.ReadLineAsync(end);
            Heard.Add(line ?? "");
            return line;
        }

        public async Task HearToTheDotAsync()
        {
            while (await HearAsync() is { } line && line != ".")
            {
            }
        }

        public void Dispose() => _reader.Dispose();

        public Task ForeverAsync() => Task.Delay(Timeout.Infinite, end);

        /// <summary>Greets, and answers everything up to the content as a good server without extensions does.</summary>
        public async Task BehaveToDataAsync(string extensions = "250 hello\r\n")
        {
            await SayAsync("220 hello\r\n");
            await HearAsync();
            await SayAsync(extensions);
            foreach (var answer in new[] { "250 sender\r\n", "250 recipient\r\n", "354 go on\r\n" })
            {
                await HearAsync();
                await SayAsync(answer);
            }
        }
    }
}
