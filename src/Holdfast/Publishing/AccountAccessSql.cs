using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Listening;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>What it takes to write in an account's name.</summary>
internal static class AccountAccessSql
{
    private const string ReadSql = "select server, network_id, handle, secret from account where id = @id";
    private const string AllSql = "select id, network, server, handle from account where state <> 'Disconnected' order by network, handle";
    private const string KeepSql = "update account set secret = @secret where id = @id";
    private const string SetStateSql = "update account set state = @state, state_note = @note where id = @id and state <> @state";

    public static Task<AccessRow?> ReadAsync(NpgsqlConnection connection, AccountId id, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<AccessRow>(new CommandDefinition(ReadSql, new { id }, cancellationToken: cancel));

    public static async Task<IReadOnlyList<NetworkAccount>> AllAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        [.. await connection.QueryAsync<NetworkAccount>(new CommandDefinition(AllSql, cancellationToken: cancel))];

    public static Task KeepAsync(NpgsqlTransaction transaction, AccountId id, byte[] secret, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(KeepSql, new { id, secret }, transaction, cancellationToken: cancel));

    public static Task SetStateAsync(NpgsqlTransaction transaction, AccountId id, AccountState state, string note, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            SetStateSql, new { id, state = state.ToString(), note }, transaction, cancellationToken: cancel));

    internal sealed record AccessRow
    {
        public string Server { get; init; } = "";

        public string NetworkId { get; init; } = "";

        public string Handle { get; init; } = "";

        public byte[] Secret { get; init; } = [];
    }
}
