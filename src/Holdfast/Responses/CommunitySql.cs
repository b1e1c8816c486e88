using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
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

    public DateTimeOffset? At(CommunityAct act) => act switch
    {
        CommunityAct.Thanked => ThankedAt,
        CommunityAct.Briefed => BriefedAt,
        _ => InvitedAt,
    };
}

/// <summary>The rows of people who stand by us.</summary>
internal static class CommunitySql
{
    private const string Columns = """
        select c.brand_id as brand, b.name as brand_name, b.time_zone as zone, c.network, c.author_id, c.handle, c.kind, c.post_id as post, p.text, c.note,
          w.name as marked_name, c.marked_at, c.thanked_at, c.briefed_at, c.invited_at
        from community_mark c join brand b on b.id = c.brand_id left join post p on p.id = c.post_id left join person w on w.id = c.marked_by
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

    private const string ThankedSql = "update community_mark set thanked_at = @now where brand_id = @brand and network = @network and author_id = @author";
    private const string BriefedSql = "update community_mark set briefed_at = @now where brand_id = @brand and network = @network and author_id = @author";
    private const string InvitedSql = "update community_mark set invited_at = @now where brand_id = @brand and network = @network and author_id = @author";

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

    public static Task DoneAsync(
        NpgsqlTransaction transaction, BrandId brand, string network, string author, CommunityAct act, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            act switch { CommunityAct.Thanked => ThankedSql, CommunityAct.Briefed => BriefedSql, _ => InvitedSql },
            new { brand, network, author, now }, transaction, cancellationToken: cancel));
}
