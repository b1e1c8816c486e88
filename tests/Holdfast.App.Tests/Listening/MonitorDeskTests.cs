using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Listening;

public sealed class MonitorDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly PersonId Ania = new(Guid.Parse("01900000-0000-7000-8000-00000000000a"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly MonitorDesk _desk = new(database.Store, new FakeTime(IntakeStage.Noon));

    [Fact]
    public async Task A_new_monitor_is_in_every_nodes_index_as_soon_as_they_hear_of_it()
    {
        var brand = await BrandAsync("Heard");
        using var changes = new Changes(database.Store, TimeProvider.System, NullLogger<Changes>.Instance);
        using var catalogue = new MonitorCatalogue(database.Store, new FakeTime(IntakeStage.Noon), changes);
        await changes.StartAsync(Cancel);
        await changes.Listening.WaitAsync(Cancel);
        var before = await catalogue.CurrentAsync(Cancel);
        Assert.Same(before, await catalogue.CurrentAsync(Cancel));
        var told = new TaskCompletionSource();
        using var listening = changes.Subscribe(MonitorDesk.Topic, _ => told.TrySetResult());

        var id = (await _desk.CreateAsync(brand, "Late flights", "Łódź refund*", Ania, Cancel)).Value;
        await told.Task.WaitAsync(Cancel);
        var after = await catalogue.CurrentAsync(Cancel);

        Assert.Equal(before.Index.Count + 1, after.Index.Count);
        Assert.Equal("Heard", after.Brands[id].Name);
        Assert.Contains(new Match(0, id), after.Index.Match([Post("lodz: refunds!")]));
        await changes.StopAsync(Cancel);
    }

    [Fact]
    public async Task Changing_and_retiring_reach_the_index_also_where_nobody_listens_for_changes()
    {
        var brand = await BrandAsync("Changing");
        using var catalogue = new MonitorCatalogue(database.Store, new FakeTime(IntakeStage.Noon));
        var id = (await _desk.CreateAsync(brand, "One", "kotek", Ania, Cancel)).Value;
        Assert.Contains(id, await MatchedAsync("kotek"));

        Assert.True((await _desk.ChangeAsync(id, "Two", "piesek", Ania, Cancel)).Succeeded(out _));
        Assert.DoesNotContain(id, await MatchedAsync("kotek"));
        Assert.Contains(id, await MatchedAsync("piesek"));

        Assert.True((await _desk.RetireAsync(id, Ania, Cancel)).Succeeded(out _));
        Assert.DoesNotContain(id, await MatchedAsync("piesek"));
        Assert.Equal("monitor.gone", (await _desk.ChangeAsync(id, "Two", "piesek", Ania, Cancel)).Refusals[0].Code);

        async Task<IEnumerable<MonitorId>> MatchedAsync(string text) =>
            (await catalogue.CurrentAsync(Cancel)).Index.Match([Post(text)]).Select(m => m.Monitor);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_nothing_is_stored()
    {
        var brand = await BrandAsync("Wrong");
        var refused = await _desk.CreateAsync(new BrandId(Guid.Empty), " ", "a (b", Ania, Cancel);
        Assert.Equal(["monitor.brand", "monitor.name", "query.unclosed-parenthesis"], refused.Refusals.Select(r => r.Code));
        Assert.Equal("query.only-excludes", (await _desk.CreateAsync(brand, "x", "-spam", Ania, Cancel)).Refusals[0].Code);
        Assert.Equal("query.too-broad", (await _desk.CreateAsync(brand, "x", "the OR a OR i", Ania, Cancel)).Refusals[0].Code);
        Assert.Equal("query.too-long", (await _desk.CreateAsync(brand, "x", new string('a', 100_000), Ania, Cancel)).Refusals[0].Code);
        Assert.DoesNotContain((await _desk.AllAsync(Cancel)).Monitors, m => m.BrandId == brand);
    }

    [Fact]
    public async Task A_name_is_taken_once_a_brand_until_its_monitor_is_retired()
    {
        var (brand, other) = (await BrandAsync("Names"), await BrandAsync("Other names"));
        var first = (await _desk.CreateAsync(brand, "Flights", "delay", Ania, Cancel)).Value;
        Assert.Equal("monitor.name-taken", (await _desk.CreateAsync(brand, " FLIGHTS ", "late", Ania, Cancel)).Refusals[0].Code);
        Assert.True((await _desk.ChangeAsync(first, "Flights", "delays", Ania, Cancel)).Succeeded(out _));
        Assert.True((await _desk.CreateAsync(other, "Flights", "late", Ania, Cancel)).Succeeded(out _));
        await _desk.RetireAsync(first, Ania, Cancel);
        Assert.True((await _desk.CreateAsync(brand, "Flights", "late", Ania, Cancel)).Succeeded(out _));
    }

    [Fact]
    public async Task The_list_shows_each_monitors_last_two_days_hour_by_hour()
    {
        var brand = await BrandAsync("Pulsing");
        var id = (await _desk.CreateAsync(brand, "Pulse", "kotek", Ania, Cancel)).Value;
        await using var connection = await database.Store.OpenAsync(Cancel);
        foreach (var (minutes, mentions) in new[] { (5, 3), (70, 4), (75, 1), (48 * 60 - 1, 7), (49 * 60, 100) })
        {
            await connection.ExecuteAsync(
                "insert into pulse values (@id, @minute, 'x', @mentions, 0, 0, '{}', '{}')",
                new { id, minute = IntakeStage.Noon.AddMinutes(-minutes), mentions });
        }

        var hours = (await _desk.AllAsync(Cancel)).Monitors.Single(m => m.Id == id).Hours;

        Assert.Equal(48, hours.Count);
        Assert.Equal([7, 5, 3], new[] { hours[0], hours[^2], hours[^1] });
        Assert.Equal(15, hours.Sum());
    }

    private async Task<BrandId> BrandAsync(string name)
    {
        var id = new BrandId(Ids.New(TimeProvider.System));
        await using var connection = await database.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync("insert into brand (id, name, created_at) values (@id, @name, now())", new { id, name });
        return id;
    }

    private static Post Post(string text) => new()
    {
        Id = default,
        Network = "x",
        NetworkId = "1",
        Author = new("a", "a"),
        Text = text,
        At = IntakeStage.Noon,
    };
}
