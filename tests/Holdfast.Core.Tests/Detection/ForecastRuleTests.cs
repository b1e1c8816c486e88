using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Tests.Detection;

public sealed class ForecastRuleTests
{
    private const int Day = 1440;

    private static readonly ThresholdRule Twenty = new(
        "twenty", Level.Four, Metric.Negative, Core.Detection.Comparison.MoreThan, 20, NumberOf.Posts, TimeSpan.FromHours(1), 1, 1);

    private static readonly RuleSet Rules = Given.Only(Twenty) with { Forecast = ForecastRule.Default with { Shadow = false } };

    [Fact]
    public void A_rise_that_is_likely_to_pass_the_number_of_a_higher_level_raises_its_own_before()
    {
        var runs = Runs(Rules, [.. Quiet(), .. Rising(Day + 60)]);
        var called = Assert.Single(runs, run => run.Subject.Kind == SignalKind.Forecast);
        var passed = Assert.Single(runs, run => run.Subject.Kind == SignalKind.Threshold);
        Assert.Equal(Level.Three, called.Subject.Level);
        Assert.True(called.StartedAt < passed.StartedAt, $"called {called.StartedAt:HH:mm}, passed {passed.StartedAt:HH:mm}");
        Assert.Equal(called.StartedAt, called.Peak.At);
        Assert.Equal(21, Figure(called, "limit"));
        Assert.InRange(Figure(called, "negative"), Forecast.FewestPosts, 20);
        Assert.True(Figure(called, "earliest after") <= Figure(called, "likely after") && Figure(called, "likely after") <= 60);
        Assert.True(Rules.Forecast.BehindFrom(called) > called.StartedAt.AddHours(-1) && Rules.Forecast.BehindFrom(called) <= called.StartedAt);
    }

    [Fact]
    public void By_default_it_is_in_shadow() => Assert.True(RuleSet.Default.Forecast.Shadow);

    [Theory]
    [InlineData(Level.Three, false, false)]
    [InlineData(Level.Four, true, false)]
    [InlineData(Level.Four, false, true)]
    public void Only_a_number_of_a_higher_level_that_acts_is_looked_at(Level level, bool shadow, bool off)
    {
        var rules = Rules with { Thresholds = [Twenty with { Level = level, Shadow = shadow, Off = off }] };
        Assert.DoesNotContain(Runs(rules, [.. Quiet(), .. Rising(Day + 60)]), run => run.Subject.Kind == SignalKind.Forecast);
    }

    [Fact]
    public void A_number_that_is_asked_for_in_hours_in_a_row_is_foreseen_when_only_the_last_hour_is_missing()
    {
        var rules = Rules with { Thresholds = [Twenty with { Number = 10, WindowsInARow = 4 }] };
        Assert.DoesNotContain(Runs(rules, [.. Quiet(), .. Rising(Day + 60)]), run => run.Subject.Kind == SignalKind.Forecast);

        List<Mention> hours = [.. Enumerable.Range(0, 36).Select(n => Given.Negative(Day + (n * 5)))];
        Assert.Contains(Runs(rules, [.. Quiet(), .. hours, .. Rising(Day + 180)]), run => run.Subject.Kind == SignalKind.Forecast);
    }

    [Fact]
    public void Before_a_day_was_heard_it_is_still_learning_and_numbers_work_from_the_first_minute()
    {
        var posts = Rising(60);
        var runs = Runs(Rules, [Given.Negative(0), .. posts]);
        Assert.Equal([SignalKind.Threshold], runs.Select(run => run.Subject.Kind).Distinct());
        var heard = Given.Pulse(posts);
        Assert.Empty(Rules.Forecast.Evaluate(Given.Monitor, new(Given.At(60), heard.Minutes, BlindTimes.None), new(Given.At(60), Given.At(180)), [Twenty], null));
        Assert.NotEmpty(Rules.Forecast.Evaluate(Given.Monitor, new(Given.At(60 - Day), heard.Minutes, BlindTimes.None), new(Given.At(60), Given.At(180)), [Twenty], null));
    }

    [Fact]
    public void What_is_said_every_day_as_much_is_no_rise()
    {
        List<Mention> posts = [.. Enumerable.Range(0, 26 * 12).Select(n => Given.Negative(n * 5))];
        Assert.DoesNotContain(Runs(Rules, posts), run => run.Subject.Kind == SignalKind.Forecast);
    }

    [Fact]
    public void The_plan_refuses_to_look_further_ahead_than_was_measured() =>
        Assert.Equal(
            "rules.forecast.window",
            Assert.Single(RuleCheck.Refusals(RuleSet.Default with { Forecast = ForecastRule.Default with { Window = TimeSpan.FromHours(2) } })).Property);

    [Fact]
    public void What_was_passed_a_while_ago_is_not_foreseen_again()
    {
        List<Mention> again = [.. Quiet(), .. Enumerable.Range(1, 30).Select(n => Given.Negative(Day + 90 + (60 * Math.Sqrt(n / 18.0))))];
        List<Mention> burst = [.. Enumerable.Range(0, 25).Select(n => Given.Negative(Day + 61 + (n * 0.3)))];
        Assert.Contains(Forecasts(Runs(Rules, again)), Before);
        Assert.DoesNotContain(Forecasts(Runs(Rules, [.. burst, .. again])), Before);

        static bool Before(SignalRun run) => run.LastAt > Given.At(Day + 128) && run.StartedAt < Given.At(Day + 155);
    }

    [Fact]
    public void Of_the_numbers_that_will_be_passed_the_next_is_told()
    {
        var rules = Rules with { Thresholds = [Twenty with { Name = "less", Number = 19 }, Twenty] };
        List<Mention> posts = [.. Quiet(), .. Rising(Day + 60).Where(post => post.At < Given.At(Day + 124))];
        Assert.Equal(21, Figure(Assert.Single(Runs(Rules, posts)), "limit"));
        Assert.Equal(20, Figure(Assert.Single(Runs(rules, posts)), "limit"));
    }

    [Fact]
    public void It_looks_back_over_all_the_hours_that_a_number_asks_for() =>
        Assert.Equal(TimeSpan.FromHours(32), Rules.Forecast.Reach([Twenty, Twenty with { WindowsInARow = 30 }]));

    /// <summary>An evening of twenty-four posts an hour, of which nobody heard two hours.</summary>
    [Fact]
    public void That_a_source_is_back_is_no_rise()
    {
        List<Mention> posts = [.. Quiet(), .. Enumerable.Range(0, 144).Select(n => Given.Negative(Day + 61 + (n * 2.5)))];
        Assert.All(Forecasts(Runs(Rules, posts)), run => Assert.InRange(run.LastAt, Given.At(Day + 60), Given.At(Day + 120)));
        posts.RemoveAll(post => post.At >= Given.At(Day + 181) && post.At < Given.At(Day + 301));
        var blind = BlindTimes.Of([MinuteSpan.Of(Given.At(Day + 181), Given.At(Day + 300))]);
        Assert.Contains(Forecasts(Runs(Rules, posts)), run => run.LastAt > Given.At(Day + 181));
        Assert.DoesNotContain(Forecasts(Runs(Rules, posts, null, blind)), run => run.LastAt > Given.At(Day + 181));
    }

    [Fact]
    public void After_an_hour_in_which_all_was_heard_a_rise_is_called_again_and_says_what_is_unknown_of_the_day_before()
    {
        List<Mention> posts = [.. Quiet(), .. Rising(Day + 60)];
        var blind = BlindTimes.Of([MinuteSpan.Of(Given.At(Day - 200), Given.At(Day - 61)), MinuteSpan.Of(Given.At(Day), Given.At(Day + 65))]);
        var (all, seen) = (Assert.Single(Forecasts(Runs(Rules, posts))), Assert.Single(Forecasts(Runs(Rules, posts, null, blind))));
        Assert.True(all.StartedAt < seen.StartedAt, $"{all.StartedAt} {seen.StartedAt}");
        Assert.True(seen.StartedAt >= Given.At(Day + 125), $"{seen.StartedAt}");
        Assert.DoesNotContain(all.Peak.Figures, figure => figure.Name == "blind before");
        Assert.Equal(140 + 66, Figure(seen, "blind before"));
    }

    /// <summary>Posts may come late by the allowed ten minutes, twice, and in any batches: what was called is what a replay calls.</summary>
    [Fact]
    public void Late_repeated_and_batched_posts_are_called_as_in_order_also_around_blind_times()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var called = 0;
        for (var round = 0; round < 40; round++)
        {
            List<Mention> posts = [.. Quiet(), .. Enumerable.Range(0, 150).Select(_ => Given.Negative(Day + 30 + (400 * Math.Sqrt(random.NextDouble()) * random.NextDouble())))];
            var arrival = posts.Concat(posts.Where(_ => random.Next(5) == 0)).OrderBy(post => post.At.AddMinutes(random.NextDouble() * 10)).ToList();
            var blind = round % 2 == 0 ? BlindTimes.None : BlindTimes.Of([Blind(Day - 900, 300), Blind(Day, 120), Blind(Day + 180, 60)]);
            var stored = Live(arrival, random, blind);
            var replayed = Runs(Rules, posts, null, blind);
            called += replayed.Count(run => run.Subject.Kind == SignalKind.Forecast);
            Assert.True(Told(replayed).SequenceEqual(Told(stored)), $"seed {seed}, round {round}\n{string.Join('\n', Told(replayed))}\n--\n{string.Join('\n', Told(stored))}");
        }

        Assert.True(called > 20, $"Only {called} forecasts in 40 rounds, seed {seed}.");

        MinuteSpan Blind(int from, int most) => MinuteSpan.Of(Given.At(from + random.Next(60)), Given.At(from + random.Next(60, most)));
    }

    private static List<SignalRun> Live(List<Mention> arrival, Random random, BlindTimes blind)
    {
        var stored = new List<StoredRun>();
        var arrived = new Dictionary<PostId, Mention>();
        for (var next = 0; next < arrival.Count;)
        {
            var batch = arrival.Skip(next).Take(1 + random.Next(20)).ToList();
            next += batch.Count;
            foreach (var post in batch)
            {
                arrived[post.Post] = post;
            }

            foreach (var change in Reconciliation.Changes(stored, Runs(Rules, [.. arrived.Values], MinuteSpan.Of(batch.Min(post => post.At), batch.Max(post => post.At)), blind)))
            {
                stored.RemoveAll(one => one.Id == change.Id || change.Absorbed.Contains(one.Id));
                stored.Add(new(change.Id ?? new(new Guid(random.Next(), 3, 0, new byte[8])), change.Run));
            }
        }

        return [.. stored.Select(one => one.Run)];
    }

    private static IReadOnlyList<SignalRun> Runs(RuleSet rules, IReadOnlyList<Mention> posts, MinuteSpan? changed = null, BlindTimes? blind = null)
    {
        var pulse = Given.Pulse(posts);
        var since = pulse.Minutes.Min(minute => minute.Minute);
        var outcome = Detector.Evaluate(new(
            Given.Brand, rules, changed ?? MinuteSpan.Of(posts.Min(post => post.At), posts.Max(post => post.At)), [pulse], Given.InOrder(posts), (_, _) => null)
        {
            Days = _ => new(since, pulse.Minutes, blind ?? BlindTimes.None),
        });
        Assert.Empty(outcome.Failures);
        return outcome.Runs;
    }

    private static IEnumerable<SignalRun> Forecasts(IEnumerable<SignalRun> runs) => runs.Where(run => run.Subject.Kind == SignalKind.Forecast);

    /// <summary>A post an hour for a day and an hour.</summary>
    private static IEnumerable<Mention> Quiet() => Enumerable.Range(0, 26).Select(hour => Given.Negative(hour * 60));

    /// <summary>Sixty posts, ever closer.</summary>
    private static List<Mention> Rising(double from) => [.. Enumerable.Range(1, 60).Select(n => Given.Negative(from + (120 * Math.Sqrt(n / 60.0))))];

    private static double Figure(SignalRun run, string name) => run.Peak.Figures.Single(figure => figure.Name == name).Value;

    private static IEnumerable<string> Told(IEnumerable<SignalRun> runs) => runs
        .Select(run => $"{run.Subject.Rule} {run.StartedAt:dd HH:mm} {run.LastAt:dd HH:mm} {run.Peak.At:HH:mm} {string.Join(' ', run.Peak.Figures.Select(figure => figure.Value))}")
        .Order();
}
