using System.Globalization;
using Holdfast.Core.Detection;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

/// <summary>Invariant 5: the same posts in the same event time give the same signals, whatever the batches or the order of arrival.</summary>
public sealed class ReplayTests
{
    private static readonly RuleSet Rules = RuleSet.Default with
    {
        Thresholds =
        [
            ThresholdRule.Assign,
            ThresholdRule.RollOut with { Number = 3, Window = TimeSpan.FromMinutes(20), MinAuthors = 2 },
            ThresholdRule.Assign with { Name = "reach", Metric = Metric.Reach, Number = 100_000 },
        ],
        SameIssue = SameIssueRule.Default with { People = 4 },
        RiskWords = [RiskWordRule.Grave, RiskWordRule.GraveFromMany with { People = 2 }],
    };

    private static readonly string[] Words = "app update login crash refund order parcel battery lamp invoice queue phone".Split(' ');

    [Theory]
    [InlineData("in order, one at a time", 1, 1, false)]
    [InlineData("in order, in batches", 2, 40, false)]
    [InlineData("shuffled, one at a time", 3, 1, true)]
    [InlineData("shuffled, in batches", 4, 25, true)]
    [InlineData("shuffled, in two halves", 5, 100, true)]
    public void Arrival_in_batches_gives_the_signals_of_a_back_test(string name, int salt, int batch, bool shuffled)
    {
        var seed = Seeds.Next() + salt;
        var random = new Random(seed);
        for (var round = 0; round < (batch == 1 ? 6 : 25); round++)
        {
            var mentions = Storm(random);
            var expected = Given.Runs(Rules, mentions);
            Assert.NotEmpty(expected);
            var arrival = shuffled ? mentions.OrderBy(_ => random.Next()).ToList() : Given.InOrder(mentions);
            var stored = Live(arrival, batch, random);
            Assert.True(
                expected.Select(Told).Order().SequenceEqual(stored.Select(Told).Order()),
                $"{name}, seed {seed}, round {round}\n{string.Join('\n', expected.Select(Told).Except(stored.Select(Told)).Order())}\n--\n{string.Join('\n', stored.Select(Told).Except(expected.Select(Told)).Order())}");
        }
    }

    [Fact]
    public void Evaluating_the_same_stretch_again_changes_nothing()
    {
        var mentions = Given.InOrder(Storm(new Random(5)));
        var runs = Given.Runs(Rules, mentions);
        Assert.Empty(Reconciliation.Changes(Stored(runs), Given.Runs(Rules, mentions)));
        Assert.Empty(Reconciliation.Changes(Stored(runs), []));
    }

    [Fact]
    public void A_late_post_that_closes_the_gap_makes_two_signals_one()
    {
        var rules = Given.Only(ThresholdRule.Assign);
        List<Mention> early = [.. Enumerable.Range(0, 6).Select(n => Given.Negative(n))], later = [.. Enumerable.Range(130, 6).Select(n => Given.Negative(n))];
        var stored = Stored(Given.Runs(rules, [.. early, .. later]));
        Assert.Equal(2, stored.Count);
        var change = Assert.Single(Reconciliation.Changes(stored, Given.Runs(rules, [.. early, .. Enumerable.Range(65, 6).Select(n => Given.Negative(n)), .. later])));
        Assert.Equal(stored[0].Id, change.Id);
        Assert.Equal([stored[1].Id], change.Absorbed);
    }

    [Fact]
    public void A_rule_that_breaks_is_reported_and_the_others_go_on()
    {
        var mentions = Enumerable.Range(0, 6).Select(n => Given.Negative(n)).ToList();
        var rules = Given.Only(ThresholdRule.Assign with { Name = "broken", Metric = (Metric)99 }, ThresholdRule.Assign);
        var outcome = Detector.Evaluate(new(
            Given.Brand, rules, MinuteSpan.Of(mentions[0].At, mentions[^1].At), [Given.Pulse(mentions)], mentions, (_, _) => null));
        Assert.Equal("broken", Assert.Single(outcome.Failures).Rule);
        Assert.Equal("negative-in-an-hour", Assert.Single(outcome.Runs).Subject.Rule);
    }

    [Fact]
    public void A_rule_that_is_off_says_nothing_and_one_in_shadow_says_so()
    {
        var mentions = Enumerable.Range(0, 6).Select(n => Given.Negative(n)).ToList();
        Assert.Empty(Given.Runs(Given.Only(ThresholdRule.Assign with { Off = true }), mentions));
        Assert.True(Assert.Single(Given.Runs(Given.Only(ThresholdRule.Assign with { Shadow = true }), mentions)).Subject.Shadow);
    }

    /// <summary>What the worker does: each batch is evaluated against what has arrived so far, and reconciled with what is stored.</summary>
    private static List<SignalRun> Live(IReadOnlyList<Mention> arrival, int batch, Random random)
    {
        var stored = new List<StoredRun>();
        var arrived = new List<Mention>();
        foreach (var posts in arrival.Chunk(batch))
        {
            arrived.AddRange(posts);
            var changed = MinuteSpan.Of(posts.Min(post => post.At), posts.Max(post => post.At));
            var (pulse, mentions) = (Detector.PulseReach(Rules), Detector.MentionReach(Rules));
            var outcome = Detector.Evaluate(new(
                Given.Brand,
                Rules,
                changed,
                [Given.Pulse(arrived.Where(post => post.At >= changed.From - pulse && post.At < changed.To + pulse + TimeSpan.FromMinutes(1)))],
                Given.InOrder(arrived.Where(post => post.At >= changed.From - mentions && post.At < changed.To + mentions + TimeSpan.FromMinutes(1))),
                (_, _) => null));
            Assert.Empty(outcome.Failures);
            foreach (var change in Reconciliation.Changes(stored, outcome.Runs))
            {
                stored.RemoveAll(one => one.Id == change.Id || change.Absorbed.Contains(one.Id));
                stored.Add(new(change.Id ?? new(new Guid(random.Next(), 3, 0, new byte[8])), change.Run));
            }
        }

        return [.. stored.Select(one => one.Run)];
    }

    /// <summary>Calm, bursts of one trouble, and calm again, over nine hours.</summary>
    private static List<Mention> Storm(Random random) =>
        [.. Enumerable.Range(0, 200).Select(n =>
        {
            var burst = random.Next(3) == 0;
            var minute = burst ? (random.Next(3) * 170) + random.Next(40) : random.Next(540);
            var trouble = random.Next(3) * 4;
            var text = string.Join(' ', Enumerable.Range(0, 4).Select(_ => Words[burst ? trouble + random.Next(4) : random.Next(Words.Length)]));
            return Given.Mention(
                minute + random.NextDouble(),
                $"author {random.Next(40)}",
                text,
                random.Next(3) == 0 ? SentimentClass.Neutral : SentimentClass.Negative,
                risk: random.Next(30) == 0 ? 5 : 0,
                spreads: random.Next(6) == 0,
                reach: random.Next(30) == 0 ? 60_000 : 100);
        })];

    private static List<StoredRun> Stored(IReadOnlyList<SignalRun> runs) =>
        [.. runs.Select((run, index) => new StoredRun(new(new Guid(index + 1, 3, 0, new byte[8])), run))];

    private static string Told(SignalRun run) => string.Join(
        " | ",
        run.Subject.Rule,
        run.StartedAt.ToString("HH:mm", CultureInfo.InvariantCulture),
        run.LastAt.ToString("HH:mm", CultureInfo.InvariantCulture),
        run.Peak.At.ToString("HH:mm", CultureInfo.InvariantCulture),
        string.Join(' ', run.Peak.Figures.Select(figure => $"{figure.Name}={figure.Value:0}")),
        string.Join(' ', run.Peak.Topic?.Words ?? []),
        // A rule over a pulse looks its posts up once the run is known.
        string.Join(' ', run.Posts.Select(post => post.Post.Value.ToString()[..8])),
        run.Cores.Count);
}
