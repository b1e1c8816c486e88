using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Holdfast.Networks.Social.Practice;

/// <summary>A post as the practice network is given it.</summary>
public sealed record PracticePost(string Key, string Account, string Text, string? ReplyTo);

/// <summary>A writing request that arrived whole, whatever was answered.</summary>
/// <param name="FirstByteAt">When its first byte came, by the clock's timestamps.</param>
/// <param name="Done">It was carried out.</param>
/// <param name="Published">It made a post that was not there before.</param>
public sealed record PracticeArrival(long FirstByteAt, long At, PracticePost Post, bool Done, bool Published);

/// <summary>How the practice network treats one request.</summary>
public enum PracticeMood
{
    Answers,

    /// <summary>Closes the connection without looking.</summary>
    Closes,

    /// <summary>Does it and closes the connection without a word.</summary>
    LosesTheAnswer,

    /// <summary>429 with Retry-After: 1; nothing is done.</summary>
    AsksToWait,

    /// <summary>500; nothing is done.</summary>
    Fails,

    /// <summary>500 after it was done all the same.</summary>
    FailsAfterwards,
}

/// <param name="Before">Waits this long before it does it.</param>
/// <param name="After">Waits this long between doing and answering.</param>
public sealed record PracticeWay(PracticeMood Mood = PracticeMood.Answers, TimeSpan Before = default, TimeSpan After = default);

/// <summary>
/// A network on loopback with a log of its own, for the demo and for tests: what arrived here has left, whatever the sender says.
/// One request a connection.
/// </summary>
public sealed class PracticeServer : IAsyncDisposable
{
    private const int MaxHead = 16 * 1024;
    private const int MaxBody = 1024 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, PracticePost> _posts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<PracticeArrival> _arrivals = new();
    private readonly ConcurrentQueue<string> _deletions = new();
    private readonly Func<PracticePost, PracticeWay> _ways;
    private readonly TimeProvider _time;
    private readonly Task _accepting;

    /// <param name="time">The clock of the log.</param>
    /// <param name="ways">How each writing request is treated; asked when it has arrived whole.</param>
    public PracticeServer(TimeProvider time, Func<PracticePost, PracticeWay>? ways = null)
    {
        (_time, _ways) = (time, ways ?? (_ => new PracticeWay()));
        _listener.Start();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Every writing request that arrived whole, in order.</summary>
    public IReadOnlyCollection<PracticeArrival> Arrivals => _arrivals;

    /// <summary>The key of every deletion that arrived, in order.</summary>
    public IReadOnlyCollection<string> Deletions => _deletions;

    /// <summary>What can be seen on this network, by key.</summary>
    public IReadOnlyDictionary<string, PracticePost> Posts => _posts;

    public async ValueTask DisposeAsync()
    {
        if (_accepting.IsCompleted)
        {
            return;
        }

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
            catch (Exception e) when (e is IOException or OperationCanceledException or JsonException or InvalidDataException)
            {
                // The other side was killed, or sent what is no request.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        var buffer = new byte[MaxHead];
        var read = await stream.ReadAsync(buffer, _end.Token);
        var first = _time.GetTimestamp();
        var end = -1;
        while (read > 0 && (end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read), _end.Token);
            read = more == 0 ? throw new EndOfStreamException() : read + more;
        }

        if (end < 0)
        {
            return;
        }

        var head = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
        var length = head.Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(line => int.Parse(line[15..], CultureInfo.InvariantCulture)).FirstOrDefault();
        var body = new byte[length <= MaxBody ? length : throw new InvalidDataException()];
        var have = read - end - 4;
        buffer.AsSpan(end + 4, have).CopyTo(body);
        await stream.ReadExactlyAsync(body.AsMemory(have), _end.Token);
        var (method, path) = (head[0].Split(' ')[0], head[0].Split(' ')[1]);
        await (method switch
        {
            "POST" => TakeAsync(stream, first, JsonSerializer.Deserialize<PracticePost>(body, JsonSerializerOptions.Web)!),
            "DELETE" => TakeAwayAsync(stream, path.Split('/')[^1]),
            _ => _posts.TryGetValue(path.Split('/')[^1], out var there) ? SayAsync(stream, 200, Id(there)) : SayAsync(stream, 404, "{}"),
        });
    }

    private async Task TakeAsync(NetworkStream stream, long first, PracticePost post)
    {
        var way = _ways(post);
        if (way.Before > TimeSpan.Zero)
        {
            await Task.Delay(way.Before, _end.Token);
        }

        var does = way.Mood is PracticeMood.Answers or PracticeMood.LosesTheAnswer or PracticeMood.FailsAfterwards;
        _arrivals.Enqueue(new PracticeArrival(first, _time.GetTimestamp(), post, does, does && _posts.TryAdd(post.Key, post)));
        if (way.After > TimeSpan.Zero)
        {
            await Task.Delay(way.After, _end.Token);
        }

        await (way.Mood switch
        {
            PracticeMood.Answers => SayAsync(stream, 200, Id(post)),
            PracticeMood.AsksToWait => SayAsync(stream, 429, "{}"),
            PracticeMood.Fails or PracticeMood.FailsAfterwards => SayAsync(stream, 500, "{}"),
            _ => Task.CompletedTask,
        });
    }

    private async Task TakeAwayAsync(NetworkStream stream, string key)
    {
        _deletions.Enqueue(key);
        var mood = _posts.TryGetValue(key, out var post) ? _ways(post).Mood : PracticeMood.Answers;
        var there = mood is PracticeMood.Closes or PracticeMood.AsksToWait or PracticeMood.Fails ? post is not null : _posts.TryRemove(key, out _);
        await (mood switch
        {
            PracticeMood.Answers => SayAsync(stream, there ? 200 : 404, "{}"),
            PracticeMood.AsksToWait => SayAsync(stream, 429, "{}"),
            PracticeMood.Fails or PracticeMood.FailsAfterwards => SayAsync(stream, 500, "{}"),
            _ => Task.CompletedTask,
        });
    }

    private async Task SayAsync(NetworkStream stream, int status, string json)
    {
        var wait = status == 429 ? "Retry-After: 1\r\n" : "";
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\n{wait}Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\nConnection: close\r\n\r\n{json}"), _end.Token);
    }

    private static string Id(PracticePost post) => JsonSerializer.Serialize(new { id = post.Key });
}
