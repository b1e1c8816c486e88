using System.CommandLine;
using System.Text.Json;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Listening;
using Holdfast.Core.Plans;
using Holdfast.Core.Reading;
using Holdfast.Detection;

namespace Holdfast.Bench.Speed;

/// <summary><c>bench backtest</c>: how fast rules are tried on posts that are read already, and on a year of a brand's pulse.</summary>
internal static class BacktestBench
{
    private const double Goal = 50_000;
    private static readonly Brand Brand = new(new(new Guid(1, 0, 0, new byte[8])), "Bench", ["bench"], ["en", "pl"], "Europe/Warsaw");

    public static Command Create()
    {
        var posts = new Option<int>("--posts") { Description = "How many posts", DefaultValueFactory = _ => 200_000 };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line" };
        var command = new Command("backtest", "Posts a second through the rules of a plan, and a year of a pulse through its thresholds.") { posts, json };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(posts), parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int count, bool json, CancellationToken cancel)
    {
        var ordinary = History(count, TimeSpan.FromDays(60), storm: false);
        var storm = History(count, TimeSpan.FromDays(7), storm: true);
        // Once over for each, so that what is compiled on the way is not counted.
        await TimeAsync(ordinary, CrisisPlan.Template(), cancel);
        await TimeAsync(storm, CrisisPlan.Template(), cancel);
        var (quick, some) = await TimeAsync(ordinary, CrisisPlan.Template(), cancel);
        var (hard, many) = await TimeAsync(storm, CrisisPlan.Template(), cancel);
        var year = Year();
        var counts = CrisisPlan.Template();
        counts = counts with { Rules = counts.Rules with { Thresholds = [.. counts.Rules.Thresholds, ThresholdRule.Assign with { Name = "relative", Of = NumberOf.TimesUsual, Number = 3 }] } };
        var (pulse, runs) = await TimeAsync(year, counts, cancel);
        Console.WriteLine(FormattableString.Invariant($"{count} posts over 60 days: {count / quick:0} posts/s, {some} signals"));
        Console.WriteLine(FormattableString.Invariant($"{count} posts over 7 days, a storm: {count / hard:0} posts/s, {many} signals"));
        Console.WriteLine(FormattableString.Invariant($"a year of a pulse, {year.Mentions} mentions in its minutes: {pulse:0.00} s, {runs} signals"));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                posts_per_second = Math.Round(count / quick),
                storm_posts_per_second = Math.Round(count / hard),
                year_of_pulse_seconds = Math.Round(pulse, 3),
                goal_posts_per_second = Goal,
            }));
        }

        return count / quick >= Goal ? 0 : 1;
    }

    private static async Task<(double Seconds, int Signals)> TimeAsync(BacktestInput input, CrisisPlan plan, CancellationToken cancel)
    {
        // Of one core: what else the machine does must not count.
        var start = Environment.CpuUsage.TotalTime;
        var set = await Backtest.RunAsync(input, plan, "", cancel);
        return ((Environment.CpuUsage.TotalTime - start).TotalSeconds, set.Signals.Count);
    }

    /// <summary>The posts of the invented public over and over; in a storm every third complains.</summary>
    private static BacktestInput History(int count, TimeSpan length, bool storm)
    {
        var from = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        var random = new Random(7);
        var texts = (storm ? CurveLibrary.Make(CurveFamily.Sudden, 1).Posts.TakeLast(400) : CurveLibrary.Make(CurveFamily.ViralPraise, 1).Posts.Take(4_000))
            .Select(post => (post.Text, Reading: Reader.Read(post, Brand with { Name = "Aurelka" }))).ToList();
        var monitor = new MonitorId(new Guid(2, 0, 0, new byte[8]));
        var mentions = Enumerable.Range(0, count).Select(i =>
        {
            var (text, reading) = texts[random.Next(texts.Count)];
            return new Mention(
                Brand.Id, new(new Guid(i + 1, 0, 0, new byte[8])), [monitor], from + (length * ((i + random.NextDouble()) / count)), "x", $"a{random.Next(count / 4)}", 100,
                $"{text} {random.Next(1000)}", reading, Voice.Public, false);
        }).ToList();
        return new(
            Brand,
            new ReadHistory(mentions.Where(ReadHistory.Counts), [PostsHistory.Pulse(monitor, mentions)], TimeZoneInfo.Utc),
            MinuteSpan.Of(mentions[0].At, mentions[^1].At),
            count,
            new Dictionary<MonitorId, string>(),
            []);
    }

    /// <summary>Every minute of a year counted something.</summary>
    private static BacktestInput Year()
    {
        var from = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var random = new Random(8);
        var minutes = Enumerable.Range(0, 365 * 1440).Select(i =>
        {
            var mentions = 1 + random.Next(4);
            var negative = random.Next(12) == 0 ? 1 : 0;
            return new PulseMinute(from.AddMinutes(i), mentions, negative, 1000, [.. Enumerable.Range(0, mentions).Select(_ => random.Next())], negative == 0 ? [] : [random.Next()]);
        }).ToList();
        return new(
            Brand,
            new ReadHistory([], [new Pulse(new(new Guid(2, 0, 0, new byte[8])), minutes)], TimeZoneInfo.Utc),
            new(from, minutes[^1].Minute),
            minutes.Sum(minute => minute.Mentions),
            new Dictionary<MonitorId, string>(),
            []);
    }
}
