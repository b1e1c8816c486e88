using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Holdfast.Testing.Alerts;

/// <summary>A mail as the sink took it: when its last line came, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
internal sealed record SunkMail(long At, string MessageId, string Subject)
{
    /// <summary>The attempt it was sent for: what stands before the number of the try.</summary>
    public string Attempt => MessageId[..MessageId.IndexOf('.', StringComparison.Ordinal)];

    public bool IsMarkedAsRepeat => Subject.StartsWith("(possible repeat)", StringComparison.Ordinal);
}

/// <summary>An SMTP server on loopback that takes everything and remembers it.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<SunkMail> _mails = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private Action<SunkMail>? _arrived;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyCollection<SunkMail> Mails => _mails;

    public void OnArrival(Action<SunkMail> arrived) => _arrived = arrived;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            open.RemoveAll(each => each.IsCompleted);
            open.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side was killed: that is what this sink is for.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await SayAsync(stream, "220 sink");
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(stream, "250-sink\r\n250 PIPELINING");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    await TakeAsync(reader);
                    await SayAsync(stream, "250 taken");
                    break;
                case "QUIT":
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    /// <summary>A mail counts from its last line on, whether the sender lives to hear the answer or not.</summary>
    private async Task TakeAsync(StreamReader reader)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var inHeaders = true;
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            if (line == ".")
            {
                var mail = new SunkMail(Stopwatch.GetTimestamp(), headers["Message-ID"].Trim(' ', '<', '>'), headers["Subject"].Trim());
                _mails.Enqueue(mail);
                _arrived?.Invoke(mail);
                return;
            }

            inHeaders &= line.Length > 0;
            if (inHeaders && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && line[0] != ' ')
            {
                headers[line[..colon]] = Decode(line[(colon + 1)..]);
            }
            else if (inHeaders && line[0] == ' ' && headers.Count > 0)
            {
                var last = headers.Keys.Last();
                headers[last] += Decode(line);
            }
        }

        throw new EndOfStreamException();
    }

    /// <summary>Encoded words as our own writer makes them: each stands alone.</summary>
    private static string Decode(string text) => string.Concat(text.Trim().Split(' ').Select(word =>
        word.StartsWith("=?utf-8?B?", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2]))
            : word + " "));

    private async Task SayAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _end.Token);
}
