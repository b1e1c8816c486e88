using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

public sealed class GradingTests
{
    private static readonly ThresholdRule Both = ThresholdRule.Assign with { AlsoTimesUsual = 2 };

    [Fact]
    public void While_nothing_is_known_of_the_usual_the_number_alone_speaks_from_the_first_minute()
    {
        var posts = Hours(0, 1, 8);
        Assert.NotEmpty(Both.Evaluate(Given.Pulse(posts), Span(posts), Usual(posts)));
        Assert.NotEmpty(Both.Evaluate(Given.Pulse(posts), Span(posts)));
    }

    [Fact]
    public void What_is_there_every_day_at_that_hour_is_held_back_once_three_days_are_known_and_twice_as_much_is_not()
    {
        List<Mention> posts = [.. Enumerable.Range(0, 6).SelectMany(day => Hours(day * 24, 4, 8)), .. Hours((6 * 24) + 1, 2, 20)];
        var runs = Both.Evaluate(Given.Pulse(posts), Span(posts), Usual(posts)).ToList();
        Assert.All(runs, run => Assert.True(run.StartedAt < Given.At(4 * 1440) || run.StartedAt >= Given.At(6 * 1440), $"{run.StartedAt:d HH:mm}"));
        Assert.Contains(runs, run => run.StartedAt < Given.At(1440));
        var storm = Assert.Single(runs, run => run.StartedAt >= Given.At(6 * 1440));
        Assert.Equal(8, storm.Peak.Figures.Single(figure => figure.Name == "usual").Value, 0);
    }

    [Fact]
    public void A_rule_of_times_the_usual_says_nothing_while_it_is_still_learning()
    {
        var rule = ThresholdRule.Assign with { Of = NumberOf.TimesUsual, Number = 2 };
        List<Mention> posts = [.. Enumerable.Range(0, 19).SelectMany(day => Hours(day * 24, 1, 1)), .. Hours(19 * 24, 1, 50)];
        Assert.Empty(rule.Evaluate(Given.Pulse(posts), Span(posts), Usual(posts)));
    }

    [Fact]
    public void A_second_prominent_voice_within_the_hour_is_level_three()
    {
        var rules = Given.None with { ProminentVoice = ProminentVoiceRule.Default };
        Mention Loud(double minute, string author) => Given.Mention(minute, author, feeling: SentimentClass.Negative, reach: 80_000);
        Assert.DoesNotContain(Given.Runs(rules, [Loud(0, "a"), Loud(10, "a"), Loud(90, "b")]), run => run.Subject.Level == Level.Three);
        var run = Assert.Single(Given.Runs(rules, [Loud(0, "a"), Loud(50, "b")]), run => run.Subject.Level == Level.Three);
        Assert.Equal("prominent-voices", run.Subject.Rule);
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, false, true)]
    [InlineData(0, true, true)]
    [InlineData(0, false, false)]
    public void An_issue_on_a_second_network_or_in_the_press_is_one_level_up(int elsewhere, bool press, bool spreads)
    {
        var posts = Issue(elsewhere);
        if (press)
        {
            posts.Add(Given.Negative(25, "paper", "readers say the app crashes after the update") with { Voice = Voice.Press });
        }

        var runs = Runs(posts, Mix(200, 0));
        Assert.Single(runs, run => run.Subject.Kind == SignalKind.SameIssue);
        Assert.Equal(spreads ? [Level.Four] : Array.Empty<Level>(), runs.Where(run => run.Subject.Kind == SignalKind.Spread).Select(run => run.Subject.Level));
    }

    [Theory]
    [InlineData(3, 150, 50, false)]
    [InlineData(3, 0, 0, false)]
    [InlineData(9, 150, 50, true)]
    [InlineData(3, 198, 2, true)]
    public void Where_the_brand_is_spoken_of_on_two_networks_every_day_only_more_than_usual_there_is_a_spread(int elsewhere, int here, int there, bool spreads)
    {
        var runs = Runs(Issue(elsewhere), Mix(here, there));
        Assert.Equal(spreads, runs.Any(run => run.Subject.Kind == SignalKind.Spread));
    }

    /// <summary>More posts in the last ten minutes, on any network, take no spread back.</summary>
    [Fact]
    public void What_has_spread_stays_so_whatever_comes_late()
    {
        var random = new Random(Seeds.Next());
        var held = 0;
        for (var round = 0; round < 200; round++)
        {
            var posts = Issue(2 + random.Next(10));
            var before = Runs(posts, Mix(100, 20)).Any(run => run.Subject.Kind == SignalKind.Spread);
            var last = (int)(posts.Max(post => post.At) - Given.Midnight).TotalMinutes;
            posts.AddRange(Enumerable.Range(0, random.Next(30)).Select(n =>
                Given.Negative(last - (10 * random.NextDouble()), $"late{n}", "the app crashes after the update") with { Network = random.Next(2) == 0 ? "mastodon" : "bluesky" }));
            held += before ? 1 : 0;
            Assert.True(!before || Runs(posts, Mix(100, 20)).Any(run => run.Subject.Kind == SignalKind.Spread), $"round {round}");
        }

        Assert.InRange(held, 20, 180);
    }

    private static List<Mention> Issue(int elsewhere) =>
    [
        .. Enumerable.Range(0, 10).Select(n => Given.Negative(n, $"a{n}", "the app crashes after the update")),
        .. Enumerable.Range(0, elsewhere).Select(n => Given.Negative(20 + n, $"b{n}", "the app crashes after the update") with { Network = "bluesky" }),
    ];

    private static NetworkMix Mix(long here, long there) =>
        new([new(Given.Midnight.AddDays(-2), "mastodon", here), new(Given.Midnight.AddDays(-2), "bluesky", there)]);

    private static IReadOnlyList<SignalRun> Runs(IReadOnlyList<Mention> posts, NetworkMix mix)
    {
        var outcome = Detector.Evaluate(new(
            Given.Brand, Given.None with { SameIssue = SameIssueRule.Default }, Span(posts), [Given.Pulse(posts)], Given.InOrder(posts), (_, _) => null)
        { Networks = mix });
        Assert.Empty(outcome.Failures);
        return outcome.Runs;
    }

    [Theory]
    [InlineData("2026-03-29")]
    [InlineData("2026-10-25")]
    public void In_the_nights_when_the_clocks_change_the_same_posts_give_the_same_signals_as_in_any_night(string day)
    {
        // Twelve posts over two hours of event time around the change; the usual of weeks before is calm.
        var change = DateTimeOffset.Parse($"{day}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var rules = Given.Only(ThresholdRule.Assign, Both with { Name = "both" });
        var night = Enumerable.Range(0, 12).Select(n => Given.Negative(n * 10, $"a{n}")).ToList();
        var shift = change - Given.Midnight;
        var moved = night.ConvertAll(post => post with { At = post.At + shift });
        var usual = new UsualWeek(Enumerable.Range(1, 24 * 7 * 9).Select(hour => (change.AddHours(-hour), 1.0)), change.AddDays(-63), TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));
        Assert.Equal(Told(Runs(rules, night, usual), default), Told(Runs(rules, moved, usual), shift));
    }

    [Fact]
    public void Nothing_is_said_of_a_time_before_the_first_post()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var first = random.Next(2000);
            List<Mention> posts = [.. Enumerable.Range(0, 120).Select(n => Given.Mention(
                first + (n == 0 ? 0 : random.Next(600)), $"a{random.Next(30)}", "the app crashes after the update", SentimentClass.Negative, risk: random.Next(10) == 0 ? 5 : 0))];
            var rules = RuleSet.Default with { Thresholds = [Both, Both with { Name = "relative", Of = NumberOf.TimesUsual, Number = 1 }] };
            Assert.All(Runs(rules, posts, Usual(posts)), run => Assert.True(run.StartedAt >= Given.At(first), $"seed {seed}, round {round}"));
        }
    }

    /// <summary>Posts may come late by the allowed ten minutes, twice, and in any batches: the signals are those of order.</summary>
    [Fact]
    public void Late_and_repeated_posts_give_the_signals_of_posts_in_order()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 15; round++)
        {
            var posts = Enumerable.Range(0, 150).Select(n => Given.Mention(
                random.Next(400) + random.NextDouble(), $"a{random.Next(40)}", "the app crashes after the update", SentimentClass.Negative, reach: random.Next(20) == 0 ? 60_000 : 10)).ToList();
            var rules = RuleSet.Default with { Thresholds = [ThresholdRule.Assign], SameIssue = SameIssueRule.Default with { People = 4 } };
            var arrival = posts.Concat(posts.Where(_ => random.Next(5) == 0)).OrderBy(post => post.At.AddMinutes(random.NextDouble() * 10)).ToList();
            var stored = new List<StoredRun>();
            var arrived = new Dictionary<PostId, Mention>();
            foreach (var batch in arrival.Chunk(1 + random.Next(30)))
            {
                foreach (var post in batch)
                {
                    arrived[post.Post] = post;
                }

                var outcome = Detector.Evaluate(new(
                    Given.Brand, rules, MinuteSpan.Of(batch.Min(post => post.At), batch.Max(post => post.At)), [Given.Pulse(arrived.Values)], Given.InOrder(arrived.Values), (_, _) => null));
                foreach (var change in Reconciliation.Changes(stored, outcome.Runs))
                {
                    stored.RemoveAll(one => one.Id == change.Id || change.Absorbed.Contains(one.Id));
                    stored.Add(new(change.Id ?? new(new Guid(random.Next(), 3, 0, new byte[8])), change.Run));
                }
            }

            Assert.True(
                Told(Given.Runs(rules, posts), default).Order().SequenceEqual(Told([.. stored.Select(one => one.Run)], default).Order()), $"seed {seed}, round {round}");
        }
    }

    private static List<Mention> Hours(int hour, int hours, int anHour) =>
        [.. Enumerable.Range(0, hours * anHour).Select(n => Given.Negative((hour * 60) + (n * 60.0 / anHour)))];

    private static MinuteSpan Span(IReadOnlyList<Mention> posts) => MinuteSpan.Of(posts.Min(post => post.At), posts.Max(post => post.At));

    private static UsualWeek Usual(IReadOnlyList<Mention> posts) => new(
        Given.Pulse(posts).Minutes.Select(minute => (minute.Minute, (double)minute.Negative)), posts.Min(post => post.At), TimeZoneInfo.Utc);

    private static IReadOnlyList<SignalRun> Runs(RuleSet rules, IReadOnlyList<Mention> posts, UsualWeek usual)
    {
        var outcome = Detector.Evaluate(new(Given.Brand, rules, Span(posts), [Given.Pulse(posts)], Given.InOrder(posts), (_, _) => usual));
        Assert.Empty(outcome.Failures);
        return outcome.Runs;
    }

    private static IEnumerable<string> Told(IReadOnlyList<SignalRun> runs, TimeSpan shift) => runs.Select(run =>
        $"{run.Subject.Rule} {run.StartedAt - shift:MM-dd HH:mm} {run.LastAt - shift:MM-dd HH:mm} {string.Join(' ', run.Peak.Figures.Select(figure => figure.Value))}");
}
