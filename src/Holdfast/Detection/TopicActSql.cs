using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>What people do with topics.</summary>
internal static class TopicActSql
{
    private const string Named = """
        select t.id, t.brand_id as brand, t.name, t.terms, t.written, t.uses from topic t where t.id = @topic and t.merged_into is null
        """;

    private const string Rename = "update topic set name = @name, named_by = @by where id = @topic";

    private const string Together = "update topic set together = true, apart = array_remove(array_remove(apart, @topic), @gone) where id = @topic";

    private const string Posts = """
        select m.post_id as post, m.at, m.language, p.text from topic_post tp
        join mention m on m.post_id = tp.post_id and m.brand_id = @brand join post p on p.id = m.post_id
        where tp.topic_id = @topic order by m.at desc, m.post_id limit @most
        """;

    private const string Move = """
        delete from topic_post where topic_id = @from and post_id = any(@posts);
        insert into topic_post (topic_id, post_id) select @to, unnest(@posts) on conflict do nothing;
        delete from signal_post sp using signal s where s.id = sp.signal_id and s.topic_id = @from and sp.post_id = any(@posts);
        """;

    private const string Part = """
        update topic set apart = array(select distinct unnest(apart || @other)), together = false where id = @topic
        """;

    public static Task<NamedTopic?> NamedAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, TopicId topic, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<NamedTopic>(new CommandDefinition(Named, new { topic }, transaction, cancellationToken: cancel));

    public static Task RenameAsync(NpgsqlTransaction transaction, TopicId topic, string name, PersonId by, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Rename, new { topic, name, by }, transaction, cancellationToken: cancel));

    public static Task TogetherAsync(NpgsqlTransaction transaction, TopicId topic, TopicId gone, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Together, new { topic = topic.Value, gone = gone.Value }, transaction, cancellationToken: cancel));

    /// <summary>The newest of a topic's posts.</summary>
    public static async Task<IReadOnlyList<UnplacedPost>> PostsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, TopicId topic, int most, CancellationToken cancel) =>
        [.. await connection.QueryAsync<UnplacedPost>(new CommandDefinition(Posts, new { brand, topic, most }, transaction, cancellationToken: cancel))];

    public static Task MoveAsync(NpgsqlTransaction transaction, TopicId from, TopicId to, IEnumerable<PostId> posts, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Move, new { from, to, posts = posts.Select(post => post.Value).ToArray() }, transaction, cancellationToken: cancel));

    public static Task PartAsync(NpgsqlTransaction transaction, TopicId topic, TopicId other, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Part, new { topic = topic.Value, other = new[] { other.Value } }, transaction, cancellationToken: cancel));
}

/// <summary>A topic as people see it.</summary>
public sealed record NamedTopic
{
    public TopicId Id { get; init; }

    public BrandId Brand { get; init; }

    public string Name { get; init; } = "";

    public string[] Terms { get; init; } = [];

    public string[] Written { get; init; } = [];

    public float[] Uses { get; init; } = [];

    public IReadOnlyList<TopicTerm> Words => [.. Terms.Zip(Written, Uses).Select(word => new TopicTerm(word.First, word.Second, word.Third))];
}
