using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>The projections that the pages of topics show.</summary>
internal static class TopicViewSql
{
    public const int Hours = 48;

    private const string List = """
        with said as (
          select tp.topic_id, count(*) as posts, count(distinct m.author) as people, min(m.at) as first, max(m.at) as last,
            count(distinct m.author) filter (where m.at > @until - interval '1 hour') as lately,
            array_agg(distinct m.network order by m.network) as networks
          from topic t join topic_post tp on tp.topic_id = t.id
          join mention m on m.brand_id = t.brand_id and m.post_id = tp.post_id
          where t.brand_id = @brand and t.merged_into is null and t.last_at > @since and m.at > @since and m.at <= @until
          group by 1)
        select t.id, t.name, said.posts, said.people, said.lately, said.first, said.last, said.networks
        from said join topic t on t.id = said.topic_id
        where said.people > 1 or t.named_by is not null
        order by said.lately desc, said.people desc, t.id limit @most
        """;

    private const string Newest = """
        select max(m.at) from mention m join topic_post tp on tp.post_id = m.post_id join topic t on t.id = tp.topic_id
        where m.brand_id = @brand and t.brand_id = @brand and m.at <= @now
        """;

    private const string HoursSql = """
        select tp.topic_id as topic, floor(extract(epoch from @until - m.at) / 3600)::int as ago, count(*)::int as posts
        from topic_post tp join mention m on m.brand_id = @brand and m.post_id = tp.post_id
        where tp.topic_id = any(@topics) and m.at <= @until and m.at > @until - interval '48 hours'
        group by 1, 2
        """;

    private const string NetworksSql = """
        select m.network, count(*) as posts, count(distinct m.author) as people, min(m.at) as first
        from topic_post tp join mention m on m.brand_id = @brand and m.post_id = tp.post_id
        where tp.topic_id = @topic group by 1 order by 2 desc, 1
        """;

    private const string PostsSql = """
        select m.post_id as post, m.at, m.network, m.language, p.handle, p.author_name as name, p.text, p.url, p.deleted_at as deletedat
        from topic_post tp join mention m on m.brand_id = @brand and m.post_id = tp.post_id join post p on p.id = m.post_id
        where tp.topic_id = @topic
        """;

    private const string First = PostsSql + " order by m.at, m.post_id limit 1";

    private const string Latest = PostsSql + " order by m.at desc, m.post_id limit @most";

    private const string SituationSql = """
        select id, title from situation where topic_id = @topic and merged_into is null order by opened_at desc limit 1
        """;

    public static Task<DateTimeOffset?> NewestAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset now) =>
        connection.ExecuteScalarAsync<DateTimeOffset?>(Newest, new { brand, now });

    public static async Task<IReadOnlyList<TopicLine>> ListAsync(
        NpgsqlConnection connection, BrandId brand, DateTimeOffset since, DateTimeOffset until, int most) =>
        [.. await connection.QueryAsync<TopicLine>(List, new { brand, since, until, most })];

    /// <summary>Posts an hour of each topic, the oldest hour first.</summary>
    public static async Task<ILookup<TopicId, (int Ago, int Posts)>> HoursAsync(
        NpgsqlConnection connection, BrandId brand, IEnumerable<TopicId> topics, DateTimeOffset until) =>
        (await connection.QueryAsync<(Guid Topic, int Ago, int Posts)>(
            HoursSql, new { brand, topics = topics.Select(topic => topic.Value).ToArray(), until }))
        .ToLookup(row => new TopicId(row.Topic), row => (row.Ago, row.Posts));

    public static async Task<IReadOnlyList<TopicNetwork>> NetworksAsync(NpgsqlConnection connection, BrandId brand, TopicId topic) =>
        [.. await connection.QueryAsync<TopicNetwork>(NetworksSql, new { brand, topic })];

    public static Task<TopicPost?> FirstAsync(NpgsqlConnection connection, BrandId brand, TopicId topic) =>
        connection.QuerySingleOrDefaultAsync<TopicPost>(First, new { brand, topic });

    public static async Task<IReadOnlyList<TopicPost>> LatestAsync(NpgsqlConnection connection, BrandId brand, TopicId topic, int most) =>
        [.. await connection.QueryAsync<TopicPost>(Latest, new { brand, topic, most })];

    public static async Task<(Guid Id, string Title)?> SituationAsync(NpgsqlConnection connection, TopicId topic) =>
        await connection.QuerySingleOrDefaultAsync<(Guid Id, string Title)?>(SituationSql, new { topic });
}

public sealed record TopicLine
{
    public TopicId Id { get; init; }

    public string Name { get; init; } = "";

    public long Posts { get; init; }

    public long People { get; init; }

    /// <summary>People of the last hour.</summary>
    public long Lately { get; init; }

    public DateTimeOffset First { get; init; }

    public DateTimeOffset Last { get; init; }

    public string[] Networks { get; init; } = [];
}

public sealed record TopicNetwork
{
    public string Network { get; init; } = "";

    public long Posts { get; init; }

    public long People { get; init; }

    public DateTimeOffset First { get; init; }
}

public sealed record TopicPost
{
    public Guid Post { get; init; }

    public DateTimeOffset At { get; init; }

    public string Network { get; init; } = "";

    public string Language { get; init; } = "";

    public string Handle { get; init; } = "";

    public string? Name { get; init; }

    public string Text { get; init; } = "";

    public string? Url { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public string? Link => Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? Url : null;
}
