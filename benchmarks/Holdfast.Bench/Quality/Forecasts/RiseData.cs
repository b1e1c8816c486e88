using System.Globalization;
using Holdfast.Bench.Quality.Spikes;
using Holdfast.Core.Detection;

namespace Holdfast.Bench.Quality.Forecasts;

/// <summary>Counts in buckets of five minutes.</summary>
internal sealed record RiseSeries(string Name, string Kind, IReadOnlyList<double> Counts)
{
    private const int Day = 288;
    private readonly double[] _before = Sums(Counts);

    /// <summary>Of the buckets from one to before another.</summary>
    public double Sum(int from, int to) => _before[Math.Min(to, Counts.Count)] - _before[Math.Clamp(from, 0, Counts.Count)];

    /// <summary>Of an hour, in the day before the last hour: what can be known of it without a longer history.</summary>
    public double Usual(int now) => Sum(now - Day, now - 12) / Math.Max(1, Math.Min(Day - 12, now - 12)) * 12;

    public double[] Hour(int now) => [.. Counts.Skip(now - 12).Take(12)];

    public IReadOnlyList<ForecastBand>? Forecast(int now) => Core.Detection.Forecast.Of(Hour(now), Usual(now));

    private static double[] Sums(IReadOnlyList<double> counts)
    {
        var sums = new double[counts.Count + 1];
        for (var i = 0; i < counts.Count; i++)
        {
            sums[i + 1] = sums[i] + counts[i];
        }

        return sums;
    }
}

/// <summary>The rises that forecasts are measured on: tweets about companies, about disasters, and complaints about airlines.</summary>
internal static class RiseData
{
    public static IReadOnlyList<RiseSeries> Read(string data) => [.. Companies(data), .. Disasters(data), .. Airlines(data)];

    private static IEnumerable<RiseSeries> Companies(string data) => NabData.Read(Path.Combine(data, "nab"), "realTweets")
        .Select(series => new RiseSeries(series.Name, "companies", [.. series.Values.Select(value => value ?? 0)]));

    private static IEnumerable<RiseSeries> Disasters(string data) => DataSet.Rows(data, "crisislex/t26_volume_per_minute.tsv.gz")
        .GroupBy(row => row[0])
        .Select(rows => Of(rows.Key, "disasters", rows.Select(row => (Time(row[1]), double.Parse(row[2], CultureInfo.InvariantCulture)))));

    private static IEnumerable<RiseSeries> Airlines(string data) => DataSet.Rows(data, "airline/airline.tsv.gz")
        .Where(row => row[3] == "negative")
        .GroupBy(row => row[2])
        .Select(rows => Of(rows.Key, "airlines", rows.Select(row => (Time(row[1]), 1.0))));

    private static RiseSeries Of(string name, string kind, IEnumerable<(DateTimeOffset At, double Count)> counted)
    {
        var all = counted.ToList();
        var first = all.Min(one => one.At);
        var counts = new double[1 + (int)((all.Max(one => one.At) - first) / Forecast.Bucket)];
        foreach (var (at, count) in all)
        {
            counts[(int)((at - first) / Forecast.Bucket)] += count;
        }

        return new(name, kind, counts);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
