using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.People;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>What a person says of topics: what one is called, that two are one, that one is two. Later posts go by it.</summary>
internal sealed class TopicDesk(Store store, TopicBook book, TimeProvider time)
{
    public const int MaxName = 100;

    /// <summary>Posts of a topic that are looked at when it is parted: its newest.</summary>
    private const int MostPosts = 5_000;

    public Task<Result<TopicId>> RenameAsync(TopicId id, string? name, PersonId by, CancellationToken cancel) =>
        ActAsync(id, async (transaction, topic) =>
        {
            var line = string.Join(' ', (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (line.Length is 0 or > MaxName || line.Any(char.IsControl))
            {
                return TopicRefusals.Name;
            }

            await TopicSql.BumpAsync(transaction, topic.Brand, cancel);
            await TopicActSql.RenameAsync(transaction, id, line, by, cancel);
            await TellAsync(transaction, topic, by, "topic.named", $"{topic.Name}: {line}", cancel);
            return id;
        }, cancel);

    /// <summary>All posts of the one are of the other from now on, however they are worded.</summary>
    public Task<Result<TopicId>> MergeAsync(TopicId id, TopicId into, PersonId by, CancellationToken cancel) =>
        ActAsync(id, async (transaction, gone) =>
        {
            if (id == into || await TopicActSql.NamedAsync(transaction.Connection!, transaction, into, cancel) is not { } kept || kept.Brand != gone.Brand)
            {
                return TopicRefusals.Other;
            }

            await WithMemoryAsync(transaction, gone.Brand, [into], memory => memory.Join(id, into), cancel);
            await TopicSql.JoinAsync(transaction, id, into, time.GetUtcNow(), cancel);
            await TopicActSql.TogetherAsync(transaction, into, id, cancel);
            await TellAsync(transaction, gone, by, "topic.merged", $"{gone.Name} → {kept.Name}", cancel);
            return into;
        }, cancel);

    /// <summary>The posts that use a word become a topic of their own, and the two are kept apart.</summary>
    public Task<Result<TopicId>> SplitAsync(TopicId id, string? word, PersonId by, CancellationToken cancel) =>
        ActAsync(id, async (transaction, topic) =>
        {
            var brand = (await DetectionSql.BrandAsync(transaction.Connection!, transaction, topic.Brand, null, time.GetUtcNow(), cancel))!.ToBrand();
            var posts = await TopicActSql.PostsAsync(transaction.Connection!, transaction, topic.Brand, id, MostPosts, cancel);
            var parts = posts.ToLookup(post => word is { Length: > 0 } && TopicName.Uses(brand, word, post.Text, post.Language));
            if (!parts[true].Any() || !parts[false].Any())
            {
                return TopicRefusals.Word;
            }

            var split = new TopicId(Ids.New(time));
            var moved = TopicMemory.Counted(brand, split, parts[true].Select(post => (post.Text, post.Language, post.At)), [id]);
            var stays = TopicMemory.Counted(brand, id, parts[false].Select(post => (post.Text, post.Language, post.At)), [split]);
            await TopicSql.BumpAsync(transaction, topic.Brand, cancel);
            await TopicSql.UpsertAsync(transaction, topic.Brand, [(moved, parts[true].Min(post => post.At)), (stays, parts[false].Min(post => post.At))], cancel);
            await TopicActSql.MoveAsync(transaction, id, split, parts[true].Select(post => post.Post), cancel);
            await TopicActSql.PartAsync(transaction, id, split, cancel);
            await TopicActSql.PartAsync(transaction, split, id, cancel);
            await TellAsync(transaction, topic, by, "topic.split", $"{topic.Name} → {TopicName.Of(moved.Name)}", cancel);
            return split;
        }, cancel);

    private Task<Result<TopicId>> ActAsync(TopicId id, Func<NpgsqlTransaction, NamedTopic, Task<Result<TopicId>>> act, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<TopicId>>(async transaction =>
        {
            if (await TopicActSql.NamedAsync(transaction.Connection!, transaction, id, cancel) is not { } topic)
            {
                return TopicRefusals.Gone;
            }

            // Nothing is put into a topic while it is joined or parted.
            await DetectionSql.LockAsync(transaction, topic.Brand, cancel);
            return await act(transaction, topic);
        }, cancel);

    /// <summary>What is kept in the nodes is old from here on: the version has counted up.</summary>
    private async Task WithMemoryAsync(
        NpgsqlTransaction transaction, BrandId id, IReadOnlyList<TopicId> changed, Action<TopicMemory> change, CancellationToken cancel)
    {
        var brand = (await DetectionSql.BrandAsync(transaction.Connection!, transaction, id, null, time.GetUtcNow(), cancel))!.ToBrand();
        var memory = await book.OpenAsync(transaction, brand, cancel);
        change(memory);
        await TopicSql.BumpAsync(transaction, id, cancel);
        await TopicSql.UpsertAsync(
            transaction, id, changed.Select(memory.Find).OfType<TopicRecord>().Select(topic => (topic, topic.LastAt)), cancel);
    }

    private async Task TellAsync(NpgsqlTransaction transaction, NamedTopic topic, PersonId by, string act, string about, CancellationToken cancel)
    {
        await PeopleSql.AuditAsync(transaction, Ids.New(time), by, act, about, time.GetUtcNow(), cancel);
        await Changes.NotifyAsync(transaction, $"brand:{topic.Brand.Value}");
    }
}
