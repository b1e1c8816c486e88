using Holdfast.Core.Detection;
using Holdfast.Core.Plans;
using Holdfast.Core.Reading;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Detection;

public sealed class DetectionDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly string[] Words = "app update login crash refund order parcel battery lamp invoice queue phone".Split(' ');

    private static readonly RuleSet Rules = RuleSet.Default with
    {
        Thresholds = [ThresholdRule.Assign, ThresholdRule.RollOut with { Number = 2, Window = TimeSpan.FromMinutes(30), MinAuthors = 2 }],
        SameIssue = SameIssueRule.Default with { People = 5 },
    };

    private const string Everything = """
        select format('signals %s, situations %s, entries %s',
          (select count(*) from signal where brand_id = @brand), (select count(*) from situation where brand_id = @brand),
          (select count(*) from timeline_entry e join situation s on s.id = e.situation_id where s.brand_id = @brand))
        """;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 40)]
    [InlineData(true, 7)]
    [InlineData(true, 60)]
    public async Task Live_in_batches_in_any_order_stores_the_signals_of_a_back_test(bool shuffled, int batch)
    {
        const int seed = 20150222;
        var random = new Random(seed);
        var storm = Storm(random);
        var live = await DetectionBench.NewAsync(database, Rules);
        foreach (var posts in (shuffled ? storm.OrderBy(_ => random.Next()) : storm.OrderBy(post => post.Minute)).Chunk(batch))
        {
            await live.HearAsync(posts);
            if (random.Next(3) > 0)
            {
                await live.LookAllAsync();
            }
        }

        await live.LookAllAsync();
        var stored = await live.SignalsAsync();
        Assert.Contains(stored, signal => signal.StartsWith("same-issue", StringComparison.Ordinal));
        Assert.Contains(stored, signal => signal.StartsWith("negative-for-hours", StringComparison.Ordinal));
        AssertSame(await live.BacktestAsync(), stored, seed);

        // The same posts at once in another database of the same shape.
        var atOnce = await DetectionBench.NewAsync(database, Rules);
        await atOnce.HearAsync(storm);
        await atOnce.LookAllAsync();
        AssertSame(stored, await atOnce.SignalsAsync(), seed);
    }

    /// <summary>Signals are of the posts' own time, whatever the server takes the time for.</summary>
    [Fact]
    public async Task A_server_whose_clock_jumps_stores_the_signals_of_one_whose_clock_does_not()
    {
        const int seed = 20150222;
        var random = new Random(seed);
        var storm = Storm(random);
        var jumping = await DetectionBench.NewAsync(database, Rules);
        jumping.Time.Advance(TimeSpan.FromHours(2));
        foreach (var posts in storm.OrderBy(post => post.Minute).Chunk(20))
        {
            // An hour forward or back, a small correction, or none; the plan was in force before noon.
            TimeSpan[] jumps = [TimeSpan.FromHours(1), -TimeSpan.FromHours(1), -TimeSpan.FromSeconds(2), TimeSpan.Zero];
            var now = jumping.Time.GetUtcNow() + jumps[random.Next(jumps.Length)];
            jumping.Time.Set(now > DetectionBench.Noon ? now : DetectionBench.Noon);
            await jumping.HearAsync(posts);
            await jumping.LookAllAsync();
        }

        var steady = await DetectionBench.NewAsync(database, Rules);
        await steady.HearAsync(storm);
        await steady.LookAllAsync();
        var stored = await steady.SignalsAsync();
        Assert.NotEmpty(stored);
        AssertSame(stored, await jumping.SignalsAsync(), seed);
    }

    [Fact]
    public async Task Ten_people_with_the_same_trouble_open_a_situation_named_by_it()
    {
        var bench = await DetectionBench.NewAsync(database);
        await bench.HearAsync([.. Enumerable.Range(0, 10).Select(n => new Heard($"{n}", n, $"a{n}", "the app crashes after the update"))]);
        await bench.LookAllAsync();
        Assert.Equal("app, crashes, update", await bench.AskAsync<string>("select title from situation where brand_id = @brand"));
        Assert.Equal(3, await bench.AskAsync<int>("select level::int from situation where brand_id = @brand"));
        Assert.Equal(10, await bench.AskAsync<int>("select count(*)::int from topic_post tp join topic t on t.id = tp.topic_id where t.brand_id = @brand"));
    }

    /// <summary>Who is woken does not wait for the topics; and where a node dies before these, another does it all again to no other effect.</summary>
    [Fact]
    public async Task A_grave_post_alone_is_in_a_topic_too_and_looked_at_again_it_changes_nothing()
    {
        var bench = await DetectionBench.NewAsync(database);
        await bench.HearAsync([new Heard("one", 3, "a", "the app burnt my hand after the update", Risk: 5)]);
        await bench.LookAllAsync();
        var before = await bench.AskAsync<string>(Everything);
        Assert.Equal("signals 1, situations 1, entries", before[..before.LastIndexOf(' ')]);
        Assert.Equal(1, await bench.AskAsync<int>("select count(*)::int from topic_post tp join topic t on t.id = tp.topic_id where t.brand_id = @brand"));
        Assert.Equal(0, await bench.AskAsync<int>("select count(*)::int from detection_due where brand_id = @brand"));
        await bench.HearAsync([new Heard("calm", 3, "b", "thanks", SentimentClass.Neutral)]);
        await bench.LookAllAsync();
        Assert.Equal(before, await bench.AskAsync<string>(Everything));
    }

    [Fact]
    public async Task A_trouble_that_comes_back_after_a_quiet_night_is_a_new_signal_of_the_same_topic()
    {
        var bench = await DetectionBench.NewAsync(database);
        foreach (var start in (int[])[0, 900])
        {
            await bench.HearAsync([.. Enumerable.Range(0, 12).Select(n => new Heard($"{start}-{n}", start + n, $"a{n}", "the app crashes after the update"))]);
            await bench.LookAllAsync();
        }

        Assert.Equal(2, await bench.AskAsync<int>("select count(*)::int from signal where brand_id = @brand and kind = 'SameIssue'"));
        Assert.Equal(1, await bench.AskAsync<int>("select count(*)::int from topic where brand_id = @brand"));
        Assert.Equal(1, await bench.AskAsync<int>("select count(*)::int from situation where brand_id = @brand"));
    }

    [Fact]
    public async Task A_rule_in_shadow_stores_its_signal_and_opens_nothing()
    {
        var rules = RuleSet.Default with { Thresholds = [], SameIssue = SameIssueRule.Default with { Shadow = true } };
        var bench = await DetectionBench.NewAsync(database, rules);
        await bench.HearAsync([.. Enumerable.Range(0, 12).Select(n => new Heard($"{n}", n, $"a{n}", "the app crashes after the update"))]);
        await bench.LookAllAsync();
        Assert.True(await bench.AskAsync<bool>("select shadow from signal where brand_id = @brand"));
        Assert.Equal(0, await bench.AskAsync<int>("select count(*)::int from situation where brand_id = @brand"));
    }

    [Fact]
    public async Task A_plan_put_in_force_counts_from_the_next_look_on()
    {
        var bench = await DetectionBench.NewAsync(database, Rules with { SameIssue = Rules.SameIssue with { Off = true }, Thresholds = [ThresholdRule.Assign with { Number = 50 }] });
        await bench.HearAsync([.. Enumerable.Range(0, 6).Select(n => new Heard($"{n}", n, $"a{n}", "no"))]);
        await bench.LookAllAsync();
        Assert.Empty(await bench.SignalsAsync());
        await bench.PutInForceAsync(CrisisPlan.Template(), 2);
        await bench.HearAsync([new Heard("last", 7, "b", "no")]);
        await bench.LookAllAsync();
        Assert.Equal("negative-in-an-hour L2 02 12:07-02 13:00 peak 12:07 negative=7", Assert.Single(await bench.SignalsAsync())[..62]);
    }

    [Fact]
    public async Task A_storm_of_years_ago_still_opens_a_situation()
    {
        var bench = await DetectionBench.NewAsync(database);
        const double longAgo = -11 * 365 * 1440;
        await bench.HearAsync([.. Enumerable.Range(0, 12).Select(n => new Heard($"{n}", longAgo + n, $"a{n}", "the app crashes after the update"))]);
        await bench.LookAllAsync();
        Assert.Equal(1, await bench.AskAsync<int>("select count(*)::int from situation where brand_id = @brand"));
    }

    [Fact]
    public async Task Two_nodes_at_once_store_each_signal_once()
    {
        var bench = await DetectionBench.NewAsync(database, Rules);
        var storm = Storm(new Random(1));
        foreach (var posts in storm.Chunk(10))
        {
            await bench.HearAsync(posts);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(bench.LookAllAsync, TestContext.Current.CancellationToken)));
        await bench.LookAllAsync();
        AssertSame(await bench.BacktestAsync(), await bench.SignalsAsync(), 1);
    }

    [Fact]
    public async Task A_burst_after_two_quiet_weeks_is_a_spike_on_the_rise_live_as_in_a_back_test()
    {
        var random = new Random(7);
        var bench = await DetectionBench.NewAsync(database);
        var quiet = Enumerable.Range(0, 16 * 48).Select(n => new Heard($"q{n}", (n * 30) + random.Next(30), $"a{n}", "thanks for the lamp", SentimentClass.Neutral));
        foreach (var posts in quiet.Chunk(128))
        {
            await bench.HearAsync(posts);
            await bench.LookAllAsync();
        }

        Assert.Empty(await bench.SignalsAsync());
        const int burst = 15 * 1440;
        var many = Enumerable.Range(0, 60).Select(n => new Heard($"b{n}", burst + (n / 3.0), $"b{n}", "what a lamp", SentimentClass.Neutral)).OrderBy(_ => random.Next());
        foreach (var posts in many.Chunk(7))
        {
            await bench.HearAsync(posts);
            await bench.LookAllAsync();
        }

        var signal = Assert.Single(await bench.SignalsAsync());
        Assert.StartsWith("spike L2 ", signal, StringComparison.Ordinal);
        AssertSame(await bench.BacktestAsync(), [signal], 7);
    }

    private static List<Heard> Storm(Random random) =>
        [.. Enumerable.Range(0, 240).Select(n =>
        {
            var burst = random.Next(3) > 0;
            var minute = burst ? (random.Next(2) * 260) + random.Next(120) : random.Next(700);
            var trouble = random.Next(3) * 4;
            var text = string.Join(' ', Enumerable.Range(0, 4).Select(_ => Words[burst ? trouble + random.Next(4) : random.Next(Words.Length)]));
            return new Heard(
                $"p{n}",
                minute + (n / 1000.0),
                $"author {random.Next(40)}",
                text,
                random.Next(4) == 0 ? SentimentClass.Neutral : SentimentClass.Negative,
                Risk: random.Next(40) == 0 ? 5 : 0,
                Spreads: random.Next(8) == 0,
                Reach: random.Next(40) == 0 ? 60_000 : 100);
        })];

    private static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> actual, int seed) => Assert.True(
        expected.SequenceEqual(actual),
        $"seed {seed}\n{string.Join('\n', expected.Except(actual))}\n--\n{string.Join('\n', actual.Except(expected))}");
}
