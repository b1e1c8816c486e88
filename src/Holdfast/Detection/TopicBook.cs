using System.Collections.Concurrent;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>
/// Puts complaints into topics as they come. What is remembered of a brand's topics is in the database; a node keeps what it read
/// for as long as nobody else has changed it, so that a post costs a look at a version number and not at all topics.
/// </summary>
internal sealed class TopicBook(TimeProvider time)
{
    private const int Page = 5_000;

    private readonly ConcurrentDictionary<BrandId, (long Version, TopicMemory Memory)> _kept = new();

    /// <summary>
    /// Places what is new in these minutes, in order of time. The caller holds the brand's lock. What comes back is given to
    /// <see cref="Keep"/> when the transaction has been committed; otherwise it is read anew.
    /// </summary>
    public async Task<KeptTopics?> PlaceAsync(NpgsqlTransaction transaction, Brand brand, IReadOnlyList<MinuteSpan> spans, CancellationToken cancel)
    {
        TopicMemory? memory = null;
        foreach (var span in spans)
        {
            IReadOnlyList<UnplacedPost> posts = [];
            do
            {
                posts = await TopicSql.UnplacedAsync(transaction, brand.Id, span, posts.Count > 0 ? posts[^1] : null, Page, cancel);
                if (posts.Count > 0)
                {
                    memory ??= await OpenAsync(transaction, brand, cancel);
                    await PlaceAsync(transaction, brand, memory, posts, cancel);
                }
            }
            while (posts.Count == Page);
        }

        return memory is null ? null : new(brand.Id, await TopicSql.BumpAsync(transaction, brand.Id, cancel), memory);
    }

    public void Keep(KeptTopics topics) => _kept[topics.Brand] = (topics.Version, topics.Memory);

    /// <summary>What is remembered of the brand's topics. The caller holds the brand's lock.</summary>
    public async Task<TopicMemory> OpenAsync(NpgsqlTransaction transaction, Brand brand, CancellationToken cancel)
    {
        var version = await TopicSql.VersionAsync(transaction, brand.Id, cancel);
        if (_kept.TryRemove(brand.Id, out var kept) && kept.Version == version)
        {
            return kept.Memory;
        }

        return new(
            brand,
            () => new(Ids.New(time)),
            await TopicSql.RememberedAsync(transaction, brand.Id, cancel),
            await TopicSql.BackgroundAsync(transaction, brand.Id, cancel));
    }

    private async Task PlaceAsync(
        NpgsqlTransaction transaction, Brand brand, TopicMemory memory, IReadOnlyList<UnplacedPost> posts, CancellationToken cancel)
    {
        var placed = new List<(PostId Post, TopicId Topic)>();
        var first = new Dictionary<TopicId, DateTimeOffset>();
        var joins = new List<TopicJoin>();
        foreach (var post in posts)
        {
            if (memory.Place(post.Text, post.Language, post.At) is { } placement)
            {
                placed.Add((post.Post, placement.Topic));
                first.TryAdd(placement.Topic, post.At);
                joins.AddRange(placement.Joins);
                foreach (var join in placement.Joins)
                {
                    first.TryAdd(join.Gone, post.At);
                    first.TryAdd(join.Kept, post.At);
                }
            }
        }

        // A topic that is not remembered any more is stored as no more than a name; what was joined must be there to be joined.
        await TopicSql.UpsertAsync(transaction, brand.Id, first.Select(one => (memory.Find(one.Key) ?? Bare(one.Key, one.Value), one.Value)), cancel);
        await TopicSql.PutAsync(transaction, placed, cancel);
        foreach (var join in joins)
        {
            await TopicSql.JoinAsync(transaction, join.Gone, join.Kept, time.GetUtcNow(), cancel);
        }

        if (memory.Forgotten.Count > 0)
        {
            await TopicSql.BumpAsync(transaction, brand.Id, cancel);
            await TopicSql.ForgottenAsync(transaction, [.. memory.Forgotten], cancel);
            memory.Forgotten.Clear();
            await TopicSql.SetBackgroundAsync(transaction, brand.Id, memory.Background, cancel);
            await TopicSql.DropAsync(transaction, brand.Id, TopicMemory.FewPosts, posts[0].At - TopicMemory.RememberedFor, cancel);
        }
    }

    private static TopicRecord Bare(TopicId topic, DateTimeOffset at) => new(topic, 0, at, [], []);
}

/// <summary>A brand's topics as of a version.</summary>
internal sealed record KeptTopics(BrandId Brand, long Version, TopicMemory Memory);
