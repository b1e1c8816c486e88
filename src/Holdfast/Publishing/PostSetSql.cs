using System.Data.Common;
using Dapper;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;

namespace Holdfast.Publishing;

/// <summary>Posts as they were written together: read for the composer, and what of them only it writes.</summary>
internal static class PostSetSql
{
    private const string ActsAs = "select set_config('holdfast.person', @by::text, true)";

    private const string Columns = """
        p.id, p.set_id as set, p.account_id as account, p.brand_id as brand, p.network, a.handle, p.text, p.language, p.media::text as media, p.options::text as options,
        p.reply_to::text as reply_to, p.state, p.held_because as held, p.due_at, p.needs_approval, p.approved, p.outcome, p.network_ref ->> 'url' as url, p.sent_at,
        p.created_by, coalesce(p.written_by, p.created_by) as written_by, w.name as written_by_name, p.purpose, p.freeze_id as freeze
        """;

    private const string From = """
        from scheduled_post p join account a on a.id = p.account_id left join person w on w.id = coalesce(p.written_by, p.created_by)
        """;

    private const string OfSet = $"select {Columns} {From} where p.set_id = @set order by p.network, lower(a.handle)";
    private const string One = $"select {Columns} {From} where p.id = @id";

    private const string DueWith = """
        select q.id from scheduled_post p join scheduled_post q on q.set_id = p.set_id and q.due_at is not distinct from p.due_at where p.id = @id order by q.id
        """;

    private const string Waiting = $"""
        select {Columns}, p.changed_at as since {From} where p.state = 'AwaitingApproval' order by p.due_at nulls last, p.id limit 200
        """;

    private const string WriteExtras = "update scheduled_post set options = @options::jsonb, written_by = @by, changed_at = @now where id = @id";

    private const string InsertApproval = """
        insert into post_approval (id, post_id, person_id, content, approved, reason, at) values (@approval, @id, @by, @content, @approved, @reason, @now)
        """;

    private const string History = """
        select c.at, c.state, c.held_because as held, c.due_at, c.words, c.by_person as by, coalesce(n.name, '') as by_name, a.handle, a.network, null::text as reason
        from post_change c join scheduled_post p on p.id = c.post_id join account a on a.id = p.account_id left join person n on n.id = c.by_person
        where p.set_id = @set
        union all
        select v.at, case when v.approved then 'Approved' else 'Disapproved' end, null, null, false, v.person_id, coalesce(n.name, ''), a.handle, a.network, v.reason
        from post_approval v join scheduled_post p on p.id = v.post_id join account a on a.id = p.account_id left join person n on n.id = v.person_id
        where p.set_id = @set
        order by at desc limit 200
        """;

    // What was dropped or rejected was not said; what is not yet decided is.
    private const string Near = """
        select p.id, p.set_id as set, p.account_id as account, a.handle, p.network, p.text, p.state, p.due_at
        from scheduled_post p join account a on a.id = p.account_id
        where p.account_id = any(@accounts) and p.due_at between @from and @to and p.state not in ('Dropped', 'Rejected') and p.set_id is distinct from @except
        order by p.due_at desc limit 1000
        """;

    public static Task ActsAsAsync(DbTransaction transaction, PersonId by, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(ActsAs, new { by }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<SetRow>> OfSetAsync(DbConnection connection, Guid set, CancellationToken cancel) =>
        (await connection.QueryAsync<SetRow>(new CommandDefinition(OfSet, new { set }, cancellationToken: cancel))).AsList();

    public static Task<SetRow?> OneAsync(DbConnection connection, ScheduledPostId id, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<SetRow>(new CommandDefinition(One, new { id }, cancellationToken: cancel));

    /// <summary>The post and those of its set that are due together with it.</summary>
    public static async Task<IReadOnlyList<ScheduledPostId>> DueWithAsync(DbConnection connection, ScheduledPostId id, CancellationToken cancel) =>
        [.. await connection.QueryAsync<ScheduledPostId>(new CommandDefinition(DueWith, new { id }, cancellationToken: cancel))];

    public static async Task<IReadOnlyList<SetRow>> WaitingAsync(DbConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<SetRow>(new CommandDefinition(Waiting, cancellationToken: cancel))).AsList();

    public static Task WriteExtrasAsync(DbTransaction transaction, ScheduledPostId id, string options, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(WriteExtras, new { id, options, by, now }, transaction, cancellationToken: cancel));

    public static Task InsertApprovalAsync(
        DbTransaction transaction, Guid approval, ScheduledPostId id, PersonId by, byte[] content, bool approved, string? reason, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            InsertApproval, new { approval, id, by, content, approved, reason, now }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<HistoryRow>> HistoryAsync(DbConnection connection, Guid set, CancellationToken cancel) =>
        (await connection.QueryAsync<HistoryRow>(new CommandDefinition(History, new { set }, cancellationToken: cancel))).AsList();

    public static async Task<IReadOnlyList<CalendarRow>> NearAsync(
        DbConnection connection, IReadOnlyList<Guid> accounts, DateTimeOffset from, DateTimeOffset to, Guid? except, CancellationToken cancel) =>
        (await connection.QueryAsync<CalendarRow>(new CommandDefinition(Near, new { accounts, from, to, except }, cancellationToken: cancel))).AsList();
}
