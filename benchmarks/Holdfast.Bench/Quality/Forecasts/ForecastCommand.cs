using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Detection;

namespace Holdfast.Bench.Quality.Forecasts;

/// <summary><c>./bench forecast [--data DIR] [--json]</c>: how well the next hour of a rise is told.</summary>
internal static class ForecastCommand
{
    private static readonly double[] Times = [3, 5, 10];

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "The development data; beside the repository without it.",
            DefaultValueFactory = _ => new(Path.Combine(Repository.Root, "..", "shared", "data")),
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("forecast", "Forecasts of rises: coverage, loss against simpler ones, minutes gained.") { data, json };
        command.SetAction(parsed => Run(parsed.GetValue(data)!.FullName, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string data, bool json)
    {
        if (!Directory.Exists(data))
        {
            Console.Error.WriteLine($"There is no folder {data}; name it with --data.");
            return 1;
        }

        var all = RiseData.Read(data);
        var figures = new Dictionary<string, object>();
        foreach (var kind in all.Select(series => series.Kind).Distinct().Prepend("all"))
        {
            IReadOnlyList<RiseSeries> some = [.. all.Where(series => kind == "all" || series.Kind == kind)];
            foreach (var horizon in Enumerable.Range(0, Forecast.After.Count))
            {
                var quality = ForecastQuality.Measure(some, horizon);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{kind,-10} {quality.After.TotalMinutes,3} min  {quality.Forecasts,5} forecasts  coverage {100 * quality.Coverage,5:0.0} %  loss {quality.Loss:0.0000}  persistence {quality.Persistence:0.0000} (point {quality.PersistencePoint:0.0000})  growth {quality.Growth:0.0000} (point {quality.GrowthPoint:0.0000})"));
                figures[$"{kind}_{quality.After.TotalMinutes}"] = new
                {
                    forecasts = quality.Forecasts,
                    coverage = Round(quality.Coverage),
                    loss = Round(quality.Loss),
                    persistence = Round(quality.Persistence),
                    persistence_point = Round(quality.PersistencePoint),
                    last_growth = Round(quality.Growth),
                    last_growth_point = Round(quality.GrowthPoint),
                };
            }
        }

        foreach (var (kind, times) in all.Select(series => series.Kind).Distinct().Prepend("all").SelectMany(kind => Times.Select(times => (kind, times))))
        {
            var calls = EarlyCalls.Of([.. all.Where(series => kind == "all" || series.Kind == kind)], times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind,-10} {times,2} x the mean hour: {calls.Crossings} crossings, {calls.Called} called before by {calls.MedianMinutes} minutes (median), {calls.FalseCalls} false calls in {calls.Weeks:0.0} weeks"));
            figures[$"early_calls_{kind}_{times}x"] = new
            {
                crossings = calls.Crossings,
                called = calls.Called,
                median_minutes = calls.MedianMinutes,
                false_calls = calls.FalseCalls,
                weeks = Round(calls.Weeks),
            };
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures));
        }

        return 0;
    }

    private static double Round(double value) => Math.Round(value, 4);
}
