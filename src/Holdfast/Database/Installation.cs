using Npgsql;

namespace Holdfast.Database;

/// <summary>One Holdfast: its data folder, its key and its database with the schema of this program. Every verb begins by opening it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private Installation(DataFolder folder, InstallationKey key, PrivatePostgres? postgres, Store store) =>
        (Folder, Key, Postgres, Store) = (folder, key, postgres, store);

    public DataFolder Folder { get; }

    public InstallationKey Key { get; }

    /// <summary>Null where <c>HOLDFAST_DATABASE</c> names a server elsewhere.</summary>
    public PrivatePostgres? Postgres { get; }

    public Store Store { get; }

    /// <param name="data">What <c>--data</c> said, or null.</param>
    /// <param name="cancel">Ends the waiting; what was started is stopped again.</param>
    public static Task<Installation> OpenAsync(string? data, CancellationToken cancel) =>
        OpenAsync(DataFolder.Choose(data), DatabaseAddress.FromEnvironment(), TimeProvider.System, cancel);

    public static async Task<Installation> OpenAsync(DataFolder folder, string? address, TimeProvider time, CancellationToken cancel)
    {
        folder.Create();
        var key = InstallationKey.Open(folder);
        var postgres = address is null ? await PrivatePostgres.StartAsync(folder, time, cancel) : null;
        var store = new Store(address ?? postgres!.ConnectionString);
        var installation = new Installation(folder, key, postgres, store);
        try
        {
            await Schema.ApplyAsync(store.DataSource, cancel);
            return installation;
        }
        catch (Exception e)
        {
            await installation.DisposeAsync();
            throw e is NpgsqlException and not PostgresException
                ? new DatabaseException($"PostgreSQL at {Place(store)} cannot be reached: {e.Message}", e)
                : e is PostgresException { SqlState: ['2', '8', ..] or ['3', 'D', ..] } refused
                    ? new DatabaseException($"PostgreSQL at {Place(store)} refused: {refused.MessageText}.", e)
                    : e;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }
    }

    private static string Place(Store store)
    {
        var address = new NpgsqlConnectionStringBuilder(store.DataSource.ConnectionString);
        return $"{address.Host}, database {address.Database}";
    }
}
