using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Detection;

/// <summary>
/// A brand that is busy by the clock on the wall, over the two nights in which that clock is changed: at 01:00 UTC the hour from two is
/// missing on 29 March 2026 in Warsaw, and comes twice on 25 October.
/// </summary>
public sealed class ClockChangeTests
{
    private const int Weeks = 9;
    private static readonly MonitorId Monitor = Given.Monitor;
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");
    private static readonly DateTimeOffset March = new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset October = new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero);

    private static readonly ThresholdRule Relative = ThresholdRule.Assign with { Name = "relative", Of = NumberOf.TimesUsual, Number = 3 };
    private static readonly ThresholdRule Also = ThresholdRule.Assign with { Name = "also", Number = 30, AlsoTimesUsual = 2 };

    public static TheoryData<DateTimeOffset, int> Nights => new(
        from night in new[] { March, October }
        from seed in Enumerable.Range(1, 2)
        select (night, seed));

    [Theory]
    [MemberData(nameof(Nights))]
    public void A_normal_day_raises_nothing_in_the_night_or_in_the_week_after(DateTimeOffset night, int seed)
    {
        var posts = Ordinary(night, night.AddDays(8), new(seed));
        var runs = Runs(posts, new(night.AddHours(-6), night.AddDays(8)), new());
        Assert.True(runs.Count == 0, string.Join('\n', runs.Select(Told)));
    }

    [Theory]
    [MemberData(nameof(Buckets))]
    public void What_is_usual_goes_with_the_clock_on_the_wall(DateTimeOffset night, int minutes)
    {
        var detector = new SpikeDetector(night.AddDays(-7 * Weeks), TimeSpan.FromMinutes(minutes), Warsaw);
        while (detector.Next < night)
        {
            detector.Learn(new((TimeZoneInfo.ConvertTime(detector.Next, Warsaw).Hour < 7 ? 12 : 60) * minutes / 60));
        }

        // All hours of the Monday after, by its middle: the last of the night and the first of the day are the ones an hour's error would show in.
        var monday = DateTime.SpecifyKind(night.UtcDateTime.Date.AddDays(1), DateTimeKind.Unspecified);
        for (var hour = 0; hour < 24; hour++)
        {
            var usual = detector.HourAt(new(TimeZoneInfo.ConvertTimeToUtc(monday.AddMinutes((60 * hour) + 30), Warsaw)))!.Value.Usual;
            Assert.True(hour < 7 ? usual is > 6 and < 24 : usual is > 40 and < 80, $"{hour}:30 is usually {usual:0.0}");
        }
    }

    public static TheoryData<DateTimeOffset, int> Buckets => new(
        from night in new[] { March, October }
        from minutes in new[] { 5, 15, 60 }
        select (night, minutes));

    /// <param name="minutes">After the clock was changed: in the last hour before, the first after, and in October the hour that comes again.</param>
    [Theory]
    [MemberData(nameof(Storms))]
    public void A_storm_around_that_hour_is_caught_while_it_lasts(DateTimeOffset night, int minutes)
    {
        List<DateTimeOffset> storm = [.. Enumerable.Range(0, 90).Select(n => night.AddMinutes(minutes + (n / 3.0)))];
        var runs = Runs([.. Ordinary(night, night.AddDays(2), new(5)), .. storm], new(night.AddHours(-6), night.AddDays(2)), new());
        Assert.Equal(["also", "relative", "spike"], runs.Select(run => run.Subject.Rule).Order());
        Assert.All(runs, run => Assert.InRange(run.StartedAt, storm[0], storm[^1]));
    }

    public static TheoryData<DateTimeOffset, int> Storms => new(
        from night in new[] { March, October }
        from minutes in new[] { -50, -15, 0, 15 }
        select (night, minutes));

    /// <summary>Ten minutes late, twice, in any batches, while the clock is changed and after.</summary>
    [Theory]
    [MemberData(nameof(Nights))]
    public void Posts_late_and_in_batches_over_the_change_give_the_signals_of_order(DateTimeOffset night, int seed)
    {
        var random = new Random(seed);
        List<DateTimeOffset> posts = [.. Ordinary(night, night.AddHours(14), random), .. Enumerable.Range(0, 120).Select(_ => night.AddMinutes(-70 + (random.NextDouble() * random.NextDouble() * 200)))];
        var (watch, stored, heard) = (new SpikeWatch(), new List<SignalRun>(), posts.Where(at => at < night.AddHours(-3)).ToList());
        var arrivals = posts.Where(at => at >= night.AddHours(-3)).Select(at => (At: at, Arrives: at + (SpikeDetector.AllowedLateness * random.NextDouble()))).OrderBy(post => post.Arrives).ToList();
        for (var next = 0; next < arrivals.Count;)
        {
            var batch = arrivals.Skip(next).Take(1 + random.Next(40)).Select(post => post.At).ToList();
            next += batch.Count;
            heard.AddRange(batch);
            stored = [.. SignalRun.Joined([.. stored, .. Runs(heard, MinuteSpan.Of(batch.Min(), batch.Max()), watch)])];
        }

        var replayed = Runs(posts, MinuteSpan.Of(night.AddHours(-3), posts.Max()), new());
        Assert.NotEmpty(replayed);
        Assert.Equal(replayed.Select(Told), stored.Select(Told));
    }

    private static IReadOnlyList<SignalRun> Runs(IReadOnlyList<DateTimeOffset> posts, MinuteSpan changed, SpikeWatch watch)
    {
        var pulse = new Pulse(Monitor, [.. posts.GroupBy(at => MinuteSpan.Of(at, at).From).Select(minute => new PulseMinute(minute.Key, minute.Count(), minute.Count(), 0, [], [.. Enumerable.Range(0, minute.Count())])).OrderBy(minute => minute.Minute)]);
        var since = pulse.Minutes[0].Minute;
        var usual = new UsualWeek(pulse.Minutes.GroupBy(minute => minute.Minute.UtcTicks / TimeSpan.TicksPerHour).Select(hour => (new DateTimeOffset(hour.Key * TimeSpan.TicksPerHour, TimeSpan.Zero), (double)hour.Sum(minute => minute.Negative))), since, Warsaw);
        var span = MinuteSpan.Of(changed.From, changed.To);
        return SignalRun.Joined([
            .. Relative.Evaluate(pulse, span, usual),
            .. Also.Evaluate(pulse, span, usual),
            .. SpikeRule.Default.Evaluate(Monitor, watch.Look(Monitor, Metric.Mentions, since, SpikeWatch.Reached(span, pulse), Warsaw, pulse.Minutes, BlindTimes.None))]);
    }

    /// <summary>Quiet nights, a steep morning at seven, busy days and lively evenings, calmer on Saturday and Sunday; all by the clock on the wall.</summary>
    private static List<DateTimeOffset> Ordinary(DateTimeOffset night, DateTimeOffset to, Random random)
    {
        var posts = new List<DateTimeOffset>();
        for (var quarter = night.AddDays(-7 * Weeks); quarter < to; quarter = quarter.AddMinutes(15))
        {
            var local = TimeZoneInfo.ConvertTime(quarter, Warsaw);
            var weekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.7 : 1;
            var perHour = weekend * local.Hour switch { < 1 => 16, < 7 => 8, < 17 => 40, < 22 => 60, _ => 24 };
            for (var at = Next(0); at < 15; at = Next(at))
            {
                posts.Add(quarter.AddMinutes(at));
            }

            double Next(double minute) => minute - (Math.Log(1 - random.NextDouble()) * 60 / perHour);
        }

        return posts;
    }

    private static string Told(SignalRun run) =>
        $"{run.Subject.Rule} {run.StartedAt:dd HH:mm} {run.LastAt:dd HH:mm} {run.Peak.At:dd HH:mm} {string.Join(' ', run.Peak.Figures.Select(figure => $"{figure.Name} {figure.Value:0.##}"))}";
}
