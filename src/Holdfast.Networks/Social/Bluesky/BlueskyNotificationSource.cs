using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>
/// What is said to an account: mentions, replies and quotes from its notifications, asked for again and again. Nothing is marked as
/// read: that is for the people who use the account. The cursor is when the newest one seen was indexed.
/// </summary>
public sealed class BlueskyNotificationSource(NetworkHttp http, TimeProvider time) : IPostSource
{
    private const string List = "app.bsky.notification.listNotifications";
    private const string PageSize = "50";

    /// <summary>Further back than this many pages at once is not looked; a new source begins with one.</summary>
    private const int MaxPages = 20;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    public string Network => BlueskyLimits.Network;

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourceRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var account = request.Account ?? throw new ArgumentException("Notifications are an account's.", nameof(request));
        var session = new BlueskySession(new Xrpc(http), account);
        var (cursor, pause) = (request.Cursor, Poll);
        while (true)
        {
            var batch = await AskAsync(session, cursor, cancel);
            cursor = batch.Cursor;
            yield return batch;
            pause = batch.Trouble is null ? Poll : Longer(pause, batch.Trouble.RetryAfter);
            await Task.Delay(pause, time, cancel);
        }
    }

    private static async Task<SourceBatch> AskAsync(BlueskySession session, string? since, CancellationToken cancel)
    {
        var (posts, bad) = (new List<HeardPost>(), new List<UnreadablePost>());
        var (newest, page) = (since, (string?)null);
        for (var pages = 0; pages < (since is null ? 1 : MaxPages); pages++)
        {
            var reply = await session.QueryAsync(List, cancel, ("limit", PageSize), ("cursor", page));
            if (reply is not XrpcReply.Ok(var body))
            {
                // Half a look would leave a gap: the next one begins where this one did.
                return new([], [], [], since, (reply as XrpcReply.No)?.Failure ?? new(NetworkFailure.NotUnderstood, true, null, "Bluesky's list cannot be read."));
            }

            var before = false;
            foreach (var item in body.Items("notifications"))
            {
                var at = Sortable(item.Instant("indexedAt"));
                before |= since is not null && string.CompareOrdinal(at, since) <= 0;
                if (!before)
                {
                    newest = string.CompareOrdinal(at, newest) > 0 ? at : newest;
                    Take(item, posts, bad);
                }
            }

            page = body.Text("cursor");
            if (before || page is null)
            {
                break;
            }
        }

        posts.Reverse();
        return new(posts, [], bad, newest, null);
    }

    private static void Take(JsonElement item, List<HeardPost> posts, List<UnreadablePost> bad)
    {
        if (item.Text("reason") is not ("mention" or "reply" or "quote"))
        {
            return;
        }

        var read = BlueskyPosts.Read(item);
        if (read.Succeeded(out var post))
        {
            posts.Add(post);
        }
        else
        {
            bad.Add(new(Encoding.UTF8.GetBytes(item.GetRawText()), read.Refusals[0].Message));
        }
    }

    private static string? Sortable(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static TimeSpan Longer(TimeSpan pause, TimeSpan? asked)
    {
        var longer = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        return asked > longer ? asked.Value : longer;
    }
}
