using Npgsql;

namespace Holdfast.Database;

/// <summary>The one way to PostgreSQL. Every transaction of the product goes through here.</summary>
internal sealed class Store : IAsyncDisposable
{
    private const int MaxRepeats = 5;
    private const int MaxPrepared = 200;

    public Store(string connectionString)
    {
        TypeHandlers.Register();
        // Statements are constants: what is used again is parsed and planned once a connection, not at each use.
        var address = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = MaxPrepared, AutoPrepareMinUsages = 3 };
        DataSource = new NpgsqlDataSourceBuilder(address.ConnectionString) { Name = "holdfast" }.Build();
    }

    public NpgsqlDataSource DataSource { get; }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel) => DataSource.OpenConnectionAsync(cancel);

    /// <summary>Commits when <paramref name="work"/> returns, rolls back when it throws. Never repeated.</summary>
    public Task InTransactionAsync(Func<NpgsqlTransaction, Task> work, CancellationToken cancel) =>
        InTransactionAsync(async transaction =>
        {
            await work(transaction);
            return true;
        }, cancel);

    /// <inheritdoc cref="InTransactionAsync(Func{NpgsqlTransaction, Task}, CancellationToken)"/>
    public async Task<T> InTransactionAsync<T>(Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var value = await work(transaction);
        await transaction.CommitAsync(cancel);
        return value;
    }

    /// <summary>
    /// As <see cref="InTransactionAsync{T}"/>, and run again from the start when PostgreSQL chose this transaction as the victim of a
    /// deadlock or a serialisation failure: it has then been rolled back whole. Only for work that touches nothing outside the
    /// transaction: no mail, no file, no counter in memory. A lost connection is never repeated: the commit may have happened.
    /// </summary>
    public async Task<T> InRepeatedTransactionAsync<T>(Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancel)
    {
        for (var repeat = 0; ; repeat++)
        {
            try
            {
                return await InTransactionAsync(work, cancel);
            }
            catch (PostgresException e) when (IsVictim(e) && repeat < MaxRepeats)
            {
                // The other transaction is already through, or soon will be; its locks make us wait, no pause is needed.
            }
        }
    }

    /// <inheritdoc cref="InRepeatedTransactionAsync{T}"/>
    public Task InRepeatedTransactionAsync(Func<NpgsqlTransaction, Task> work, CancellationToken cancel) =>
        InRepeatedTransactionAsync(async transaction =>
        {
            await work(transaction);
            return true;
        }, cancel);

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    private static bool IsVictim(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
