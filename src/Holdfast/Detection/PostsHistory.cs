using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Holdfast.Listening;

namespace Holdfast.Detection;

/// <summary>A history made of posts without a database: matched, read, told from copies and counted as intake does.</summary>
internal static class PostsHistory
{
    /// <param name="query">Which posts are about the brand; null: all of them.</param>
    public static BacktestInput Of(Brand brand, MonitorQuery? query, IReadOnlyList<Post> posts, CancellationToken cancel)
    {
        var monitor = new MonitorId(new Guid(1, 0, 0, new byte[8]));
        var zone = new Watched(brand, RuleSet.Default).Zone;
        var known = new HashSet<(string, string)>();
        var heard = posts.Where(post => known.Add((post.Network, post.NetworkId))).ToList();
        heard.Sort(Earlier);
        var read = heard
            .AsParallel().AsOrdered().WithCancellation(cancel)
            .Where(post => query is null || query.Matches(post))
            .Select(post => (Post: post, Reading: Reader.Read(post, brand), Copy: Duplicates.Key(post.Text)))
            .ToList();
        var originals = new HashSet<long>();
        var mentions = read.ConvertAll(one => Mention(brand, monitor, one.Post, one.Reading, Spreads(one.Post, one.Copy, originals)));
        var names = new Dictionary<MonitorId, string> { [monitor] = query?.Text ?? "all" };
        return new(
            brand,
            new ReadHistory(mentions.Where(ReadHistory.Counts), [Pulse(monitor, mentions)], zone),
            mentions.Count == 0 ? null : MinuteSpan.Of(mentions[0].At, mentions[^1].At),
            mentions.Count,
            names,
            []);
    }

    /// <summary>As posts are told apart everywhere: by event time, then by the network's own identity.</summary>
    private static int Earlier(Post a, Post b) =>
        a.At.CompareTo(b.At) is not 0 and var byTime ? byTime
        : string.CompareOrdinal(a.Network, b.Network) is not 0 and var byNetwork ? byNetwork
        : string.CompareOrdinal(a.NetworkId, b.NetworkId);

    /// <summary>Of posts with the same words the first is a complaint, all others spread it.</summary>
    private static bool Spreads(Post post, long copy, HashSet<long> originals) =>
        post.RepostOf is not null || (copy != Duplicates.None && !originals.Add(copy));

    private static Mention Mention(Brand brand, MonitorId monitor, Post post, PostReading reading, bool spreads) => new(
        brand.Id, post.Id, [monitor], post.At, post.Network, IntakeCounting.Author(post), IntakeCounting.Reach(post), post.Text, reading, post.Author.Voice, spreads);

    /// <summary>What intake would have counted.</summary>
    public static Pulse Pulse(MonitorId monitor, IReadOnlyList<Mention> inOrder)
    {
        var minutes = new List<PulseMinute>();
        for (int first = 0, next; first < inOrder.Count; first = next)
        {
            var minute = IntakeCounting.Minute(inOrder[first].At);
            var (negative, reach) = (0, 0L);
            var (authors, negativeAuthors) = (new HashSet<int>(), new HashSet<int>());
            for (next = first; next < inOrder.Count && IntakeCounting.Minute(inOrder[next].At) == minute; next++)
            {
                var mention = inOrder[next];
                var author = IntakeCounting.Hash(mention.Author);
                authors.Add(author);
                reach += mention.Reach;
                if (mention is { Spreads: false, Reading.Class: SentimentClass.Negative })
                {
                    negative++;
                    negativeAuthors.Add(author);
                }
            }

            minutes.Add(new(minute, next - first, negative, reach, [.. authors], [.. negativeAuthors]));
        }

        return new(monitor, minutes);
    }
}
