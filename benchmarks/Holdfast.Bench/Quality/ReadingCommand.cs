using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Holdfast.Bench.Quality;

/// <summary><c>./bench reading --data DIR [--json]</c>: how well and how fast posts are read.</summary>
internal static class ReadingCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "The development data.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("reading", "Quality and speed of reading posts: sentiment, language, intent.") { data, json };
        command.SetAction(parsed => Run(parsed.GetValue(data)!.FullName, parsed.GetValue(json)));
        return command;
    }

    private static void Run(string data, bool json)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in SentimentQuality.Measure(data).Concat(LanguageQuality.Measure(data)).Concat(IntentQuality.Measure(data)).Concat(ReadingSpeed.Measure(data)))
        {
            figures[name] = Math.Round(value, 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-52} {value,12:N1}"));
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures));
        }
    }
}
