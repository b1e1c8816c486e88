using Holdfast.Database;
using Xunit;

namespace Holdfast.Testing.Database;

/// <summary>A fresh database with the whole schema for one test class: <c>IClassFixture&lt;DatabaseFixture&gt;</c>.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private Store? _store;

    internal Store Store => _store ?? throw new InvalidOperationException("The fixture was not initialised.");

    internal string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var cluster = await TestCluster.GetAsync();
        ConnectionString = await cluster.CreateDatabaseAsync();
        _store = new Store(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
            await (await TestCluster.GetAsync()).DropDatabaseAsync(ConnectionString);
        }
    }
}
