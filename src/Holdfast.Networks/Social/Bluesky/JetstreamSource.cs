using System.Runtime.CompilerServices;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>
/// All public posts of Bluesky as they are written, over Jetstream. The cursor is the network's time in microseconds, good for any
/// Jetstream server; after a break the stream goes on where the last stored batch ended.
/// </summary>
public sealed class JetstreamSource(TimeProvider time) : IPostSource
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public string Network => BlueskyLimits.Network;

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourceRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (cursor, pause) = (request.Cursor, FirstPause);
        while (true)
        {
            if (Address(request.Server, cursor) is not { } address)
            {
                yield return Troubled(cursor, new(NetworkFailure.NotAllowed, false, null, $"A stream's address begins with wss://, and {request.Server} does not."));
                yield break;
            }

            await using (var line = new JetstreamLine(address, time))
            {
                await foreach (var batch in line.BatchesAsync(cancel))
                {
                    (cursor, pause) = (batch.Cursor ?? cursor, FirstPause);
                    yield return batch with { Cursor = cursor };
                }

                yield return Troubled(cursor, line.Trouble);
            }

            await Task.Delay(pause, time, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static SourceBatch Troubled(string? cursor, Failure? trouble) => new([], [], [], cursor, trouble);

    private static Uri? Address(Uri server, string? cursor)
    {
        var secure = server.Scheme is "wss" or "https";
        if (!secure && !server.IsLoopback)
        {
            return null;
        }

        var query = $"wantedCollections={BlueskyRecord.Collection}" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
        return new UriBuilder(server) { Scheme = secure ? "wss" : "ws", Path = "/subscribe", Query = query }.Uri;
    }
}
