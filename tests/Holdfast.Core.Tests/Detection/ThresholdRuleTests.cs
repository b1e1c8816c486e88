using Holdfast.Core.Detection;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

public sealed class ThresholdRuleTests
{
    /// <summary>Minutes of the negative posts, whether the rule must fire, and the first minute that holds.</summary>
    public static TheoryData<string, int[], int?> AssignCases() => new()
    {
        { "six in one minute", [10, 10, 10, 10, 10, 10], 10 },
        { "six spread over the whole hour", [0, 12, 24, 36, 48, 59], 59 },
        { "five are not more than five", [10, 10, 10, 10, 10], null },
        { "the sixth comes as the first leaves the hour", [0, 12, 24, 36, 48, 60], null },
        { "six over midnight of the clock hour", [50, 55, 58, 61, 62, 63], 63 },
        { "ten in two hours, never more than five in one", [0, 20, 40, 50, 55, 70, 80, 100, 110, 119], null },
        { "nothing", [5], null },
    };

    [Theory]
    [MemberData(nameof(AssignCases))]
    public void More_than_five_negative_in_any_hour_are_level_2(string name, int[] minutes, int? holdsFrom)
    {
        var runs = Given.Runs(Given.Only(ThresholdRule.Assign), [.. minutes.Select(minute => Given.Negative(minute))]);
        Assert.True(runs.Count == (holdsFrom is null ? 0 : 1), name);
        if (holdsFrom is { } minute)
        {
            Assert.Equal((Level.Two, Given.At(minute)), (runs[0].Subject.Level, runs[0].StartedAt));
        }
    }

    /// <summary>Negative posts in each clock hour, and whether the plan must be rolled out.</summary>
    [Theory]
    [InlineData(true, 11, 11, 11, 11)]
    [InlineData(false, 11, 11, 11)]
    [InlineData(false, 11, 11, 11, 10)]
    [InlineData(false, 10, 11, 11, 11)]
    [InlineData(false, 11, 11, 10, 11, 11, 11)]
    [InlineData(true, 3, 11, 12, 40, 11, 2)]
    [InlineData(false, 100, 0, 100, 0, 100, 0, 100)]
    [InlineData(false, 300)]
    public void More_than_ten_in_each_of_four_hours_in_a_row_are_level_4(bool fires, params int[] hours)
    {
        // All posts of an hour at its same minute, so that no other cut into hours can do better.
        var mentions = hours.SelectMany((count, hour) => Enumerable.Range(0, count).Select(_ => Given.Negative((hour * 60) + 30))).ToList();
        var runs = Given.Runs(Given.Only(ThresholdRule.RollOut), mentions);
        Assert.Equal(fires ? 1 : 0, runs.Count);
    }

    [Fact]
    public void Four_clock_hours_fire_wherever_in_them_the_posts_are()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var mentions = Enumerable.Range(0, 4)
                .SelectMany(hour => Enumerable.Range(0, 11).Select(_ => Given.Negative((hour * 60) + random.Next(60))))
                .ToList();
            Assert.True(Given.Runs(Given.Only(ThresholdRule.RollOut), mentions).Count >= 1, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Posts_that_do_not_count_as_negative_do_not_fire()
    {
        List<Mention> mentions =
        [
            .. Enumerable.Range(0, 5).Select(minute => Given.Negative(minute)),
            Given.Mention(5, feeling: SentimentClass.Positive),
            Given.Mention(6, feeling: SentimentClass.Neutral, intent: Intent.Complaint),
            Given.Mention(7, feeling: SentimentClass.Negative, spreads: true),
        ];
        Assert.Empty(Given.Runs(Given.Only(ThresholdRule.Assign), mentions));
    }

    [Fact]
    public void Too_few_people_do_not_fire_however_much_they_write()
    {
        var rule = ThresholdRule.Assign with { MinAuthors = 3 };
        var two = Enumerable.Range(0, 20).Select(minute => Given.Negative(minute, $"author {minute % 2}")).ToList();
        Assert.Empty(Given.Runs(Given.Only(rule), two));
        Assert.Single(Given.Runs(Given.Only(rule), [.. two, Given.Negative(19.5, "a third")]));
    }

    [Fact]
    public void Mentions_and_reach_are_counted_with_reposts()
    {
        var mentions = Enumerable.Range(0, 6).Select(minute => Given.Mention(minute, spreads: true, reach: 200)).ToList();
        Assert.Single(Given.Runs(Given.Only(ThresholdRule.Assign with { Metric = Metric.Mentions }), mentions));
        Assert.Single(Given.Runs(Given.Only(ThresholdRule.Assign with { Metric = Metric.Reach, Comparison = Comparison.AtLeast, Number = 1200 }), mentions));
        Assert.Empty(Given.Runs(Given.Only(ThresholdRule.Assign with { Metric = Metric.Reach, Number = 1200 }), mentions));
    }

    [Fact]
    public void The_figures_are_those_of_the_worst_hour()
    {
        int[] minutes = [0, 1, 2, 3, 4, 5, 30, 31, 32, 85];
        var run = Assert.Single(Given.Runs(Given.Only(ThresholdRule.Assign), [.. minutes.Select(minute => Given.Negative(minute, $"author {minute % 4}"))]));
        Assert.Equal(
            [new("negative", 9, "posts"), new("limit", 5, "posts"), new("window", 60, "minutes"), new("people", 4, "people")],
            run.Peak.Figures);
        // The window of minute 89 is the last with more than five: those of 30, 31, 32 and 85 remain after it.
        Assert.Equal((Given.At(5), Given.At(62)), (run.StartedAt, run.LastAt));
    }

    [Fact]
    public void A_pause_shorter_than_the_window_is_one_signal_and_a_longer_one_two()
    {
        // The first burst holds up to minute 59; from there the pause is counted.
        int[] burst = [0, 0, 0, 0, 0, 0];
        var shorter = burst.Concat(burst.Select(_ => 118)).Select(minute => Given.Negative(minute)).ToList();
        var longer = burst.Concat(burst.Select(_ => 119)).Select(minute => Given.Negative(minute)).ToList();
        Assert.Single(Given.Runs(Given.Only(ThresholdRule.Assign), shorter));
        Assert.Equal(2, Given.Runs(Given.Only(ThresholdRule.Assign), longer).Count);
    }

    [Fact]
    public void A_multiple_of_the_usual_fires_only_where_the_usual_is_known()
    {
        var rule = ThresholdRule.Assign with { Of = NumberOf.TimesUsual, Number = 3 };
        var pulse = Given.Pulse([.. Enumerable.Range(0, 13).Select(minute => Given.Negative(minute))]);
        var changed = MinuteSpan.Of(Given.At(0), Given.At(12));
        Assert.Empty(rule.Evaluate(pulse, changed));
        Assert.Empty(rule.Evaluate(pulse, changed, Usual(weeks: 2, count: 4)));
        Assert.Empty(rule.Evaluate(pulse, changed, Usual(weeks: 8, count: 5)));
        var found = rule.Evaluate(pulse, changed, Usual(weeks: 8, count: 4)).MaxBy(run => run.Peak.Value)!.Peak;
        Assert.Contains(new("limit", 12, "posts"), found.Figures);
        Assert.Contains(new("usual", 4, "posts"), found.Figures);
    }

    private static UsualWeek Usual(int weeks, double count)
    {
        var first = Given.Midnight.AddDays(-7 * weeks).AddHours(-2);
        var hours = Enumerable.Range(0, (weeks * 168) + 2).Select(hour => (first.AddHours(hour), count));
        return new(hours, first, TimeZoneInfo.Utc);
    }
}
