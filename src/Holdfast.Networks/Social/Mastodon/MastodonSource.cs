using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>
/// Listens to a Mastodon server. The stream is opened first and read ahead, then the gap since the cursor is filled from the
/// timelines, so that nothing falls between the two; what comes twice is known by its id. A server that gives no server-sent events
/// is listened to over a WebSocket. Without an account there is no stream, and the public timeline is asked again and again.
/// </summary>
public sealed class MastodonSource(NetworkHttp network, TimeProvider time, MastodonChannel channel) : IPostSource
{
    private const int PageSize = 40;
    private const int MaxBatch = 200;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>What asking again cannot mend is asked again all the same, for a person may have mended it.</summary>
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    /// <summary>A quiet stream is told of as often as this; one that is dead ends by itself (see <see cref="MastodonWire.Silence"/>).</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    private readonly MastodonHttp _http = new(network);

    public string Network => "mastodon";

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourceRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var server = new MastodonServer(_http);
        var token = request.Account is { } account ? MastodonSecret.Token(account) : null;
        var cursor = MastodonCursor.Read(request.Cursor);
        for (var failures = 0; ; failures++)
        {
            var began = time.GetUtcNow();
            var facts = await server.FactsAsync(request.Server, token, cancel);
            var trouble = facts.Failure;
            if (facts.Value is { } known)
            {
                var posts = new MastodonPosts(known.Domain, request.Account?.NetworkId, time);
                var opened = token is null ? default : await OpenAsync(known, token, cancel);
                trouble = opened.Failure;
                await using var wire = opened.Value;
                if (trouble is null)
                {
                    await foreach (var batch in FillAsync(request, token, cursor, posts, cancel))
                    {
                        (cursor, trouble) = (MastodonCursor.Read(batch.Cursor), batch.Trouble);
                        if (trouble is null)
                            yield return batch;
                    }
                }

                // After a gap that could not be filled, going on would move the cursor over it.
                if (trouble is null && wire is not null)
                {
                    await foreach (var batch in FollowAsync(wire, cursor, posts, cancel))
                    {
                        cursor = MastodonCursor.Read(batch.Cursor);
                        yield return batch;
                    }

                    trouble = wire.End;
                }
            }

            if (time.GetUtcNow() - began > LongestPause)
                failures = 0;
            if (trouble is not null)
                yield return new SourceBatch([], [], [], cursor.ToString(), trouble);
            await Task.Delay(trouble is null ? Poll : Pause(trouble, failures), time, cancel);
        }
    }

    private async Task<Outcome<MastodonWire>> OpenAsync(MastodonFacts facts, string token, CancellationToken cancel)
    {
        var events = await MastodonEvents.OpenAsync(_http, time, facts.Streaming, channel, token, cancel);
        return events.Failure is { Kind: NetworkFailure.Refused or NetworkFailure.NotUnderstood or NetworkFailure.ServerTrouble }
            ? await MastodonSockets.OpenAsync(time, facts.Streaming, channel, token, cancel) : events;
    }

    private static TimeSpan Pause(Failure trouble, int failures)
    {
        var pause = trouble.Retryable ? FirstPause * Math.Pow(2, Math.Min(failures, 10)) : Refused;
        return trouble.RetryAfter is { } asked && asked > pause ? asked : trouble.Retryable && pause > LongestPause ? LongestPause : pause;
    }

    /// <summary>From the cursor to now, page by page; without a cursor, only where now is.</summary>
    private async IAsyncEnumerable<SourceBatch> FillAsync(
        SourceRequest request, string? token, MastodonCursor cursor, MastodonPosts posts, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var (page, last, failure) in PagesAsync(request.Server, channel.Timeline, token, cursor.Timeline, cancel))
        {
            cursor = cursor with { Timeline = MastodonCursor.Later(cursor.Timeline, last) };
            foreach (var status in page)
                posts.Add(status);
            yield return failure is null ? posts.Take(cursor) : new SourceBatch([], [], [], cursor.ToString(), failure);
            if (failure is not null)
                yield break;
        }

        if (!channel.HasNotifications)
        {
            yield return posts.Take(cursor);
            yield break;
        }

        await foreach (var (page, last, failure) in PagesAsync(request.Server, "/api/v1/notifications?types[]=mention&types[]=quote", token, cursor.Notifications, cancel))
        {
            cursor = cursor with { Notifications = MastodonCursor.Later(cursor.Notifications, last) };
            foreach (var notification in page)
            {
                if (notification.At("status") is { } status)
                    posts.Add(status);
            }

            yield return failure is null ? posts.Take(cursor) : new SourceBatch([], [], [], cursor.ToString(), failure);
            if (failure is not null)
                yield break;
        }

        // Nothing new is a sign of life too.
        yield return posts.Take(cursor);
    }

    private async IAsyncEnumerable<(IReadOnlyList<JsonElement> Page, string? Last, Failure? Failure)> PagesAsync(
        Uri server, string path, string? token, string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var and = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        if (from is null)
        {
            var (newest, failure) = await PageAsync(server, $"{path}{and}limit=1", token, cancel);
            yield return ([], newest.Count > 0 ? newest[0].Text("id") : null, failure);
            yield break;
        }

        for (var at = MastodonCursor.Before(from); ;)
        {
            var (page, failure) = await PageAsync(server, $"{path}{and}limit={PageSize}&min_id={at}", token, cancel);
            var last = page.Select(item => item.Text("id")).Aggregate((string?)at, MastodonCursor.Later);
            if (failure is not null || page.Count > 0)
                yield return (page, last, failure);
            if (failure is not null || page.Count == 0 || last == at)
                yield break;
            at = last!;
        }
    }

    private async Task<(IReadOnlyList<JsonElement> Page, Failure? Failure)> PageAsync(Uri server, string path, string? token, CancellationToken cancel)
    {
        var read = await _http.ReadAsync(server, path, token, cancel);
        return read.Failure is { } failure ? ([], failure)
            : read.Value!.Json.ValueKind == JsonValueKind.Array ? ([.. read.Value.Json.EnumerateArray()], null) : ([], MastodonHttp.NotUnderstood(server));
    }

    private async IAsyncEnumerable<SourceBatch> FollowAsync(
        MastodonWire wire, MastodonCursor cursor, MastodonPosts posts, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var more = await MoreAsync(wire, cancel);
            if (more == false)
                yield break;
            while (posts.Count < MaxBatch && wire.Events.TryRead(out var told))
                cursor = Hear(told, cursor, posts);
            if (posts.Count > 0 || more is null)
                yield return posts.Take(cursor);
        }
    }

    /// <returns>Null: the stream is alive and says nothing.</returns>
    private async Task<bool?> MoreAsync(MastodonWire wire, CancellationToken cancel)
    {
        using var quiet = new CancellationTokenSource(SignOfLife, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancel);
        try
        {
            return await wire.Events.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static MastodonCursor Hear(MastodonEvent told, MastodonCursor cursor, MastodonPosts posts)
    {
        if (told.Name == "delete")
            posts.Delete(told.Payload.Trim());
        if (told.Name is not ("update" or "status.update" or "notification"))
            return cursor;
        try
        {
            using var document = JsonDocument.Parse(told.Payload, new JsonDocumentOptions { MaxDepth = 64 });
            var json = document.RootElement;
            if (told.Name == "notification")
            {
                if (json.Text("type") is "mention" or "quote" && json.At("status") is { } status)
                    posts.Add(status);
                return cursor with { Notifications = MastodonCursor.Later(cursor.Notifications, json.Text("id")) };
            }

            posts.Add(json);
            return told.Name == "update" ? cursor with { Timeline = MastodonCursor.Later(cursor.Timeline, json.Text("id")) } : cursor;
        }
        catch (JsonException)
        {
            posts.AddUnreadable(Encoding.UTF8.GetBytes(told.Payload), "This is no JSON.");
            return cursor;
        }
    }
}
