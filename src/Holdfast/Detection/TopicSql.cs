using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>The statements that keep what is remembered of topics, and where each complaint was put.</summary>
internal static class TopicSql
{
    // A complaint, as Core's SameIssueRule has it: no copy, about the brand, not spam (7), not our own staff (3), and negative or a complaint (2),
    // harm (4), threat (5) or false claim (6). A test keeps the two equal.
    private const string Unplaced = """
        select m.post_id as post, m.at, m.language, p.text
        from mention m join post p on p.id = m.post_id
        where m.brand_id = @brand and m.at >= @from and m.at < @to and (m.at, m.post_id) > (@after, @afterPost)
          and not m.spreads and m.about and m.intent <> @spam and m.voice <> @staff and (m.class < 0 or m.intent = any(@complaints))
          and not exists (select from topic_post tp join topic t on t.id = tp.topic_id where tp.post_id = m.post_id and t.brand_id = m.brand_id)
        order by m.at, m.post_id limit @most
        """;

    private const string Version = "select version from topic_background where brand_id = @brand";

    private const string Background = "select posts, stems, uses from topic_background where brand_id = @brand";

    private const string Remembered = """
        select id, posts, last_at, terms, written, uses, apart from topic
        where brand_id = @brand and merged_into is null and posts > 0
        order by last_at desc limit @most
        """;

    private const string Bump = """
        insert into topic_background as b (brand_id, version) values (@brand, 1)
        on conflict (brand_id) do update set version = b.version + 1
        returning version
        """;

    private const string SetBackground = "update topic_background set posts = @posts, stems = @stems, uses = @uses where brand_id = @brand";

    private const string Upsert = """
        insert into topic as t (id, brand_id, name, terms, written, uses, posts, first_at, last_at)
        values (@id, @brand, @name, @terms, @written, @uses, @posts, @first, @last)
        on conflict (id) do update set
          name = case when t.named_by is null then excluded.name else t.name end,
          terms = excluded.terms, written = excluded.written, uses = excluded.uses, posts = excluded.posts,
          first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)
        """;

    private const string Put = "insert into topic_post (topic_id, post_id) select * from unnest(@topics, @posts) on conflict do nothing";

    // Situations and signals find their topic under the name it has now, however often it was joined.
    private const string Join = """
        update topic set merged_into = @kept, merged_at = coalesce(merged_at, @now) where id = @gone or merged_into = @gone;
        insert into topic_post (topic_id, post_id) select @kept, post_id from topic_post where topic_id = @gone on conflict do nothing;
        delete from topic_post where topic_id = @gone;
        update signal set topic_id = @kept where topic_id = @gone;
        update topic k set first_at = least(k.first_at, g.first_at), last_at = greatest(k.last_at, g.last_at), together = k.together or g.together,
          apart = array(select distinct unnest(k.apart || g.apart))
        from topic g where k.id = @kept and g.id = @gone;
        """;

    private const string Most = """
        select tp.topic_id from topic_post tp join topic t on t.id = tp.topic_id
        where t.brand_id = @brand and tp.post_id = any(@posts)
        group by 1 order by count(*) desc, 1 limit 1
        """;

    // What many say alike is one topic; unless a person took the two apart.
    private const string Gather = """
        with moved as (
          delete from topic_post tp using topic t
          where t.id = tp.topic_id and t.brand_id = @brand and tp.post_id = any(@posts) and t.id <> @topic and t.named_by is null
            and not t.apart @> array[@topic]::uuid[] and not (select apart from topic where id = @topic) @> array[t.id]
          returning tp.post_id)
        insert into topic_post (topic_id, post_id) select @topic, post_id from moved on conflict do nothing
        """;

    private const string Span = "update topic set first_at = least(first_at, @first), last_at = greatest(last_at, @last) where id = @topic";

    private const string Forgotten = "update topic set posts = 0 where id = any(@topics)";

    private const string Drop = """
        delete from topic t where brand_id = @brand and posts = 0 and last_at < @before and merged_into is null and named_by is null and not together
          and not exists (select from signal s where s.topic_id = t.id)
          and (select count(*) from topic_post tp where tp.topic_id = t.id) < @fewest
        """;

    private static readonly int[] Complaints = [(int)Intent.Complaint, (int)Intent.HarmReport, (int)Intent.Threat, (int)Intent.FalseClaim];

    /// <summary>In order of time, after the last one that was looked at.</summary>
    public static async Task<IReadOnlyList<UnplacedPost>> UnplacedAsync(
        NpgsqlTransaction transaction, BrandId brand, MinuteSpan span, UnplacedPost? after, int most, CancellationToken cancel) =>
        [.. await transaction.Connection!.QueryAsync<UnplacedPost>(new CommandDefinition(
            Unplaced,
            new
            {
                brand,
                from = span.From,
                to = span.To.AddMinutes(1),
                after = after?.At ?? span.From.AddMinutes(-1),
                afterPost = after?.Post.Value ?? Guid.Empty,
                spam = (int)Intent.Spam,
                staff = (int)Voice.Staff,
                complaints = Complaints,
                most,
            },
            transaction,
            cancellationToken: cancel))];

    public static Task<long?> VersionAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<long?>(new CommandDefinition(Version, new { brand }, transaction, cancellationToken: cancel));

    public static async Task<TopicBackground> BackgroundAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<BackgroundRow>(
            new CommandDefinition(Background, new { brand }, transaction, cancellationToken: cancel)) is { } row
            ? new(row.Posts, [.. row.Stems.Zip(row.Uses, (stem, uses) => new BackgroundTerm(stem, uses))])
            : TopicBackground.Empty;

    /// <summary>The topics in memory, in the order in which they began.</summary>
    public static async Task<IReadOnlyList<TopicRecord>> RememberedAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel) =>
        [.. (await transaction.Connection!.QueryAsync<TopicRow>(new CommandDefinition(
                Remembered, new { brand, most = TopicMemory.MostTopics }, transaction, cancellationToken: cancel)))
            .OrderBy(row => row.Id.Value)
            .Select(row => row.ToRecord())];

    public static Task<long> BumpAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition(Bump, new { brand }, transaction, cancellationToken: cancel));

    public static Task SetBackgroundAsync(NpgsqlTransaction transaction, BrandId brand, TopicBackground background, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            SetBackground,
            new
            {
                brand,
                posts = (float)background.Posts,
                stems = background.Words.Select(word => word.Stem).ToArray(),
                uses = background.Words.Select(word => (float)word.Posts).ToArray(),
            },
            transaction,
            cancellationToken: cancel));

    public static Task UpsertAsync(
        NpgsqlTransaction transaction, BrandId brand, IEnumerable<(TopicRecord Topic, DateTimeOffset First)> topics, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Upsert,
            topics.Select(one => new
            {
                id = one.Topic.Id.Value,
                brand = brand.Value,
                name = TopicName.Of(one.Topic.Name),
                terms = one.Topic.Words.Select(word => word.Stem).ToArray(),
                written = one.Topic.Words.Select(word => word.Written).ToArray(),
                uses = one.Topic.Words.Select(word => (float)word.Posts).ToArray(),
                posts = (float)one.Topic.Posts,
                first = one.First,
                last = one.Topic.LastAt,
            }).ToList(),
            transaction,
            cancellationToken: cancel));

    public static Task PutAsync(NpgsqlTransaction transaction, IReadOnlyList<(PostId Post, TopicId Topic)> placed, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Put,
            new { topics = placed.Select(one => one.Topic.Value).ToArray(), posts = placed.Select(one => one.Post.Value).ToArray() },
            transaction,
            cancellationToken: cancel));

    public static Task JoinAsync(NpgsqlTransaction transaction, TopicId gone, TopicId kept, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Join, new { gone, kept, now }, transaction, cancellationToken: cancel));

    /// <summary>The topic of most of a run's posts, which all of them then have; null where none has one.</summary>
    public static async Task<TopicId?> OfRunAsync(NpgsqlTransaction transaction, BrandId brand, TopicId? known, SignalRun run, CancellationToken cancel)
    {
        var posts = run.Posts.Select(post => post.Post.Value).ToArray();
        var topic = known ?? await transaction.Connection!.ExecuteScalarAsync<TopicId?>(
            new CommandDefinition(Most, new { brand, posts }, transaction, cancellationToken: cancel));
        if (topic is { } found)
        {
            var parameters = new { brand, topic = found, posts, first = run.Posts[0].At, last = run.LastAt };
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(Gather, parameters, transaction, cancellationToken: cancel));
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(Span, parameters, transaction, cancellationToken: cancel));
        }

        return topic;
    }

    /// <summary>They keep their name and posts, and nothing is put into them any more.</summary>
    public static Task ForgottenAsync(NpgsqlTransaction transaction, IReadOnlyList<TopicId> topics, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Forgotten, new { topics = topics.Select(topic => topic.Value).ToArray() }, transaction, cancellationToken: cancel));

    /// <summary>Rows stay bounded: of what is forgotten, that which a few said and nobody named is let go.</summary>
    public static Task DropAsync(NpgsqlTransaction transaction, BrandId brand, int fewest, DateTimeOffset before, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Drop, new { brand, fewest, before }, transaction, cancellationToken: cancel));

    private sealed record BackgroundRow
    {
        public float Posts { get; init; }

        public string[] Stems { get; init; } = [];

        public float[] Uses { get; init; } = [];
    }

    private sealed record TopicRow
    {
        public TopicId Id { get; init; }

        public float Posts { get; init; }

        public DateTimeOffset LastAt { get; init; }

        public string[] Terms { get; init; } = [];

        public string[] Written { get; init; } = [];

        public float[] Uses { get; init; } = [];

        public Guid[] Apart { get; init; } = [];

        public TopicRecord ToRecord() => new(
            Id,
            Posts,
            LastAt,
            [.. Terms.Zip(Written, Uses).Select(word => new TopicTerm(word.First, word.Second, word.Third))],
            Array.ConvertAll(Apart, id => new TopicId(id)));
    }
}

/// <summary>A complaint that is in no topic yet.</summary>
internal sealed record UnplacedPost
{
    public PostId Post { get; init; }

    public DateTimeOffset At { get; init; }

    public string Language { get; init; } = "";

    public string Text { get; init; } = "";
}
