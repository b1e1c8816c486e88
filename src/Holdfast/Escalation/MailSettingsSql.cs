using Dapper;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>The one row of the mail server.</summary>
internal static class MailSettingsSql
{
    private const string ReadSql = "select value from setting where name = 'mail'";

    private const string WriteSql = """
        insert into setting (name, value) values ('mail', @value::jsonb) on conflict (name) do update set value = excluded.value
        """;

    private const string ForgetSql = "delete from setting where name = 'mail'";

    public static async Task<MailSettings?> ReadAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<string?>(new CommandDefinition(ReadSql, cancellationToken: cancel)) is { } value
            ? Json.Read<MailSettings>(value)
            : null;

    public static Task WriteAsync(NpgsqlTransaction transaction, MailSettings settings, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(WriteSql, new { value = Json.Write(settings) }, transaction, cancellationToken: cancel));

    public static Task ForgetAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(ForgetSql, transaction: transaction, cancellationToken: cancel));
}
