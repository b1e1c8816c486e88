using System.Threading.Channels;
using Dapper;
using Holdfast.Database;
using Holdfast.Testing.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Database;

public sealed class ChangesTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly Changes _changes = new(database.Store, TimeProvider.System, NullLogger<Changes>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _changes.StartAsync(Cancel);
        await _changes.Listening;
    }

    public async ValueTask DisposeAsync()
    {
        await _changes.StopAsync(CancellationToken.None);
        _changes.Dispose();
    }

    [Fact]
    public async Task A_commit_is_heard_by_those_who_asked_for_that_prefix_and_a_rollback_by_no_one()
    {
        using var brands = _changes.Subscribe("brand:", t => _heard.Writer.TryWrite(t));
        using var all = _changes.Subscribe("end", t => _heard.Writer.TryWrite(t));

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Store.InTransactionAsync(async transaction =>
        {
            await Changes.NotifyAsync(transaction, "brand:rolled-back");
            throw new InvalidOperationException();
        }, Cancel));
        await NotifyAsync("detection", "brand:a", "brand:a", "end");

        Assert.Equal("brand:a", await HearAsync());
        Assert.Equal("end", await HearAsync());
    }

    [Fact]
    public async Task After_a_lost_connection_it_listens_again_and_says_that_something_may_have_been_missed()
    {
        using var detection = _changes.Subscribe("detection", t => _heard.Writer.TryWrite(t));
        using var brands = _changes.Subscribe("brand:", t => _heard.Writer.TryWrite(t), () => _heard.Writer.TryWrite("missed"));
        var before = _changes.Mark;

        await using (var connection = await database.Store.OpenAsync(Cancel))
        {
            await connection.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen holdfast'");
        }

        Assert.Equal("detection", await HearAsync());
        Assert.Equal("missed", await HearAsync());
        Assert.True(_changes.MayHaveChanged("brand:z", before));
        await NotifyAsync("brand:b");
        Assert.Equal("brand:b", await HearAsync());
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_make_the_others_deaf()
    {
        using var bad = _changes.Subscribe("brand:", _ => throw new InvalidOperationException("mine"));
        using var good = _changes.Subscribe("brand:", t => _heard.Writer.TryWrite(t));

        await NotifyAsync("brand:c");

        Assert.Equal("brand:c", await HearAsync());
    }

    [Fact]
    public async Task A_mark_tells_what_changed_since_and_of_a_strange_one_everything_may_have()
    {
        using var all = _changes.Subscribe("", t => _heard.Writer.TryWrite(t));
        var before = _changes.Mark;
        await NotifyAsync("brand:d", "end");
        Assert.Equal("brand:d", await HearAsync());
        Assert.Equal("end", await HearAsync());

        Assert.True(_changes.MayHaveChanged("brand:d", before));
        Assert.False(_changes.MayHaveChanged("brand:e", before));
        Assert.False(_changes.MayHaveChanged("brand:d", _changes.Mark));
        Assert.All(
            [null, "", "-", "1", $"{before}1-", $"{Guid.Empty:N}-99", $"{before.Split('-')[0]}--1"],
            strange => Assert.True(_changes.MayHaveChanged("brand:e", strange)));
    }

    private async Task<string> HearAsync() => await _heard.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancel);

    private Task NotifyAsync(params string[] topics) => database.Store.InTransactionAsync(async transaction =>
    {
        foreach (var topic in topics)
        {
            await Changes.NotifyAsync(transaction, topic);
        }
    }, Cancel);
}
