using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>The rows of posts to answer: acting on them. What pages show is in <see cref="AnswerSql"/>.</summary>
internal static class ReplySql
{
    private const string Columns = """
        select brand_id as brand, post_id as post, situation_id as situation, level, heard_at, duty, clock_at, state, assigned_to, taken_by, taken_until,
          snoozed_until, ended_by, ended_at, note, answer_id as answer
        from reply_item
        """;

    private const string SituationSql = "select situation_id from reply_item where brand_id = @brand and post_id = @post";
    private const string LockSql = Columns + " where brand_id = @brand and post_id = @post for update";

    private const string DueSql = Columns + " where clock_at <= @now order by clock_at limit 1";

    private const string LockFailedSql = """
        select r.brand_id as brand, r.post_id as post, r.situation_id as situation, r.level, r.heard_at, r.duty, r.clock_at, r.state, r.assigned_to,
          r.taken_by, r.taken_until, r.snoozed_until, r.ended_by, r.ended_at, r.note, r.answer_id as answer
        from reply_item r join scheduled_post p on p.id = r.answer_id
        where r.state = 'Answered' and p.state in ('Rejected', 'Dropped')
        limit 1 for update of r skip locked
        """;

    private const string InsertSql = """
        insert into reply_item (brand_id, post_id, situation_id, level, heard_at, duty, clock_at, state)
        values (@Brand, @Post, @Situation, @Level, @HeardAt, @Duty, @ClockAt, @State)
        on conflict (brand_id, post_id) do nothing
        """;

    private const string WriteSql = """
        update reply_item set situation_id = @Situation, level = @Level, duty = @Duty, clock_at = @ClockAt, state = @State, assigned_to = @AssignedTo,
          taken_by = @TakenBy, taken_until = @TakenUntil, snoozed_until = @SnoozedUntil, ended_by = @EndedBy, ended_at = @EndedAt, note = @Note, answer_id = @Answer
        where brand_id = @Brand and post_id = @Post
        """;

    private const string PostSql = """
        select p.id, p.network, p.network_id, p.handle, p.author_name, p.author_id, p.text, p.url, p.at, p.language, p.received_at
        from post p where p.id = @post
        """;

    // Ids begin with the time they were made at: the key of mentions leads to the newest without an index of its own.
    // What is asked, complained of or reported, about us, by others than us; found when it came in, not when it was written.
    private const string NewSql = """
        select m.brand_id as brand, m.post_id as post, m.class, m.intent, m.risk, m.voice, p.received_at,
          (select s.id from topic_post tp join situation s on s.topic_id = tp.topic_id
           where tp.post_id = m.post_id and s.brand_id = m.brand_id and s.state in ('Candidate', 'Open', 'Contained') order by s.level desc limit 1) as situation
        from mention m join post p on p.id = m.post_id
        where m.brand_id = @brand and m.post_id >= @from and m.at > @oldest and p.received_at > @since and p.received_at <= @until
          and m.about and not m.spreads and m.voice <> 3 and p.deleted_at is null
          and (m.class = -1 or m.intent = any(@asking) or m.risk > 0)
          and not exists (select 1 from account a where a.network = p.network and a.network_id = p.author_id)
          and not exists (select 1 from reply_item r where r.brand_id = m.brand_id and r.post_id = m.post_id)
        order by p.received_at limit @limit
        """;

    private static readonly TimeSpan IdMargin = TimeSpan.FromHours(1);

    private const string LevelSql = "select level from situation where id = @situation";

    private const string BrandsSql = """
        select b.id, coalesce(s.seen_at, b.created_at) as seen_at from brand b left join reply_seen s on s.brand_id = b.id where b.retired_at is null
        """;

    private const string SeenSql = """
        insert into reply_seen (brand_id, seen_at) values (@brand, @at) on conflict (brand_id) do update set seen_at = greatest(reply_seen.seen_at, excluded.seen_at)
        """;

    private const string PickUpSql = """
        update reply_item r set situation_id = s.id, level = greatest(r.level, s.level)
        from topic_post tp join situation s on s.topic_id = tp.topic_id
        where r.state = 'Open' and tp.post_id = r.post_id and s.brand_id = r.brand_id and s.state in ('Candidate', 'Open', 'Contained')
          and (r.situation_id is distinct from s.id or r.level < s.level)
        """;

    /// <summary>The situation that a post is answered for, as far as is known without its lock.</summary>
    public static Task<SituationId?> SituationAsync(NpgsqlTransaction transaction, BrandId brand, PostId post, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<SituationId?>(Command(SituationSql, new { brand, post }, transaction, cancel));

    public static async Task<ReplyItem?> LockAsync(NpgsqlTransaction transaction, BrandId brand, PostId post, CancellationToken cancel) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(Command(LockSql, new { brand, post }, transaction, cancel)))?.Item();

    public static async Task<ReplyItem?> DueAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancel) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(Command(DueSql, new { now }, transaction, cancel)))?.Item();

    /// <summary>One whose answer did not get out.</summary>
    public static async Task<ReplyItem?> LockFailedAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(Command(LockFailedSql, new { }, transaction, cancel)))?.Item();

    public static Task<int> InsertAsync(NpgsqlTransaction transaction, ReplyItem item, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(InsertSql, Parameters(item), transaction, cancel));

    public static Task WriteAsync(NpgsqlTransaction transaction, ReplyItem item, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(WriteSql, Parameters(item), transaction, cancel));

    public static Task<AnsweredPost?> PostAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, PostId post, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<AnsweredPost?>(Command(PostSql, new { post }, transaction, cancel));

    public static async Task<IReadOnlyList<HeardMention>> NewAsync(
        NpgsqlTransaction transaction, BrandId brand, DateTimeOffset oldest, DateTimeOffset since, DateTimeOffset until, short[] asking, int limit, CancellationToken cancel) =>
        (await transaction.Connection!.QueryAsync<HeardMention>(Command(
            NewSql, new { brand, from = FirstIdAt(since - IdMargin), oldest, since, until, asking, limit }, transaction, cancel))).AsList();

    public static async Task<IReadOnlyList<SeenBrand>> BrandsAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<SeenBrand>(Command(BrandsSql, new { }, null, cancel))).AsList();

    public static Task SeenAsync(NpgsqlTransaction transaction, BrandId brand, DateTimeOffset at, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(SeenSql, new { brand, at }, transaction, cancel));

    /// <summary>Posts that turned out to belong to a situation take its level.</summary>
    public static Task<int> PickUpAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(PickUpSql, new { }, transaction, cancel));

    public static async Task<Level> LevelAsync(NpgsqlTransaction transaction, SituationId situation, CancellationToken cancel) =>
        (Level)await transaction.Connection!.ExecuteScalarAsync<short>(Command(LevelSql, new { situation }, transaction, cancel));

    /// <summary>The least UUIDv7 of an instant.</summary>
    private static Guid FirstIdAt(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new Guid(bytes, bigEndian: true);
    }

    private static object Parameters(ReplyItem item) => new
    {
        item.Brand,
        item.Post,
        item.Situation,
        Level = (int)item.Level,
        item.HeardAt,
        Duty = item.Duty.ToString(),
        item.ClockAt,
        State = item.State.ToString(),
        item.AssignedTo,
        item.TakenBy,
        item.TakenUntil,
        item.SnoozedUntil,
        item.EndedBy,
        item.EndedAt,
        item.Note,
        item.Answer,
    };

    private static CommandDefinition Command(string sql, object parameters, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, cancellationToken: cancel);

    private sealed record Row
    {
        public BrandId Brand { get; init; }

        public PostId Post { get; init; }

        public SituationId? Situation { get; init; }

        public short Level { get; init; }

        public DateTimeOffset HeardAt { get; init; }

        public string Duty { get; init; } = "";

        public DateTimeOffset? ClockAt { get; init; }

        public string State { get; init; } = "";

        public PersonId? AssignedTo { get; init; }

        public PersonId? TakenBy { get; init; }

        public DateTimeOffset? TakenUntil { get; init; }

        public DateTimeOffset? SnoozedUntil { get; init; }

        public PersonId? EndedBy { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        public string? Note { get; init; }

        public Guid? Answer { get; init; }

        public ReplyItem Item() => new(Brand, Post, Situation, (Level)Level, HeardAt, Enum.Parse<DutyKind>(Duty), ClockAt)
        {
            State = Enum.Parse<ReplyState>(State),
            AssignedTo = AssignedTo,
            TakenBy = TakenBy,
            TakenUntil = TakenUntil,
            SnoozedUntil = SnoozedUntil,
            EndedBy = EndedBy,
            EndedAt = EndedAt,
            Note = Note,
            Answer = Answer,
        };
    }
}

/// <summary>Somebody's post that is answered.</summary>
public sealed record AnsweredPost
{
    public PostId Id { get; init; }

    public string Network { get; init; } = "";

    public string NetworkId { get; init; } = "";

    public string Handle { get; init; } = "";

    public string? AuthorName { get; init; }

    public string AuthorId { get; init; } = "";

    public string Text { get; init; } = "";

    public string? Url { get; init; }

    public DateTimeOffset At { get; init; }

    public string? Language { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public string To => Handle.StartsWith('@') ? Handle : "@" + Handle;
}

/// <summary>A mention that may want an answer.</summary>
internal sealed record HeardMention
{
    public BrandId Brand { get; init; }

    public PostId Post { get; init; }

    public short Class { get; init; }

    public short Intent { get; init; }

    public short Risk { get; init; }

    public short Voice { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public SituationId? Situation { get; init; }
}

/// <summary>Up to when a brand's mentions are in the queue.</summary>
internal sealed record SeenBrand
{
    public BrandId Id { get; init; }

    public DateTimeOffset SeenAt { get; init; }
}
