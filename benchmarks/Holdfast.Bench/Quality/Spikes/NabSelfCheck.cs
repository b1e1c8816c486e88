using System.Text.Json;

namespace Holdfast.Bench.Quality.Spikes;

/// <summary>Our scorer must give the scores that the benchmark's own gave for three fixed detectors, where the folder has them.</summary>
internal static class NabSelfCheck
{
    private const double Rounding = 0.00006;

    /// <summary>What differs; empty where all is the same; null where there is nothing to check against.</summary>
    public static IReadOnlyList<string>? Differences(string folder)
    {
        var path = Path.Combine(folder, "scorer_selfcheck.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using var check = JsonDocument.Parse(File.ReadAllText(path));
        var file = check.RootElement.GetProperty("file").GetString()!.Split('/');
        var series = NabData.Read(folder, file[0]).First(series => series.Name + ".csv" == file[1]);
        return [.. check.RootElement.GetProperty("cases").EnumerateObject().SelectMany(fixedCase =>
            NabProfile.All.SelectMany(profile => Compare(series, fixedCase, profile)))];
    }

    private static IEnumerable<string> Compare(NabSeries series, JsonProperty fixedCase, NabProfile profile)
    {
        var name = profile.Name == "standard" ? profile.Name : profile.Name + "_rate";
        var wanted = fixedCase.Value.GetProperty(name);
        var raw = NabScorer.Raw(series, Detections(series, fixedCase.Name), profile);
        (string What, double Is, double Should)[] pairs =
        [
            ("raw", raw, wanted.GetProperty("raw").GetDouble()),
            ("normalised", NabScorer.Normalised(raw, series.Windows.Count, profile), wanted.GetProperty("normalised_on_this_file").GetDouble()),
        ];
        return pairs
            .Where(pair => Math.Abs(pair.Is - pair.Should) > Rounding)
            .Select(pair => $"{fixedCase.Name}, {profile.Name}, {pair.What}: {pair.Is} and should be {pair.Should}");
    }

    private static IEnumerable<int> Detections(NabSeries series, string name) => name switch
    {
        "null" => [],
        "one detection at each window start" => series.Windows.Select(window => window.From),
        "every row whose value > 3000" => Enumerable.Range(0, series.Values.Count).Where(row => series.Values[row] > 3000),
        _ => throw new InvalidOperationException($"The self-check has a case that is not known: {name}."),
    };
}
