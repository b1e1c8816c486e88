using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>Somebody who defends or helps.</summary>
public sealed record CommunityMark
{
    public BrandId Brand { get; init; }

    public string BrandName { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public string Network { get; init; } = "";

    public string AuthorId { get; init; } = "";

    public string Handle { get; init; } = "";

    public string Kind { get; init; } = "";

    public PostId? Post { get; init; }

    public string? Text { get; init; }

    public string? Note { get; init; }

    public string? MarkedName { get; init; }

    public DateTimeOffset MarkedAt { get; init; }

    public DateTimeOffset? ThankedAt { get; init; }

    public DateTimeOffset? BriefedAt { get; init; }

    public DateTimeOffset? InvitedAt { get; init; }

    /// <summary>Of the post that says it; null where none does.</summary>
    public string? ThankedState { get; init; }

    public string? BriefedState { get; init; }

    public string? InvitedState { get; init; }

    /// <summary>When it was done and how that stands; null where it is still to be done.</summary>
    public CommunityDone? Done(CommunityAct act) => act switch
    {
        CommunityAct.Thanked => CommunityDone.Of(ThankedAt, ThankedState),
        CommunityAct.Briefed => CommunityDone.Of(BriefedAt, BriefedState),
        _ => CommunityDone.Of(InvitedAt, InvitedState),
    };
}

/// <summary>What became of what was written to somebody who stands by us.</summary>
public enum CommunityStanding
{
    /// <summary>The network has confirmed it, or it was done in another way.</summary>
    Done,
    OnItsWay,

    /// <summary>A freeze, or something else, holds it.</summary>
    Held,

    /// <summary>It will not leave: the network refused it, or somebody dropped it. It is to be done again.</summary>
    NotSent,
}

/// <param name="At">Of a post that left, when it did.</param>
public sealed record CommunityDone(DateTimeOffset At, CommunityStanding Standing)
{
    internal static CommunityDone? Of(DateTimeOffset? at, string? state) => at is not { } when ? null : new(when, state switch
    {
        null or nameof(PostState.Sent) => CommunityStanding.Done,
        nameof(PostState.Held) => CommunityStanding.Held,
        nameof(PostState.Rejected) or nameof(PostState.Dropped) => CommunityStanding.NotSent,
        _ => CommunityStanding.OnItsWay,
    });
}

/// <summary>The rows of people who stand by us.</summary>
internal static class CommunitySql
{
    private const string Columns = """
        select c.brand_id as brand, b.name as brand_name, b.time_zone as zone, c.network, c.author_id, c.handle, c.kind, c.post_id as post, p.text, c.note,
          w.name as marked_name, c.marked_at, coalesce(t.sent_at, c.thanked_at) as thanked_at, coalesce(f.sent_at, c.briefed_at) as briefed_at,
          coalesce(i.sent_at, c.invited_at) as invited_at, t.state as thanked_state, f.state as briefed_state, i.state as invited_state
        from community_mark c join brand b on b.id = c.brand_id left join post p on p.id = c.post_id left join person w on w.id = c.marked_by
        left join scheduled_post t on t.id = c.thanked_post left join scheduled_post f on f.id = c.briefed_post left join scheduled_post i on i.id = c.invited_post
        """;

    private const string AllSql = Columns + " order by c.marked_at desc limit 200";

    private const string OneSql = Columns + " where c.brand_id = @brand and c.network = @network and c.author_id = @author";

    private const string OfPostSql = Columns + """
         where c.brand_id = @brand and (c.network, c.author_id) = (select network, author_id from post where id = @post)
        """;

    private const string MarkSql = """
        insert into community_mark (brand_id, network, author_id, handle, kind, post_id, note, marked_by, marked_at)
        values (@brand, @Network, @AuthorId, @Handle, @kind, @Id, @note, @by, @now)
        on conflict (brand_id, network, author_id) do update set kind = excluded.kind, note = coalesce(excluded.note, community_mark.note), handle = excluded.handle
        """;

    private const string UnmarkSql = """
        delete from community_mark where brand_id = @brand and (network, author_id) = (select network, author_id from post where id = @post)
        """;

    private const string ThankedSql = "update community_mark set thanked_at = @now, thanked_post = @post where brand_id = @brand and network = @network and author_id = @author";
    private const string BriefedSql = "update community_mark set briefed_at = @now, briefed_post = @post where brand_id = @brand and network = @network and author_id = @author";
    private const string InvitedSql = "update community_mark set invited_at = @now, invited_post = @post where brand_id = @brand and network = @network and author_id = @author";

    public static async Task<IReadOnlyList<CommunityMark>> AllAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<CommunityMark>(new CommandDefinition(AllSql, cancellationToken: cancel))).AsList();

    public static Task<CommunityMark?> OneAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, string network, string author, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<CommunityMark?>(new CommandDefinition(OneSql, new { brand, network, author }, transaction, cancellationToken: cancel));

    public static Task<CommunityMark?> OfPostAsync(NpgsqlConnection connection, BrandId brand, PostId post, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<CommunityMark?>(new CommandDefinition(OfPostSql, new { brand, post }, cancellationToken: cancel));

    public static Task MarkAsync(
        NpgsqlTransaction transaction, BrandId brand, AnsweredPost post, CommunityKind kind, string? note, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            MarkSql, new { brand, post.Network, post.AuthorId, post.Handle, kind = kind.ToString(), post.Id, note, by, now }, transaction, cancellationToken: cancel));

    public static Task UnmarkAsync(NpgsqlTransaction transaction, BrandId brand, PostId post, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(UnmarkSql, new { brand, post }, transaction, cancellationToken: cancel));

    /// <param name="post">What was written; null: it was done in another way.</param>
    public static Task DoneAsync(
        NpgsqlTransaction transaction, BrandId brand, string network, string author, CommunityAct act, ScheduledPostId? post, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            act switch { CommunityAct.Thanked => ThankedSql, CommunityAct.Briefed => BriefedSql, _ => InvitedSql },
            new { brand, network, author, post, now }, transaction, cancellationToken: cancel));
}
