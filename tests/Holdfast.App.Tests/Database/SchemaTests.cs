using Dapper;
using Holdfast.Database;
using Holdfast.Testing.Database;
using Npgsql;

namespace Holdfast.App.Tests.Database;

public sealed class SchemaTests : IAsyncLifetime
{
    private NpgsqlDataSource _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _database = NpgsqlDataSource.Create(await (await TestCluster.GetAsync()).CreateEmptyDatabaseAsync());

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Eight_nodes_that_start_at_once_apply_each_script_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Schema.ApplyAsync(_database, Cancel)));

        Assert.Equal(Enumerable.Range(1, Schema.Newest), await ReadNumbersAsync());
    }

    [Fact]
    public async Task A_script_that_fails_half_way_leaves_nothing_of_itself_and_all_before_it()
    {
        var scripts = new SchemaScript[]
        {
            new(1, "0001_good.sql", "create table good (id int)"),
            new(2, "0002_half.sql", "create table half (id int); select 1 / 0"),
        };

        await Assert.ThrowsAsync<PostgresException>(() => Schema.ApplyAsync(_database, scripts, Cancel));

        Assert.Equal([1], await ReadNumbersAsync());
        await using var connection = await _database.OpenConnectionAsync(Cancel);
        Assert.True(await connection.ExecuteScalarAsync<bool>("select to_regclass('good') is not null"));
        Assert.False(await connection.ExecuteScalarAsync<bool>("select to_regclass('half') is not null"));
        // And the lock was given back: a mended script goes through on the same pool.
        await Schema.ApplyAsync(_database, [scripts[0], new(2, "0002_half.sql", "create table half (id int)")], Cancel);
        Assert.Equal([1, 2], await ReadNumbersAsync());
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_untouched()
    {
        SchemaScript one = new(1, "0001_a.sql", "create table a (id int)");
        await Schema.ApplyAsync(_database, [one, new(2, "0002_b.sql", "create table b (id int)")], Cancel);

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => Schema.ApplyAsync(_database, [one], Cancel));

        Assert.Contains("newer Holdfast", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("at 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_was_applied_is_refused_by_name()
    {
        await Schema.ApplyAsync(_database, [new(1, "0001_a.sql", "create table a (id int)")], Cancel);

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => Schema.ApplyAsync(
            _database, [new(1, "0001_a.sql", "create table a (id bigint)"), new(2, "0002_b.sql", "create table b (id int)")], Cancel));

        Assert.Contains("0001_a.sql", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1], await ReadNumbersAsync());
    }

    [Fact]
    public void A_script_with_other_line_ends_is_the_same_script() =>
        Assert.Equal(new SchemaScript(1, "a", "x\ny").Checksum, new SchemaScript(1, "a", "x\r\ny").Checksum);

    private async Task<IEnumerable<int>> ReadNumbersAsync()
    {
        await using var connection = await _database.OpenConnectionAsync(Cancel);
        return await connection.QueryAsync<int>("select number from schema_script order by number");
    }
}
