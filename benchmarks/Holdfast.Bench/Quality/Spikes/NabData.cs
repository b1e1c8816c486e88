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
        var data = Path.Combine(folder, "data", group);
        return !Directory.Exists(data)
            ? []
            : [.. Directory.EnumerateFiles(data)
                .Where(file => file.Contains(".csv", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(file => Series(file, group, windows, labels))
                .OfType<NabSeries>()];
    }

    public static IEnumerable<string> Groups(string folder) => !Directory.Exists(Path.Combine(folder, "data")) ? [] :
        Directory.EnumerateDirectories(Path.Combine(folder, "data")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Null where it has not even two rows: without a step it is no series.</summary>
    private static NabSeries? Series(
        string file, string group, Dictionary<string, List<List<string>>> windows, Dictionary<string, List<string>> labels)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        reader.ReadLine();
        var times = new List<DateTimeOffset>();
        var values = new List<double?>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length > 1 && DateTimeOffset.TryParse(cells[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                times.Add(at);
                values.Add(double.TryParse(cells[1], CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? Math.Max(0, value) : null);
            }
        }

        if (times.Count < 2)
        {
            return null;
        }

        var name = Path.GetFileName(file).Replace(".gz", "", StringComparison.Ordinal);
        var key = $"{group}/{name}";
        var rows = windows.GetValueOrDefault(key, []).Select(window => (Row(times, window[0]), LastRow(times, window[1]))).ToList();
        // Where the labelled instants are not given, the middle of a window stands for them: that is how the windows were made.
        var labelled = labels.TryGetValue(key, out var given) && given.Count == rows.Count
            ? given.Select(at => Row(times, at)).ToList()
            : [.. rows.Select(window => (window.Item1 + window.Item2) / 2)];
        var step = times.Skip(1).Zip(times, (next, at) => next - at).GroupBy(step => step).MaxBy(steps => steps.Count())!.Key;
        return new(
            name.Replace(".csv", "", StringComparison.Ordinal), times[0], step, values, rows, labelled, [.. times.Select(at => (int)Math.Round((at - times[0]) / step))]);
    }

    private static int Row(List<DateTimeOffset> times, string at)
    {
        var row = times.BinarySearch(Time(at));
        return Math.Min(row >= 0 ? row : ~row, times.Count - 1);
    }

    private static int LastRow(List<DateTimeOffset> times, string at)
    {
        var row = times.BinarySearch(Time(at));
        return row >= 0 ? row : ~row - 1;
    }

    private static Dictionary<string, T> Labels<T>(string folder, string file)
    {
        var path = Path.Combine(folder, "labels", file);
        return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, T>>(File.ReadAllText(path))! : [];
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
