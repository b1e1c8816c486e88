using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>The statements that keep topics.</summary>
internal static class TopicSql
{
    private const string Recent = """
        select id, terms from topic
        where brand_id = @brand and merged_into is null and last_at >= @since and first_at <= @until
        order by last_at desc limit 50
        """;

    private const string Insert = """
        insert into topic (id, brand_id, name, terms, first_at, last_at) values (@id, @brand, @name, @terms, @first, @last)
        """;

    private const string Grow = """
        update topic set first_at = least(first_at, @first), last_at = greatest(last_at, @last) where id = @id
        """;

    private const string AddPosts = """
        insert into topic_post (topic_id, post_id) select @id, unnest(@posts) on conflict do nothing
        """;

    private const string Merge = "update topic set merged_into = @id where id = any(@others) and id <> @id";

    public static async Task<IReadOnlyList<(TopicId Id, string[] Terms)>> RecentAsync(
        NpgsqlTransaction transaction, BrandId brand, DateTimeOffset since, DateTimeOffset until, CancellationToken cancel) =>
        [.. (await transaction.Connection!.QueryAsync<TopicRow>(
                new CommandDefinition(Recent, new { brand, since, until }, transaction, cancellationToken: cancel)))
            .Select(row => (row.Id, row.Terms))];

    public static Task InsertAsync(NpgsqlTransaction transaction, TopicId id, BrandId brand, SignalRun run, CancellationToken cancel)
    {
        var words = run.Peak.Topic?.Words ?? [];
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Insert,
            new { id, brand, name = TopicName.Of(words), terms = words.ToArray(), first = First(run), last = run.LastAt },
            transaction,
            cancellationToken: cancel));
    }

    public static async Task GrowAsync(NpgsqlTransaction transaction, TopicId id, SignalRun run, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Grow, new { id, first = First(run), last = run.LastAt }, transaction, cancellationToken: cancel));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            AddPosts, new { id, posts = run.Posts.Select(post => post.Post.Value).ToArray() }, transaction, cancellationToken: cancel));
    }

    public static Task MergeAsync(NpgsqlTransaction transaction, TopicId id, IReadOnlyList<TopicId> others, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Merge, new { id, others = others.Select(other => other.Value).ToArray() }, transaction, cancellationToken: cancel));

    private static DateTimeOffset First(SignalRun run) => run.Posts.Count > 0 ? run.Posts[0].At : run.StartedAt;

    private sealed record TopicRow
    {
        public TopicId Id { get; init; }

        public string[] Terms { get; init; } = [];
    }
}
