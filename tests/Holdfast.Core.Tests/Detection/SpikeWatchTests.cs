using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Detection;

/// <summary>Invariant 5, of spikes: whatever the batches and the order of arrival within the allowed lateness, live is as replayed.</summary>
public sealed class SpikeWatchTests
{
    private static readonly MonitorId Monitor = new(Guid.Parse("0198c3a0-0000-7000-8000-000000000001"));
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 7, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(15)]
    public void Posts_that_arrive_late_and_in_batches_give_the_signals_of_a_replay(int minutesOfABatch)
    {
        var seed = Environment.TickCount + minutesOfABatch;
        var random = new Random(seed);
        var posts = Posts(random);
        var arrivals = posts.Select(at => (At: at, Arrives: at + (SpikeDetector.AllowedLateness * random.NextDouble()))).OrderBy(post => post.Arrives).ToList();
        var (watch, stored, heard) = (new SpikeWatch(), new List<SignalRun>(), new List<DateTimeOffset>());
        var said = new List<SpikeLook>();
        foreach (var batch in arrivals.GroupBy(post => (int)((post.Arrives - Start).TotalMinutes / minutesOfABatch)))
        {
            heard.AddRange(batch.Select(post => post.At));
            var changed = MinuteSpan.Of(batch.Min(post => post.At), batch.Max(post => post.At));
            changed = SpikeWatch.Reached(changed, new(Monitor, [.. Minutes(heard.Where(at => at >= changed.From))]));
            var needs = watch.Needs(Monitor, Metric.Mentions, posts[0], changed, BlindTimes.None);
            var looks = watch.Look(Monitor, Metric.Mentions, posts[0], changed, Warsaw, Minutes(heard.Where(at => at >= needs)), BlindTimes.None);
            said.AddRange(looks);
            stored = [.. SignalRun.Joined([.. stored, .. SpikeRule.Default.Evaluate(Monitor, looks)])];
        }

        // What was said of a bucket while posts were still to come is never taken back by those that came.
        var whole = Whole(posts).ToDictionary(look => look.At, look => look.OnceIn);
        Assert.All(said.Where(look => whole.ContainsKey(look.At)), look => Assert.True(look.OnceIn <= whole[look.At], $"seed {seed}: {look}, and in the end {whole[look.At]}"));
        Assert.Contains(said, look => look.OnceIn > TimeSpan.Zero);
        var replayed = SpikeRule.Default.Evaluate(Monitor, Whole(posts)).ToList();
        Assert.NotEmpty(replayed);
        Assert.True(replayed.Select(Told).SequenceEqual(stored.Select(Told)),
            $"seed {seed}\n{string.Join('\n', replayed.Select(Told))}\n--\n{string.Join('\n', stored.Select(Told))}");
    }

    [Fact]
    public void A_post_much_too_late_is_judged_by_the_pulse_it_belongs_to()
    {
        var posts = Posts(new Random(11));
        var (watch, day) = (new SpikeWatch(), MinuteSpan.Of(posts[^1].AddDays(-4), posts[^1].AddDays(-4)));
        watch.Look(Monitor, Metric.Mentions, posts[0], MinuteSpan.Of(posts[^1], posts[^1]), Warsaw, Minutes(posts), BlindTimes.None);
        Assert.True(watch.Needs(Monitor, Metric.Mentions, posts[0], day, BlindTimes.None) < day.From.AddDays(-14));
        var looks = watch.Look(Monitor, Metric.Mentions, posts[0], day, Warsaw, Minutes(posts), BlindTimes.None);
        Assert.Equal(Whole(posts).Where(look => look.At >= looks[0].At && look.At <= looks[^1].At), looks);
    }

    /// <summary>A node that has looked all along and one that has just started and reads the stored pulse say the same, at any moment.</summary>
    [Fact]
    public void A_detector_that_was_kept_says_what_one_restored_from_the_stored_pulse_says()
    {
        var posts = Posts(new Random(13));
        var kept = new SpikeWatch();
        for (var day = 1; day < 24; day++)
        {
            var now = MinuteSpan.Of(Start.AddDays(day), Start.AddDays(day).AddMinutes(day * 7));
            List<PulseMinute> heard = [.. Minutes(posts.Where(at => at <= now.To))];
            var live = kept.Look(Monitor, Metric.Mentions, posts[0], now, Warsaw, heard, BlindTimes.None);
            Assert.Equal(new SpikeWatch().Look(Monitor, Metric.Mentions, posts[0], now, Warsaw, heard, BlindTimes.None), live);
        }
    }

    /// <summary>That a source was silent is known hours after it fell silent; by then its silence has been learnt as zeros.</summary>
    [Fact]
    public void A_blind_time_that_becomes_known_late_is_unlearnt()
    {
        var posts = Posts(new Random(12));
        var (from, to) = (posts[^1].AddDays(-2), posts[^1].AddDays(-1));
        posts.RemoveAll(at => at >= from && at < to);
        var blind = BlindTimes.Of([MinuteSpan.Of(from, to)]);
        var end = MinuteSpan.Of(posts[^1].AddHours(-1), posts[^1]);
        var watch = new SpikeWatch();
        var asZeros = Look(watch, end, BlindTimes.None);
        var known = Look(watch, end, blind);
        Assert.NotEqual(asZeros, known);
        Assert.Equal(Look(new(), end, blind), known);
        Assert.True(known[^1].Usual > asZeros[^1].Usual);

        // What is known already costs no new start.
        Assert.True(watch.Needs(Monitor, Metric.Mentions, posts[0], end, blind) > end.From.AddHours(-1));

        IReadOnlyList<SpikeLook> Look(SpikeWatch asked, MinuteSpan span, BlindTimes times) =>
            asked.Look(Monitor, Metric.Mentions, posts[0], span, Warsaw, Minutes(posts), times);
    }

    private static IReadOnlyList<SpikeLook> Whole(List<DateTimeOffset> posts) =>
        new SpikeWatch().Look(Monitor, Metric.Mentions, posts[0], MinuteSpan.Of(posts[0], posts[^1]), Warsaw, Minutes(posts), BlindTimes.None);

    private static List<DateTimeOffset> Posts(Random random)
    {
        var posts = new List<DateTimeOffset>();
        for (var minute = 0; minute < 60 * 24 * 24; minute++)
        {
            var burst = random.Next(9_000) == 0 ? random.Next(20, 120) : 0;
            for (var post = 0; post < burst + (random.NextDouble() < 0.12 ? 1 : 0); post++)
            {
                posts.Add(Start.AddMinutes(minute + (burst > 0 ? random.Next(0, 25) : 0) + random.NextDouble()));
            }
        }

        posts.AddRange(Enumerable.Range(0, 200).Select(post => Start.AddDays(20).AddMinutes(post / 5.0)));
        posts.Sort();
        return posts;
    }

    private static IEnumerable<PulseMinute> Minutes(IEnumerable<DateTimeOffset> posts) =>
        posts.Select(at => new PulseMinute(MinuteSpan.Of(at, at).From, 1, 0, 1, [], []));

    private static string Told(SignalRun run) =>
        $"{run.StartedAt:u} {run.LastAt:u} {run.Peak.At:u} {string.Join(' ', run.Peak.Figures.Select(figure => $"{figure.Name} {figure.Value}"))}";
}
