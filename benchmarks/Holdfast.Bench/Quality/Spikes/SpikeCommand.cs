using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Holdfast.Bench.Quality.Spikes;

/// <summary><c>./bench spikes --data DIR [--threshold T] [--json]</c>: how early and how quiet the spike rule is on labelled series.</summary>
internal static class SpikeCommand
{
    private const string Measured = "realTweets";
    private const double MostFalse = 0.3;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A folder of the Numenta Anomaly Benchmark's form.", Required = true };
        var threshold = new Option<double>("--threshold")
        {
            Description = "Between 0 and 1; the product's own without it.",
            DefaultValueFactory = _ => SpikeQuality.DefaultThreshold,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("spikes", "Spikes in labelled series: score, delay, false alarms.") { data, threshold, json };
        command.SetAction(parsed => Run(parsed.GetValue(data)!.FullName, parsed.GetValue(threshold), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string folder, double threshold, bool json)
    {
        switch (NabSelfCheck.Differences(folder))
        {
            case null:
                Console.WriteLine("The scorer was not checked: the folder has no scorer_selfcheck.json.");
                break;
            case { Count: 0 }:
                Console.WriteLine("The scorer gives the reference scores.");
                break;
            case var differences:
                Console.Error.WriteLine(string.Join('\n', differences));
                return 1;
        }

        var all = NabData.Read(folder, Measured).Select(series => (Series: series, Looks: SpikeQuality.Looks(series))).ToList();
        if (all.Count == 0)
        {
            Console.Error.WriteLine($"There is no series in {Path.Combine(folder, "data", Measured)}.");
            return 1;
        }

        foreach (var one in all.Where(one => !one.Series.IsLookedAt))
        {
            Console.WriteLine($"{one.Series.Name} is not looked at: its step of {one.Series.Step} does not divide an hour.");
        }

        var results = all.Select(one => SpikeQuality.Detect(one.Series, one.Looks, threshold)).ToList();
        var figures = SpikeQuality.Figures(results);
        figures["threshold"] = threshold;
        figures["per_series"] = results.ToDictionary(result => result.Series.Name, result => SpikeQuality.Figures([result]));
        Print(figures);
        LeaveOneOut(all);
        Others(folder, threshold);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures));
        }

        return 0;
    }

    private static void Print(Dictionary<string, object?> figures)
    {
        foreach (var (name, value) in figures.Where(figure => figure.Key != "per_series"))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {value,8}"));
        }

        foreach (var (name, series) in (Dictionary<string, Dictionary<string, object?>>)figures["per_series"]!)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-24} score {series["standard"],6}  {series["hit_within_60"]}/{series["hit"]}/{series["windows"]} within 60/hit/windows  median {series["median_delay_minutes"],6} min  {series["false_per_series_week"]} false a week"));
        }
    }

    /// <summary>Each series at the threshold that is best for the others: by the score alone, and as a product would be set.</summary>
    private static void LeaveOneOut(IReadOnlyList<(NabSeries Series, IReadOnlyList<Holdfast.Core.Detection.SpikeLook> Looks)> all)
    {
        double[] thresholds = [.. Enumerable.Range(30, 121).Select(step => step * 0.005)];
        var tried = thresholds.ToDictionary(
            threshold => threshold, threshold => all.Select(one => SpikeQuality.Detect(one.Series, one.Looks, threshold)).ToList());
        foreach (var (name, worth) in new (string, Func<Dictionary<string, object?>, (double, double)>)[]
        {
            ("by the score of the others", others => ((double)others["standard"]!, 0)),
            ("by most of the others' windows within 60 at most 0.3 false, then score", others =>
                (double)others["false_per_series_week"]! <= MostFalse ? ((int)others["hit_within_60"]!, (double)others["standard"]!) : (-(double)others["false_per_series_week"]!, 0)),
        })
        {
            var chosen = all.Select((_, left) => tried.MaxBy(one => worth(SpikeQuality.Figures([.. one.Value.Where((_, i) => i != left)])))).ToList();
            var figures = SpikeQuality.Figures([.. chosen.Select((one, left) => one.Value[left])]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"leave one series out, threshold {name}: score {figures["standard"]}, {figures["hit_within_60"]} of {figures["windows"]} within 60 minutes, {figures["false_per_series_week"]} false a week (thresholds {string.Join(' ', chosen.Select(one => one.Key.ToString("0.000", CultureInfo.InvariantCulture)))})"));
        }

        foreach (var (threshold, results) in tried.Where(one => Math.Abs((one.Key * 20) - Math.Round(one.Key * 20)) < 1e-6))
        {
            var at = SpikeQuality.Figures(results);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  threshold {threshold:0.00}  score {at["standard"],6}  {at["hit_within_60"],2} within 60  {at["false_per_series_week"]} false a week"));
        }
    }

    /// <summary>The other groups: made-up series and those whose cause is known.</summary>
    private static void Others(string folder, double threshold)
    {
        foreach (var group in NabData.Groups(folder).Where(group => group != Measured))
        {
            foreach (var series in NabData.Read(folder, group).Where(series => series.IsLookedAt))
            {
                var result = SpikeQuality.Detect(series, SpikeQuality.Looks(series), threshold);
                Console.WriteLine($"  {group}/{series.Name}: {result.Delays.Count} of {series.Windows.Count} windows hit, {result.FalseEpisodes} false");
            }
        }
    }
}
