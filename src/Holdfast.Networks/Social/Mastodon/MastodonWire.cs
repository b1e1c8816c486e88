using System.Threading.Channels;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>What a stream says: <c>update</c>, <c>status.update</c>, <c>delete</c>, <c>notification</c> and others, with their payload.</summary>
internal sealed record MastodonEvent(string Name, string Payload);

/// <summary>
/// An open stream, read ahead while the gap before it is filled. When it is full, the other side has to wait; when it ends, it
/// says why.
/// </summary>
internal sealed class MastodonWire : IAsyncDisposable
{
    /// <summary>The server sends a sign of life every 15 s; a stream that is silent for longer than this is dead.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <summary>No status is larger; a server that sends more at once sends nonsense.</summary>
    public const int MaxEvent = 2 * 1024 * 1024;

    private const int Ahead = 2_000;

    private readonly Channel<MastodonEvent> _events = Channel.CreateBounded<MastodonEvent>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;

    /// <param name="read">Reads until the end, giving each event on; returns why it ended.</param>
    public MastodonWire(Func<Func<MastodonEvent, ValueTask>, CancellationToken, Task<Failure>> read, CancellationToken cancel)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _reading = ReadAsync(read);
    }

    /// <summary>Why it ended; read after the last event.</summary>
    public Failure End { get; private set; } = new(NetworkFailure.ConnectionLost, true, null, "The stream ended.");

    public ChannelReader<MastodonEvent> Events => _events.Reader;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadAsync(Func<Func<MastodonEvent, ValueTask>, CancellationToken, Task<Failure>> read)
    {
        try
        {
            End = await read(told => _events.Writer.WriteAsync(told, _stop.Token), _stop.Token);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
