using Dapper;
using Holdfast.App.Tests.Situations;
using Holdfast.Brands;
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

    [Fact]
    public async Task A_source_that_names_no_brand_blinds_every_brand()
    {
        var bench = await GivenAsync(promised: TimeSpan.FromMinutes(20));
        await bench.AskAsync<int>("with gone as (delete from source_brand where brand_id = @brand returning 1) select count(*)::int from gone");
        bench.Time.Advance(TimeSpan.FromMinutes(30));
        await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        Assert.Single(await bench.SignalsAsync());
    }

    /// <summary>What is blind is neither zeros to the spike rule nor to what is usual; live work and back-test read it in one place.</summary>
    [Fact]
    public async Task The_time_in_which_it_was_blind_is_not_taken_for_calm_by_the_rules()
    {
        var bench = await GivenAsync(promised: TimeSpan.FromMinutes(20));
        bench.Time.Advance(TimeSpan.FromMinutes(30));
        await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        bench.Time.Advance(TimeSpan.FromMinutes(14));
        await Desk(bench).LookAsync(TestContext.Current.CancellationToken);
        await bench.HearAsync([.. Enumerable.Range(0, 40).Select(n => new Heard($"p{n}", n * 20, $"author {n}", "late again"))]);

        await using var connection = await bench.Store.OpenAsync(TestContext.Current.CancellationToken);
        var stored = new StoredHistory(connection, null, bench.Brand, TimeZoneInfo.Utc, new());
        var span = new MinuteSpan(DetectionBench.Noon, DetectionBench.Noon.AddHours(12));
        (DateTimeOffset, DateTimeOffset)[] expected = [(DetectionBench.At(30), DetectionBench.At(45))];
        Assert.Equal(expected, (await stored.BlindAsync(span, TestContext.Current.CancellationToken)).Between(span.From, span.To));

        var watched = await bench.Desk.WatchedAsync(connection, null, bench.Brand, TestContext.Current.CancellationToken);
        var seen = await new BacktestDesk(bench.Store, bench.Time).ReadAsync(watched!.Brand, 7, TestContext.Current.CancellationToken);
        Assert.Equal(expected, (await seen.History.BlindAsync(span, TestContext.Current.CancellationToken)).Between(span.From, span.To));
        await bench.LookAllAsync();
        Assert.Equal((await bench.SignalsAsync()).Where(signal => !signal.StartsWith("blind", StringComparison.Ordinal)), await bench.BacktestAsync());
    }

    private static BlindDesk Desk(DetectionBench bench) => new(
        bench.Store, new SourceBoard(bench.Store, bench.Time), new BrandDesk(bench.Store, bench.Time), bench.Desk, new SituationDesk(bench.Store, new PageCalls(), new FreezeCalls(), bench.Time), bench.Time);

    private async Task<DetectionBench> GivenAsync(TimeSpan promised)
    {
        var bench = await DetectionBench.NewAsync(database, RuleSet.Default);
        await using var connection = await bench.Store.OpenAsync(TestContext.Current.CancellationToken);
        var source = Ids.New(bench.Time);
        await connection.ExecuteAsync(
            """
            -- Another test's source that names no brand would blind this one's too.
            delete from source s where not exists (select from source_brand b where b.source_id = s.id);
            insert into source (id, name, kind, network, expected_within, created_at, last_post_at)
            values (@source, @source::text, 'Webhook', 'x', @promised, @then, @now);
            insert into source_brand (source_id, brand_id) values (@source, @brand)
            """,
            new { source, promised, then = DetectionBench.Noon.AddDays(-1), now = DetectionBench.Noon, brand = bench.Brand });
        return bench;
    }
}
