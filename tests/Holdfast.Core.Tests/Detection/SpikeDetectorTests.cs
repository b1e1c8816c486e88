using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Detection;

public sealed class SpikeDetectorTests
{
    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(5)]
    [InlineData(200)]
    public void Chance_and_the_daily_rhythm_alone_raise_fewer_alarms_than_the_rarity_asked_for(double perBucket)
    {
        var seed = Environment.TickCount;
        var signals = Enumerable.Range(0, 6).Sum(round => Runs(Rhythm(new Random(seed + round), perBucket, weeks: 8)).Count);
        Assert.True(signals <= 6, $"{signals} signals in 48 weeks, seed {seed}");
    }

    [Fact]
    public void A_sudden_burst_is_told_in_its_first_bucket_and_only_once()
    {
        var counts = Rhythm(new Random(1), 5, weeks: 3);
        var at = Row(days: 17, hours: 14);
        Add(counts, at, 60, 200, 150, 90, 50, 20);
        var run = Assert.Single(Runs(counts));
        Assert.Equal(Start + (at * Bucket), run.StartedAt);
        Assert.Equal(SignalKind.Spike, run.Subject.Kind);
        Assert.True(Figure(run, "mentions") > 4 * Figure(run, "expected"));
        Assert.True(Figure(run, "once in") >= Figure(run, "limit"));
    }

    [Fact]
    public void A_slow_rise_is_told_before_its_peak()
    {
        var counts = Rhythm(new Random(2), 5, weeks: 3);
        var (from, hours) = (Row(days: 17, hours: 8), 10);
        for (var i = 0; i < 12 * hours; i++)
        {
            counts[from + i] += Math.Round(40.0 * i / (12 * hours));
        }

        var run = Assert.Single(Runs(counts));
        Assert.InRange(run.StartedAt, Start + (from * Bucket), Start + ((from + (12 * hours)) * Bucket) - TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_lasting_change_is_told_and_then_learnt()
    {
        var counts = Rhythm(new Random(3), 5, weeks: 3).Concat(Rhythm(new Random(4), 20, weeks: 4)).ToList();
        var looks = Looks(counts);
        var runs = Runs(counts);
        Assert.InRange(runs.Count, 1, 3);
        Assert.All(runs, run => Assert.InRange(run.StartedAt, Start.AddDays(21), Start.AddDays(24)));
        Assert.InRange(Mean(looks.TakeLast(12 * 24 * 7).Select(look => look.Usual)), 15, 25);
    }

    [Fact]
    public void What_is_missing_is_not_taken_for_calm()
    {
        var counts = Rhythm(new Random(5), 5, weeks: 6);
        var whole = Looks(counts);
        for (var row = Row(days: 21, hours: 0); row < Row(days: 25, hours: 0); row++)
        {
            counts[row] = null;
        }

        var looks = Looks(counts);
        Assert.Empty(Runs(counts));
        Assert.All(looks[Row(days: 21, hours: 0)..Row(days: 25, hours: 0)], look => Assert.Equal(TimeSpan.Zero, look.OnceIn));
        var after = Row(days: 25, hours: 6);
        Assert.InRange(looks[after].Usual / whole[after].Usual, 0.7, 1.4);
    }

    /// <summary>One source of several is dead: the half that is still heard is no new norm, and must not keep a burst from being seen.</summary>
    [Fact]
    public void While_a_source_is_blind_what_is_still_heard_can_stand_out_and_teaches_nothing()
    {
        var counts = Rhythm(new Random(13), 5, weeks: 6);
        var (from, to, burst) = (Row(days: 21, hours: 0), Row(days: 23, hours: 0), Row(days: 22, hours: 12));
        List<BucketCount> half = [.. counts.Select((count, row) => row >= from && row < to ? new BucketCount(Math.Floor(count!.Value / 2), false) : new(count!.Value))];
        int[] more = [60, 200, 150, 90];
        for (var i = 0; i < more.Length; i++)
        {
            half[burst + i] = half[burst + i] with { Seen = half[burst + i].Seen + more[i] };
        }

        var looks = SpikeTrace.Between(new(Start, Bucket, Warsaw), Start, half.Count, at => half[(int)((at - Start) / Bucket)]).ToList();
        Assert.Equal(Start + (burst * Bucket), Assert.Single(SpikeRule.Default.Evaluate(new MonitorId(Guid.Empty), looks)).StartedAt);
        var whole = Looks(counts);
        var after = Row(days: 23, hours: 6);
        Assert.InRange(looks[after].Usual / whole[after].Usual, 0.8, 1.25);
    }

    [Fact]
    public void Nothing_that_comes_later_changes_an_answer()
    {
        var counts = Rhythm(new Random(6), 3, weeks: 2);
        Add(counts, Row(days: 8, hours: 12), 50, 90, 40);
        var looks = Looks(counts);
        var half = Row(days: 8, hours: 12) + 1;
        Assert.Equal(looks[..half], Looks([.. counts[..half]]));
    }

    [Fact]
    public void Posts_that_are_late_by_less_than_is_allowed_only_make_a_bucket_more_unusual()
    {
        var random = new Random(7);
        var counts = Rhythm(random, 3, weeks: 2);
        var detector = new SpikeDetector(Start, Bucket, Warsaw);
        var looked = 0;
        for (var row = detector.Open; row < counts.Count; row++)
        {
            detector.Learn(BucketCount.Of(counts[row - detector.Open]));
            BucketCount[] open = [.. counts[(row + 1 - detector.Open)..(row + 1)].Select(BucketCount.Of)];
            var before = detector.Look(open);
            var late = random.Next(open.Length);
            open[late] = open[late] with { Seen = open[late].Seen + random.Next(1, 40) };
            var after = detector.Look(open);
            Assert.True(after.OnceIn >= before.OnceIn, $"row {row}: {after} after {before}");
            looked += after.OnceIn > TimeSpan.Zero ? 1 : 0;
        }

        Assert.NotEqual(0, looked);
    }

    /// <summary>Whatever was said ten minutes ago, hearing of it only now must not make what is happening look usual.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 2)]
    public void What_is_heard_late_of_the_last_ten_minutes_does_not_raise_what_is_expected_now(int bucketsAgo, int bucketsIntoTheHour)
    {
        var counts = Rhythm(new Random(12), 3, weeks: 2)[..(Row(days: 9, hours: 12) + bucketsIntoTheHour)];
        Add(counts, counts.Count - 1, 190); // what came before it was ordinary: of a burst the norm learns no more than of a larger one
        var before = Looks(counts)[^1];
        counts[^(1 + bucketsAgo)] += 200;
        var after = Looks(counts)[^1];
        Assert.True(before.OnceIn > TimeSpan.Zero);
        Assert.Equal(before.Usual, after.Usual);
        Assert.True(after.OnceIn >= before.OnceIn, $"{after} after {before}");
        Assert.True(after.Window > Bucket || after.Expected == before.Expected, $"{after} after {before}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(60)]
    public void What_it_has_learnt_fits_in_twenty_kilobytes_and_goes_on_from_there(int minutes)
    {
        var bucket = TimeSpan.FromMinutes(minutes);
        var random = new Random(minutes);
        var counts = Enumerable.Range(0, 60 * 24 * 20 / minutes).Select(_ => (double?)random.Next(0, 9)).ToList();
        var through = new SpikeDetector(Start, bucket, Warsaw);
        var middle = counts.Count / 2;
        counts[..middle].ForEach(count => through.Learn(BucketCount.Of(count)));
        var state = through.Save();
        Assert.InRange(state.Length, 1, 20_000);
        var restored = SpikeDetector.Restore(state, through.Next, bucket, Warsaw);
        Assert.Equal(SpikeTrace.Along(through, counts[middle..]), SpikeTrace.Along(restored, counts[middle..]));
        Assert.NotEqual(state, through.Save());
    }

    /// <summary>A step asks for no memory, and the state is as large after a year as after a week.</summary>
    [Fact]
    public void A_bucket_costs_the_same_however_long_the_history_is()
    {
        var detector = new SpikeDetector(Start, Bucket, Warsaw);
        BucketCount[] open = [new(3), new(2), new(4)];
        var (week, year) = (Steps(12 * 24 * 7), Steps(12 * 24 * 365));
        Assert.Equal(week.State, year.State);
        Assert.InRange(year.Allocated, 0, 100_000);

        (int State, long Allocated) Steps(int steps)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < steps; step++)
            {
                detector.Learn(new(step % 7 == 0 ? 30 : step % 5));
                detector.Look(open);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return (detector.Save().Length, allocated);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(60)]
    public void A_burst_is_found_whatever_the_buckets(int minutes)
    {
        var random = new Random(8);
        var counts = Rhythm(random, 1, weeks: 3, TimeSpan.FromMinutes(1));
        Add(counts, (18 * 1440) + 720, [.. Enumerable.Repeat(30, 40)]);
        var bucket = TimeSpan.FromMinutes(minutes);
        List<double?> wide = [.. counts.Chunk(minutes).Select(chunk => chunk.Sum())];
        var looks = SpikeTrace.Along(new(Start, bucket, Warsaw), wide);
        var run = Assert.Single(SpikeRule.Default.Evaluate(new MonitorId(Guid.Empty), looks));
        Assert.InRange(run.StartedAt, Start.AddDays(18.5), Start.AddDays(18.5).AddMinutes(Math.Max(10, minutes)));
    }

    [Fact]
    public void A_new_monitor_is_still_learning()
    {
        var counts = Rhythm(new Random(9), 2, weeks: 1);
        Add(counts, Row(days: 1, hours: 12), 300, 300);
        var looks = Looks(counts);
        Assert.All(looks[..Row(days: 1, hours: 20)], look => Assert.True(look is { Learning: true, OnceIn.Ticks: 0 }));
        Assert.False(looks[^1].Learning);
    }

    [Fact]
    public void A_burst_as_large_as_those_of_every_day_is_no_news()
    {
        var counts = Rhythm(new Random(10), 5, weeks: 6);
        for (var day = 3; day < 40; day++)
        {
            Add(counts, Row(day, 5 + (day * 7 % 13)), 150, 120, 60);
        }

        Assert.All(Runs(counts), run => Assert.InRange(run.StartedAt, Start, Start.AddDays(8)));
        Add(counts, Row(41, 15), 900, 700, 400);
        Assert.Equal(Start + (Row(41, 15) * Bucket), Runs(counts)[^1].StartedAt);
    }

    private static List<double?> Rhythm(Random random, double perBucket, int weeks, TimeSpan? bucket = null)
    {
        var step = bucket ?? Bucket;
        return [.. Enumerable.Range(0, (int)(TimeSpan.FromDays(7 * weeks) / step)).Select(row =>
        {
            var at = Start + (row * step);
            var day = 1 + (0.7 * Math.Sin((at.TimeOfDay.TotalHours - 8) / 24 * 2 * Math.PI));
            var weekend = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1;
            return (double?)Poisson(random, perBucket * day * weekend * (0.7 + (0.6 * random.NextDouble())));
        })];
    }

    private static double Poisson(Random random, double mean)
    {
        if (mean > 60)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        var (count, left) = (0, Math.Exp(-mean));
        for (var chance = random.NextDouble(); chance > left; chance *= random.NextDouble())
        {
            count++;
        }

        return count;
    }

    private static int Row(int days, int hours) => (int)((TimeSpan.FromDays(days) + TimeSpan.FromHours(hours)) / Bucket);

    private static void Add(List<double?> counts, int row, params int[] more)
    {
        for (var i = 0; i < more.Length; i++)
        {
            counts[row + i] += more[i];
        }
    }

    private static List<SpikeLook> Looks(List<double?> counts) => [.. SpikeTrace.Along(new(Start, Bucket, Warsaw), counts)];

    private static List<SignalRun> Runs(List<double?> counts) => [.. SpikeRule.Default.Evaluate(new MonitorId(Guid.Empty), Looks(counts))];

    private static double Figure(SignalRun run, string name) => run.Peak.Figures.First(figure => figure.Name == name).Value;

    private static double Mean(IEnumerable<double> values) => values.Average();
}
