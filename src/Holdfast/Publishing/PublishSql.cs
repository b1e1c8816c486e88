using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>The rows of posts. What becomes of one is decided in Core; here it is read under a lock and written down.</summary>
internal static class PublishSql
{
    /// <summary>Notified with everything that may give the senders work.</summary>
    public const string Topic = "publishing";

    private const string Columns = """
        select p.id, p.account_id, p.brand_id, p.network, p.purpose, p.situation_id, p.state, p.held_because, p.text, p.language, p.media, p.options, p.reply_to,
          p.due_at, p.key, p.fence, p.departed_at, p.tries, p.needs_approval, p.approved, p.freeze_id, p.let_through_by, p.let_through_reason,
          p.let_through_epoch, p.not_before, p.lease_until, p.first_departed_at, p.sent_at, p.network_ref, p.outcome, p.asked_at, a.state as account_state
        from scheduled_post p join account a on a.id = p.account_id
        """;

    private const string ReadSql = $"{Columns} where p.id = @id";

    private const string LockSql = $"{Columns} where p.id = @id for update of p";

    private const string HolderSql = $"""
        {Columns} where p.account_id = @Account and (p.network_ref ->> 'id' = @there or p.network_ref ->> 'url' = @url)
          and p.purpose <> 'Deletion' and p.id <> @Id
        limit 1 for update of p
        """;

    private const string LockDueSql = $"""
        {Columns}
        where p.state = 'Scheduled' and p.due_at <= @now and (p.not_before is null or p.not_before <= @now)
        order by p.due_at limit @limit for update of p skip locked
        """;

    private const string LockAbandonedSql = $"""
        {Columns}
        where p.state = 'Sending' and p.lease_until <= @now
        order by p.lease_until limit @limit for update of p skip locked
        """;

    private const string LockToAskSql = $"""
        {Columns}
        where p.state = 'Unknown' and (p.asked_at is null or p.asked_at <= @now - greatest(@every, (@now - coalesce(p.departed_at, p.asked_at)) / 4))
        order by p.asked_at nulls first limit 1 for update of p skip locked
        """;

    private const string TouchAskedSql = "update scheduled_post set asked_at = @now where id = @id";

    private const string NextDueSql = """
        select min(at) from (
          select min(greatest(due_at, not_before)) as at from scheduled_post where state = 'Scheduled'
          union all select min(lease_until) from scheduled_post where state = 'Sending') as next
        """;

    private const string InsertSql = """
        insert into scheduled_post (id, set_id, account_id, brand_id, network, purpose, situation_id, text, language, media, options, reply_to, state,
          held_because, freeze_id, due_at, needs_approval, approved, let_through_by, let_through_reason, let_through_epoch, key, created_by, created_at, changed_at)
        values (@Id, @set, @Account, @Brand, @Network, @Purpose, @Situation, @Text, @Language, @Media::jsonb, @options::jsonb, @ReplyTo::jsonb, @State,
          @Held, @Freeze, @DueAt, @NeedsApproval, @Approved, @LetBy, @LetReason, @LetEpoch, @Key, @by, @now, @now)
        """;

    private const string WriteSql = """
        update scheduled_post set state = @State, held_because = @Held, freeze_id = @Freeze, text = @Text, language = @Language, media = @Media::jsonb,
          reply_to = @ReplyTo::jsonb, due_at = @DueAt, not_before = @NotBefore, approved = @Approved, needs_approval = @NeedsApproval,
          let_through_by = @LetBy, let_through_reason = @LetReason, let_through_epoch = @LetEpoch, fence = @Fence,
          lease_until = @LeaseUntil, departed_at = @DepartedAt, first_departed_at = @FirstDepartedAt, tries = @Tries, sent_at = @SentAt,
          network_ref = @OnNetwork::jsonb, outcome = @Outcome, asked_at = @AskedAt, changed_at = @now
        where id = @Id
        """;

    private const string ClaimedBySql = "update scheduled_post set claimed_by = @node, claimed_at = @now where id = @id";

    private const string MediaSql = "select id, type, bytes, width, height, stripped from media where id = any(@ids)";

    public static async Task<StoredPost?> ReadAsync(NpgsqlConnection connection, ScheduledPostId id, CancellationToken cancel) =>
        (await connection.QuerySingleOrDefaultAsync<PostRow>(new CommandDefinition(ReadSql, new { id }, cancellationToken: cancel)))?.Stored();

    /// <summary>The post, locked; the gate was passed before.</summary>
    public static async Task<StoredPost?> LockAsync(NpgsqlTransaction transaction, ScheduledPostId id, CancellationToken cancel) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<PostRow>(new CommandDefinition(LockSql, new { id }, transaction, cancellationToken: cancel)))?.Stored();

    /// <summary>The other post, locked, that the network's <paramref name="there"/> is known to be; null where it is nobody's yet.</summary>
    public static async Task<ScheduledPost?> HolderAsync(NpgsqlTransaction transaction, ScheduledPost post, PostReference there, CancellationToken cancel) =>
        post.Purpose == PostPurpose.Deletion
            ? null
            : (await transaction.Connection!.QuerySingleOrDefaultAsync<PostRow>(new CommandDefinition(
                HolderSql, new { post.Account, post.Id, there = there.Id, url = there.Url }, transaction, cancellationToken: cancel)))?.Stored().Post;

    public static Task<IReadOnlyList<StoredPost>> LockDueAsync(NpgsqlTransaction transaction, DateTimeOffset now, int limit, CancellationToken cancel) =>
        ManyAsync(transaction, LockDueSql, new { now, limit }, cancel);

    public static Task<IReadOnlyList<StoredPost>> LockAbandonedAsync(NpgsqlTransaction transaction, DateTimeOffset now, int limit, CancellationToken cancel) =>
        ManyAsync(transaction, LockAbandonedSql, new { now, limit }, cancel);

    /// <summary>One Unknown post, asked for ever more seldom; others pass over it from now on.</summary>
    public static async Task<StoredPost?> TakeToAskAsync(NpgsqlTransaction transaction, TimeSpan every, DateTimeOffset now, CancellationToken cancel)
    {
        if (await ManyAsync(transaction, LockToAskSql, new { every, now }, cancel) is not [var post])
        {
            return null;
        }

        await transaction.Connection!.ExecuteAsync(new CommandDefinition(TouchAskedSql, new { id = post.Post.Id, now }, transaction, cancellationToken: cancel));
        return post;
    }

    /// <summary>When there is something to do next, or null.</summary>
    public static Task<DateTimeOffset?> NextDueAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.InstantAsync(new CommandDefinition(NextDueSql, cancellationToken: cancel));

    public static async Task InsertAsync(
        NpgsqlTransaction transaction, ScheduledPost post, Guid set, string options, Guid? by, DateTimeOffset now, CancellationToken cancel)
    {
        var parameters = Parameters(post, now);
        parameters.AddDynamicParams(new { set, options, by });
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(InsertSql, parameters, transaction, cancellationToken: cancel));
        await TellAsync(transaction, post);
    }

    public static async Task WriteAsync(NpgsqlTransaction transaction, ScheduledPost post, DateTimeOffset now, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(WriteSql, Parameters(post, now), transaction, cancellationToken: cancel));
        await TellAsync(transaction, post);
    }

    public static Task ClaimedByAsync(NpgsqlTransaction transaction, ScheduledPostId id, string node, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(ClaimedBySql, new { id, node, now }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<MediaRow>> MediaAsync(NpgsqlTransaction transaction, IReadOnlyList<MediaItem> media, CancellationToken cancel) =>
        media.Count == 0
            ? []
            : (await transaction.Connection!.QueryAsync<MediaRow>(new CommandDefinition(
                MediaSql, new { ids = media.Select(item => item.Id).ToArray() }, transaction, cancellationToken: cancel))).AsList();

    private static async Task TellAsync(NpgsqlTransaction transaction, ScheduledPost post)
    {
        await Changes.NotifyAsync(transaction, Topic);
        await Changes.NotifyAsync(transaction, $"brand:{post.Brand.Value}");
    }

    private static async Task<IReadOnlyList<StoredPost>> ManyAsync(NpgsqlTransaction transaction, string sql, object parameters, CancellationToken cancel) =>
        [.. (await transaction.Connection!.QueryAsync<PostRow>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancel)))
            .Select(row => row.Stored())];

    private static DynamicParameters Parameters(ScheduledPost post, DateTimeOffset now) => new(new
    {
        post.Id,
        post.Account,
        post.Brand,
        post.Network,
        Purpose = post.Purpose.ToString(),
        post.Situation,
        State = post.State.ToString(),
        Held = post.Held?.ToString(),
        post.Freeze,
        post.Text,
        post.Language,
        Media = Json.Write(post.Media),
        ReplyTo = post.ReplyTo is null ? null : Json.Write(post.ReplyTo),
        post.DueAt,
        post.NotBefore,
        post.NeedsApproval,
        post.Approved,
        LetBy = post.LetThrough?.By,
        LetReason = post.LetThrough?.Reason,
        LetEpoch = post.LetThrough?.Epoch,
        post.Key,
        post.Fence,
        post.LeaseUntil,
        post.DepartedAt,
        post.FirstDepartedAt,
        post.Tries,
        post.SentAt,
        OnNetwork = post.OnNetwork is null ? null : Json.Write(post.OnNetwork),
        post.Outcome,
        post.AskedAt,
        now,
    });
}
