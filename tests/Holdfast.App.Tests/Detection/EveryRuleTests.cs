using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Holdfast.Detection;

namespace Holdfast.App.Tests.Detection;

/// <summary>Invariant 5 for all kinds of rules at once, by the very function that live work and back-tests call.</summary>
public sealed class EveryRuleTests
{
    private const int Days = 18;
    private static readonly DateTimeOffset Start = new(2026, 10, 8, 0, 0, 0, TimeSpan.Zero);
    private static readonly MonitorId Monitor = new(new Guid(7, 0, 0, new byte[8]));
    private static readonly Brand Brand = new(new(new Guid(9, 0, 0, new byte[8])), "Lumo", ["lumo"], ["en", "pl"], "Europe/Warsaw");

    /// <summary>The storm is in the night in which the clocks are set back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Late_repeated_and_batched_posts_give_the_signals_of_every_kind_that_posts_in_order_give(int seed)
    {
        var random = new Random(seed);
        var posts = Posts(random);
        var (watched, spikes) = (new Watched(Brand, RuleSet.Default with { Thresholds = [.. RuleSet.Default.Thresholds, ThresholdRule.Assign with { Name = "relative", Of = NumberOf.TimesUsual, Number = 3 }] }), new SpikeWatch());
        var arrivals = posts
            .Concat(posts.Where(_ => random.Next(6) == 0))
            .Select(post => (Post: post, At: post.At.AddMinutes(random.NextDouble() * SpikeDetector.AllowedLateness.TotalMinutes)))
            .OrderBy(arrival => arrival.At)
            .ToList();
        var (arrived, stored) = (new Dictionary<PostId, Mention>(), new List<StoredRun>());
        foreach (var batch in arrivals.GroupBy(arrival => Math.Floor((arrival.At - Start).TotalMinutes / (arrival.At < Start.AddDays(Days - 1) ? 720 : 4))))
        {
            // What came twice was stored once; the minutes of what came again are not looked at anew.
            var fresh = batch.Select(arrival => arrival.Post).Where(post => arrived.TryAdd(post.Post, post)).ToList();
            foreach (var span in Detected.Stretches(fresh.Select(post => MinuteSpan.Of(post.At, post.At)), watched.Rules))
            {
                var outcome = await Detected.EvaluateAsync(new Heard(arrived.Values, spikes), watched, span, TestContext.Current.CancellationToken);
                Assert.Empty(outcome.Failures);
                foreach (var change in Reconciliation.Changes(stored, outcome.Runs))
                {
                    stored.RemoveAll(one => one.Id == change.Id || change.Absorbed.Contains(one.Id));
                    stored.Add(new(change.Id ?? new(new Guid(random.Next(), 3, 0, new byte[8])), change.Run));
                }
            }
        }

        var whole = await Detected.EvaluateAsync(new Heard(posts, new()), watched, MinuteSpan.Of(posts.Min(post => post.At), posts.Max(post => post.At)),
            TestContext.Current.CancellationToken);
        var (expected, live) = (whole.Runs.Select(Told).Order().ToList(), stored.Select(one => Told(one.Run)).Order().ToList());
        Assert.True(expected.SequenceEqual(live), $"seed {seed}\n{string.Join('\n', expected.Except(live))}\n--\n{string.Join('\n', live.Except(expected))}");
        SignalKind[] kinds = [SignalKind.Threshold, SignalKind.Spike, SignalKind.SameIssue, SignalKind.Spread, SignalKind.RiskWord, SignalKind.ProminentVoice];
        Assert.Subset(whole.Runs.Select(run => run.Subject.Kind).ToHashSet(), kinds.ToHashSet());
    }

    private static List<Mention> Posts(Random random)
    {
        var number = 0;
        var quiet = Enumerable.Range(0, Days * 30).Select(_ => Post(++number, random.NextDouble() * Days * 1440, random, "thanks for the lamp", SentimentClass.Neutral));
        var storm = Enumerable.Range(0, 160).Select(_ => Post(
            ++number, ((Days - 1) * 1440) + 1430 + (random.NextDouble() * random.NextDouble() * 240), random, "the app crashes after the update", SentimentClass.Negative));
        return [.. quiet, .. storm];
    }

    private static Mention Post(int number, double minute, Random random, string text, SentimentClass feeling) => new(
        Brand.Id, new(new Guid(number, 1, 0, new byte[8])), [Monitor], Start.AddMinutes(minute), random.Next(3) == 0 ? "bluesky" : "mastodon", $"author {number % 130}",
        random.Next(25) == 0 ? 80_000 : 100, text,
        new("en", (int)feeling, feeling, Intent.Other, feeling == SentimentClass.Negative && random.Next(20) == 0 ? new(5, [new(RiskKind.Injury, "hurt")]) : null, true, true),
        Voice.Public, false);

    private static string Told(SignalRun run) => FormattableString.Invariant(
        $"{run.Subject.Rule} {run.StartedAt:dd HH:mm} {run.LastAt:dd HH:mm} {run.Peak.At:dd HH:mm} {string.Join(' ', run.Peak.Figures.Select(figure => $"{figure.Name}={figure.Value:0.###}"))} {string.Join(' ', run.Peak.Topic?.Words ?? [])} {run.Posts.Count}");

    /// <summary>What has arrived so far; what was learnt of spikes is kept from look to look, as a node keeps it.</summary>
    private sealed class Heard(IReadOnlyCollection<Mention> posts, SpikeWatch spikes) : IHistory
    {
        private readonly ReadHistory _read = new(
            posts.Where(ReadHistory.Counts), [PostsHistory.Pulse(Monitor, [.. posts.OrderBy(post => post.At)])], TimeZoneInfo.FindSystemTimeZoneById(Brand.TimeZone));

        public SpikeWatch Spikes => spikes;

        public Task<IReadOnlyList<Mention>> MentionsAsync(MinuteSpan span, int most, CancellationToken cancel) => _read.MentionsAsync(span, most, cancel);

        public Task<IReadOnlyList<Pulse>> PulsesAsync(MinuteSpan span, CancellationToken cancel) => _read.PulsesAsync(span, cancel);

        public Task<DateTimeOffset?> SinceAsync(MonitorId monitor, CancellationToken cancel) => _read.SinceAsync(monitor, cancel);

        public Task<IReadOnlyList<PulseMinute>> CountsAsync(MonitorId monitor, MinuteSpan span, CancellationToken cancel) => _read.CountsAsync(monitor, span, cancel);

        public Task<IReadOnlyList<NetworkHour>> NetworksAsync(MinuteSpan span, CancellationToken cancel) => _read.NetworksAsync(span, cancel);

        public Task<UsualWeek?> UsualAsync(MonitorId monitor, Metric metric, MinuteSpan span, CancellationToken cancel) => _read.UsualAsync(monitor, metric, span, cancel);

        public Task<BlindTimes> BlindAsync(MinuteSpan span, CancellationToken cancel) => _read.BlindAsync(span, cancel);
    }
}
