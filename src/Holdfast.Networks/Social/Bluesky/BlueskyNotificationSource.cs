using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>
/// What is said to an account: mentions, replies and quotes from its notifications, asked for again and again. Nothing is marked as
/// read: that is for the people who use the account. The cursor is the time of the newest one seen.
/// </summary>
public sealed class BlueskyNotificationSource(NetworkHttp http, TimeProvider time) : IPostSource
{
    private const string List = "app.bsky.notification.listNotifications";
    private const string PageSize = "100";

    /// <summary>Further back than this many pages at once is not looked; a new source begins with one.</summary>
    private const int MaxPages = 20;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>The list goes by when a post says that it was written: what a phone sends late stands below what was seen already.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(30);

    private static readonly string[] Reasons = ["mention", "reply", "quote"];

    public string Network => BlueskyLimits.Network;

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourceRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var account = request.Account ?? throw new ArgumentException("Notifications are an account's.", nameof(request));
        var session = new BlueskySession(new Xrpc(http), account);
        var (cursor, pause) = (request.Cursor, Poll);
        var known = new HashSet<string>();
        var isNew = cursor is null;
        while (true)
        {
            var batch = await AskAsync(session, cursor, isNew ? 1 : MaxPages, known, cancel);
            cursor = batch.Cursor;
            isNew &= batch.Trouble is not null;
            yield return batch;
            pause = batch.Trouble is null ? Poll : Longer(pause, batch.Trouble.RetryAfter);
            await Task.Delay(pause, time, cancel);
        }
    }

    /// <param name="known">What was given before and may be met again; it is brought up to date.</param>
    private static async Task<SourceBatch> AskAsync(BlueskySession session, string? since, int most, HashSet<string> known, CancellationToken cancel)
    {
        var met = new Dictionary<string, JsonElement>();
        var (newest, page, until) = (since, (string?)null, Earlier(since));
        for (var pages = 0; pages < most; pages++)
        {
            var reply = await session.QueryAsync(List, cancel, [("limit", PageSize), ("cursor", page), .. Reasons.Select(r => ("reasons", (string?)r))]);
            if (reply is not XrpcReply.Ok(var body))
            {
                // Half a look would leave a gap: the next one begins where this one did.
                return new([], [], [], since, (reply as XrpcReply.No)?.Failure ?? new(NetworkFailure.NotUnderstood, true, null, "Bluesky's list cannot be read."));
            }

            var before = false;
            foreach (var item in body.Items("notifications").Where(i => Reasons.Contains(i.Text("reason"))))
            {
                var at = Sortable(item.Instant("indexedAt"));
                before |= at is not null && string.CompareOrdinal(at, until) <= 0;
                if (!before)
                {
                    newest = string.CompareOrdinal(at, newest) > 0 ? at : newest;
                    met.TryAdd(item.Text("uri") ?? item.GetRawText(), item);
                }
            }

            page = body.Text("cursor");
            if (before || page is null)
            {
                break;
            }
        }

        var batch = Read(met.Where(m => !known.Contains(m.Key)).Select(m => m.Value).Reverse(), newest);
        known.Clear();
        known.UnionWith(met.Keys);
        return batch;
    }

    private static SourceBatch Read(IEnumerable<JsonElement> items, string? cursor)
    {
        var (posts, bad) = (new List<HeardPost>(), new List<UnreadablePost>());
        foreach (var item in items)
        {
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

        return new(posts, [], bad, cursor, null);
    }

    private static string? Earlier(string? since) =>
        DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Sortable(at - Overlap) : since;

    private static string? Sortable(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static TimeSpan Longer(TimeSpan pause, TimeSpan? asked)
    {
        var longer = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        return asked > longer ? asked.Value : longer;
    }
}
