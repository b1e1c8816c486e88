using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Responses;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>A statement whose way out is barred, or free again.</summary>
internal sealed record StuckStatement
{
    public StatementId Id { get; init; }

    /// <summary>Null: nothing is in its way any more.</summary>
    public string? Because { get; init; }
}

/// <summary>An answer that its account cannot send.</summary>
internal sealed record StuckReply
{
    public BrandId Brand { get; init; }

    public PostId Post { get; init; }

    public PersonId? By { get; init; }
}

/// <summary>Finds what was written and cannot go out.</summary>
internal static class StuckSql
{
    public const string Account = "account";
    public const string Approvals = "approvals";

    // What the approvals came to, only Core can say: see StuckDesk.
    private const string StatementSql = """
        select s.id, w.because from statement s cross join lateral (select case
          when s.state in ('InReview', 'Waiting') and s.situation_id is not null and exists (
            select 1 from jsonb_array_elements(s.versions) v left join account a on a.id = (v ->> 'account')::uuid
            where v ->> 'account' is not null and a.state is distinct from 'Connected') then 'account'
          when exists (select 1 from scheduled_post p where p.statement_id = s.id and p.state = 'Held' and p.held_because = 'Account') then 'account'
          when exists (select 1 from scheduled_post p where p.statement_id = s.id and p.state = 'Rejected') then 'rejected'
          when s.state = 'Waiting' and s.stuck_because = 'approvals' then 'approvals' end as because) w
        where (s.state in ('InReview', 'Waiting') or s.published_at > @since or s.stuck_because is not null) and w.because is distinct from s.stuck_because
        limit 1 for update of s skip locked
        """;

    private const string MarkStatementSql = "update statement set stuck_because = @because where id = @id";

    private const string BecauseSql = "select stuck_because from statement where id = @id";

    private const string ReplySql = """
        select r.brand_id as brand, r.post_id as post, r.ended_by as by from reply_item r join scheduled_post p on p.id = r.answer_id
        where r.state = 'Answered' and r.stuck_because is null and p.state = 'Held' and p.held_because = 'Account' limit 1 for update of r skip locked
        """;

    private const string MarkReplySql = "update reply_item set stuck_because = 'account' where brand_id = @Brand and post_id = @Post";

    private const string FreeRepliesSql = """
        update reply_item r set stuck_because = null from scheduled_post p
        where p.id = r.answer_id and r.stuck_because is not null and (r.state <> 'Answered' or p.state <> 'Held' or p.held_because <> 'Account')
        """;

    /// <summary>One of which people have not been told how it stands.</summary>
    public static Task<StuckStatement?> StatementAsync(NpgsqlTransaction transaction, DateTimeOffset since, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<StuckStatement?>(new CommandDefinition(StatementSql, new { since }, transaction, cancellationToken: cancel));

    public static Task MarkAsync(NpgsqlTransaction transaction, StatementId id, string? because, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(MarkStatementSql, new { id, because }, transaction, cancellationToken: cancel));

    public static Task<string?> BecauseAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, StatementId id, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<string?>(new CommandDefinition(BecauseSql, new { id }, transaction, cancellationToken: cancel));

    public static Task<StuckReply?> ReplyAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<StuckReply?>(new CommandDefinition(ReplySql, transaction: transaction, cancellationToken: cancel));

    public static Task MarkAsync(NpgsqlTransaction transaction, StuckReply reply, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(MarkReplySql, reply, transaction, cancellationToken: cancel));

    public static Task FreeRepliesAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(FreeRepliesSql, transaction: transaction, cancellationToken: cancel));
}
