using Dapper;
using Holdfast.App.Tests.Situations;
using Holdfast.Core.Detection;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Listening;
using Holdfast.Situations;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Detection;

public sealed class BlindDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_source_silent_beyond_its_promise_is_one_signal_of_its_brand_that_goes_on()
    {
        var bench = await GivenAsync(promised: TimeSpan.FromMinutes(20));
        bench.Time.Advance(TimeSpan.FromMinutes(19));
        await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await bench.SignalsAsync());

        for (var look = 0; look < 10; look++)
        {
            bench.Time.Advance(TimeSpan.FromMinutes(2));
            await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        }

        var signal = Assert.Single(await bench.SignalsAsync());
        Assert.StartsWith("blind L2 02 12:21-02 12:39 peak 12:39 silent=39", signal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_keeps_its_promise_is_no_signal()
    {
        var bench = await GivenAsync(promised: TimeSpan.FromHours(3));
        bench.Time.Advance(TimeSpan.FromHours(2));
        await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await bench.SignalsAsync());
    }

    [Fact]
    public async Task A_source_that_speaks_and_falls_silent_again_much_later_is_a_second_signal()
    {
        var bench = await GivenAsync(promised: TimeSpan.FromMinutes(20));
        bench.Time.Advance(TimeSpan.FromMinutes(30));
        await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        await bench.AskAsync<int>("update source set last_post_at = '2026-03-02T13:00Z' where id in (select source_id from source_brand where brand_id = @brand) returning 1");
        bench.Time.Advance(TimeSpan.FromMinutes(60));
        await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await bench.SignalsAsync()).Count);
    }

    private static BlindDesk Desk(DetectionBench bench) => new(
        bench.Store, new SourceBoard(bench.Store, bench.Time), bench.Desk, new SituationDesk(bench.Store, new PageCalls(), new FreezeCalls(), bench.Time), bench.Time);

    private async Task<DetectionBench> GivenAsync(TimeSpan promised)
    {
        var bench = await DetectionBench.NewAsync(database, RuleSet.Default);
        await using var connection = await bench.Store.OpenAsync(TestContext.Current.CancellationToken);
        var source = Ids.New(bench.Time);
        await connection.ExecuteAsync(
            """
            insert into source (id, name, kind, network, expected_within, created_at, last_post_at)
            values (@source, @source::text, 'Webhook', 'x', @promised, @then, @now);
            insert into source_brand (source_id, brand_id) values (@source, @brand)
            """,
            new { source, promised, then = DetectionBench.Noon.AddDays(-1), now = DetectionBench.Noon, brand = bench.Brand });
        return bench;
    }
}
