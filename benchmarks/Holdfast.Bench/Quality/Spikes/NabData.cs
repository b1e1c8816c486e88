using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Holdfast.Bench.Quality.Spikes;

/// <summary>Reads a folder of the benchmark's form: data/GROUP/*.csv(.gz), labels/combined_windows.json, labels/combined_labels.json.</summary>
internal static class NabData
{
    public static IReadOnlyList<NabSeries> Read(string folder, string group)
    {
        var windows = Labels<List<List<string>>>(folder, "combined_windows.json");
        var labels = Labels<List<string>>(folder, "combined_labels.json");
        return [.. Directory.EnumerateFiles(Path.Combine(folder, "data", group))
            .Where(file => file.Contains(".csv", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => Series(file, group, windows, labels))];
    }

    public static IEnumerable<string> Groups(string folder) =>
        Directory.EnumerateDirectories(Path.Combine(folder, "data")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static NabSeries Series(
        string file, string group, Dictionary<string, List<List<string>>> windows, Dictionary<string, List<string>> labels)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        reader.ReadLine();
        var times = new List<DateTimeOffset>();
        var values = new List<double?>();
        while (reader.ReadLine() is { } line)
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            times.Add(Time(line[..comma]));
            values.Add(double.TryParse(line[(comma + 1)..], CultureInfo.InvariantCulture, out var value) ? Math.Max(0, value) : null);
        }

        var name = Path.GetFileName(file).Replace(".gz", "", StringComparison.Ordinal);
        var key = $"{group}/{name}";
        var rows = windows.GetValueOrDefault(key, []).Select(window => (Row(times, window[0]), Row(times, window[1]))).ToList();
        // Where the labelled instants are not given, the middle of a window stands for them: that is how the windows were made.
        var labelled = labels.TryGetValue(key, out var given) && given.Count == rows.Count
            ? given.Select(at => Row(times, at)).ToList()
            : [.. rows.Select(window => (window.Item1 + window.Item2) / 2)];
        return new(name.Replace(".csv", "", StringComparison.Ordinal), times[0], times[1] - times[0], values, rows, labelled);
    }

    private static int Row(List<DateTimeOffset> times, string at)
    {
        var row = times.BinarySearch(Time(at));
        return row >= 0 ? row : ~row;
    }

    private static Dictionary<string, T> Labels<T>(string folder, string file)
    {
        var path = Path.Combine(folder, "labels", file);
        return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, T>>(File.ReadAllText(path))! : [];
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
