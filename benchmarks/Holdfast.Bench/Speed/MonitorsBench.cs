using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Bench.Speed;

/// <summary>
/// <c>./bench monitors [--json]</c>: ten thousand monitors that have each gained a post are looked at again, by the rules of the default plan, in
/// milliseconds of processor time. Reading the pulse from the database is not part of it.
/// </summary>
internal static class MonitorsBench
{
    private const int Monitors = 10_000;
    private const int Rounds = 7;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("monitors", "Ten thousand monitors looked at again, on one core.") { json };
        command.SetAction(parsed => Run(parsed.GetValue(json)));
        return command;
    }

    private static void Run(bool json)
    {
        const int seed = 1;
        var random = new Random(seed);
        var brand = new Brand(new(new Guid(1, 0, 0, new byte[8])), "Kestrel Rail", [], [], "Europe/Warsaw");
        var histories = Enumerable.Range(0, Monitors).Select(number => (Monitor: new MonitorId(new Guid(number, 1, 0, new byte[8])), Minutes: History(random))).ToList();
        var watch = new SpikeWatch();
        var at = Start.AddDays(5);
        foreach (var (monitor, minutes) in histories)
        {
            Look(watch, brand, monitor, minutes, at);
        }

        var (all, spikes) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            var now = at.AddMinutes(round);
            var recent = histories.Select(history => (history.Monitor, Minutes: Gained(history.Minutes, now))).ToList();
            GC.Collect();
            var clock = Environment.CpuUsage.TotalTime;
            foreach (var (monitor, minutes) in recent)
            {
                LookForSpikes(watch, monitor, Metric.Mentions, minutes, now);
            }

            spikes.Add((Environment.CpuUsage.TotalTime - clock).TotalMilliseconds);
            clock = Environment.CpuUsage.TotalTime;
            foreach (var (monitor, minutes) in recent)
            {
                Look(watch, brand, monitor, minutes, now);
            }

            all.Add((Environment.CpuUsage.TotalTime - clock).TotalMilliseconds);
        }

        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["monitors"] = Monitors,
            ["one_spike_rule_cpu_ms"] = Median(spikes),
            ["default_plan_cpu_ms"] = Median(all),
            ["state_bytes"] = new SpikeDetector(Start, SpikeWatch.Bucket, Zone).Save().Length,
        };
        foreach (var (name, value) in figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {value,10:N1}"));
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures));
        }
    }

    /// <summary>Everything of the default plan that looks at a pulse.</summary>
    private static void Look(SpikeWatch watch, Brand brand, MonitorId monitor, IReadOnlyList<PulseMinute> minutes, DateTimeOffset now)
    {
        var pulse = new Pulse(monitor, minutes);
        var looks = SpikeRule.Volume.CanHold(pulse) ? LookForSpikes(watch, monitor, Metric.Mentions, minutes, now) : [];
        var negative = SpikeRule.Negative.CanHold(pulse) ? LookForSpikes(watch, monitor, Metric.Negative, minutes, now) : [];
        var rises = RuleSet.Default.Forecast.CanHold(pulse, new(now, now));
        Detector.Evaluate(new(brand, RuleSet.Default, new(now, now), [pulse], [], (_, _) => null)
        {
            Days = _ => rises ? new(Start, minutes, BlindTimes.None) : null,
            Spikes = (_, metric) => metric == Metric.Negative ? negative : looks,
        });
    }

    private static IReadOnlyList<SpikeLook> LookForSpikes(SpikeWatch watch, MonitorId monitor, Metric metric, IReadOnlyList<PulseMinute> minutes, DateTimeOffset now)
    {
        var span = SpikeWatch.Reached(new(now, now), new(monitor, minutes));
        watch.Needs(monitor, metric, Start, span, BlindTimes.None);
        return watch.Look(monitor, metric, Start, span, Zone, minutes, BlindTimes.None);
    }

    private static List<PulseMinute> History(Random random)
    {
        var each = Math.Exp(random.NextDouble() * 5) * 8;
        return [.. Enumerable.Range(0, (int)(TimeSpan.FromDays(5).TotalMinutes / each)).Select(n => new PulseMinute(
            MinuteSpan.Of(Start.AddMinutes(n * each), Start).From, 1 + random.Next(3), random.Next(2), 500, [n], []))];
    }

    /// <summary>What the rules have in hand: the hours before, and one post more.</summary>
    private static List<PulseMinute> Gained(List<PulseMinute> minutes, DateTimeOffset now) =>
        [.. minutes.Where(minute => minute.Minute > now.AddHours(-7)), new(now, 1, 0, 500, [1], [])];

    private static double Median(List<double> values) => Math.Round(values.Order().ElementAt(values.Count / 2), 1);
}
