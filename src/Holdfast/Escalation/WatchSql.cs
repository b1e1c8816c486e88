using Dapper;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>Signs of life of all nodes, and what is late.</summary>
internal static class WatchSql
{
    private const string BeatSql = """
        insert into worker (node, name, seen_at) values (@node, @name, @at)
        on conflict (node, name) do update set seen_at = greatest(worker.seen_at, excluded.seen_at)
        """;

    private const string LeaveSql = "delete from worker where node = @node";

    // A node that was taken away for good is not mourned for ever.
    private const string ForgetSql = "delete from worker where seen_at < @before";

    // The fallback of a lost wake-up is 5 seconds: a minute means that nobody is at work.
    private const string LateSql = """
        select exists (select from attempt where cause <> 'Watch' and state = 'Intent' and due_at < @before)
          or exists (select from page where state = 'Running' and step_due_at < @before)
        """;

    private const string DeadSql = "select name from worker group by name having max(seen_at) < @before order by name";

    private const string ToldSql = """
        select exists (select from attempt where page_id is null and cause = 'Watch' and note = @note and due_at > @since)
        """;

    // Two nodes that see the same must not both tell.
    private const string LockSql = "select pg_advisory_xact_lock(hashtextextended('holdfast watch', 0))";

    public static Task BeatAsync(NpgsqlConnection connection, string node, string name, DateTimeOffset at, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(BeatSql, new { node, name, at }, cancellationToken: cancel));

    public static Task LeaveAsync(NpgsqlConnection connection, string node, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(LeaveSql, new { node }, cancellationToken: cancel));

    public static Task ForgetAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(ForgetSql, new { before }, cancellationToken: cancel));

    public static Task LockAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(LockSql, transaction: transaction, cancellationToken: cancel));

    public static Task<bool> IsLateAsync(NpgsqlTransaction transaction, DateTimeOffset before, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(LateSql, new { before }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<string>> DeadAsync(NpgsqlTransaction transaction, DateTimeOffset before, CancellationToken cancel) =>
        (await transaction.Connection!.QueryAsync<string>(new CommandDefinition(DeadSql, new { before }, transaction, cancellationToken: cancel))).AsList();

    public static Task<bool> WasToldAsync(NpgsqlTransaction transaction, string note, DateTimeOffset since, CancellationToken cancel) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(ToldSql, new { note, since }, transaction, cancellationToken: cancel));
}
