using Npgsql;

namespace Holdfast.Database;

/// <summary>One Holdfast: its data folder, its key and its database with the schema of this program. Every verb begins by opening it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private Installation(DataFolder folder, InstallationKey key, PrivatePostgres? postgres, string connectionString)
    {
        (Folder, Key, Postgres, ConnectionString) = (folder, key, postgres, connectionString);
        Store = new Store(connectionString);
    }

    public DataFolder Folder { get; }

    public InstallationKey Key { get; }

    /// <summary>Null where <c>HOLDFAST_DATABASE</c> names a server elsewhere.</summary>
    public PrivatePostgres? Postgres { get; }

    public Store Store { get; }

    /// <summary>With its password, for PostgreSQL's own programs; never shown.</summary>
    public string ConnectionString { get; }

    /// <param name="data">What <c>--data</c> said, or null.</param>
    /// <param name="cancel">Ends the waiting; what was started is stopped again.</param>
    public static Task<Installation> OpenAsync(string? data, CancellationToken cancel) =>
        OpenAsync(DataFolder.Choose(data), DatabaseAddress.FromEnvironment(), TimeProvider.System, cancel);

    public static async Task<Installation> OpenAsync(DataFolder folder, string? address, TimeProvider time, CancellationToken cancel)
    {
        var installation = await OpenUnpreparedAsync(folder, address, time, cancel);
        try
        {
            await Schema.ApplyAsync(installation.Store.DataSource, cancel);
            return installation;
        }
        catch (Exception e)
        {
            await installation.DisposeAsync();
            throw installation.Explain(e);
        }
    }

    /// <summary>As it is, whatever its schema: for what replaces it.</summary>
    public static Task<Installation> OpenUnpreparedAsync(string? data, CancellationToken cancel) =>
        OpenUnpreparedAsync(DataFolder.Choose(data), DatabaseAddress.FromEnvironment(), TimeProvider.System, cancel);

    public static async Task<Installation> OpenUnpreparedAsync(DataFolder folder, string? address, TimeProvider time, CancellationToken cancel)
    {
        folder.Create();
        var key = InstallationKey.Open(folder);
        var postgres = address is null ? await PrivatePostgres.StartAsync(folder, time, cancel) : null;
        return new Installation(folder, key, postgres, address ?? postgres!.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }
    }

    private Exception Explain(Exception e) => e switch
    {
        // Authentication, and a database that does not exist.
        PostgresException { SqlState: ['2', '8', ..] or ['3', 'D', ..] } refused => new DatabaseException($"PostgreSQL at {Place} refused: {refused.MessageText}.", e),
        PostgresException => e,
        NpgsqlException => new DatabaseException($"PostgreSQL at {Place} cannot be reached: {e.Message}", e),
        _ => e,
    };

    private string Place =>
        new NpgsqlConnectionStringBuilder(ConnectionString) is var address ? $"{address.Host}, database {address.Database}" : "";
}
