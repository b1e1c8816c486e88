using Dapper;
using Holdfast.Networks.Notices;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>A message that was kept here.</summary>
internal sealed record OutboxRow
{
    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }

    public string To { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Body { get; init; } = "";
}

/// <summary>The rows of the outbox.</summary>
internal static class OutboxSql
{
    public const int PageSize = 50;

    private const string InsertSql = """
        insert into outbox (id, at, to_address, subject, body, message_id) values (@id, @at, @to, @subject, @body, @messageId)
        """;

    private const string NewestSql = "select id, at, to_address as to, subject, body from outbox order by at desc, id desc limit @limit";

    public static Task InsertAsync(NpgsqlTransaction transaction, Guid id, PageMessage message, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            InsertSql,
            new { id, at = message.At, to = message.Address, subject = message.Subject, body = message.Text, messageId = message.MessageId },
            transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<OutboxRow>> NewestAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<OutboxRow>(new CommandDefinition(NewestSql, new { limit = PageSize }, cancellationToken: cancel))).AsList();
}
