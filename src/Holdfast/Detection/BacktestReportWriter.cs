using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Detection;
using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>Tells a back-test in lines for people or in JSON for programs. Times are the brand's own; no text of a post is shown.</summary>
internal static class BacktestReportWriter
{
    private const double DaysInAMonth = 30.4;

    public static void Write(BacktestReport report, TextWriter writer)
    {
        var zone = report.Watched.Zone;
        if (report.Mentions == 0)
        {
            writer.WriteLine($"Nothing is stored of {report.Watched.Brand.Name} in that time.");
            return;
        }

        writer.WriteLine(Invariant($"{report.Watched.Brand.Name}: {report.Mentions} mentions from {Local(report.Span.From, zone)} to {Local(report.Span.To, zone)} ({zone.Id})"));
        foreach (var (run, posts, monitor) in report.Signals)
        {
            writer.WriteLine();
            writer.WriteLine(Invariant($"{Local(run.StartedAt, zone)} – {Until(run, zone)}  level {(int)run.Subject.Level}{(run.Subject.AtOnce ? " at once" : "")}{(run.Subject.Shadow ? " (shadow)" : "")}  {run.Subject.Kind}, rule {run.Subject.Rule}{(monitor is null ? "" : $", monitor {monitor}")}"));
            writer.WriteLine(Invariant($"    {string.Join(", ", run.Peak.Figures.Select(Told))}; strongest at {Local(run.Peak.At, zone)}; {Posts(run, posts)}{About(run)}"));
        }

        writer.WriteLine();
        writer.WriteLine("Episodes");
        foreach (var level in Enum.GetValues<Level>().Where(level => level >= Level.Two))
        {
            var episodes = report.Episodes(level);
            writer.WriteLine(Invariant($"    level {(int)level} and above: {episodes.Count}{(episodes.Count == 0 ? "" : ": ")}{string.Join("; ", episodes.Select(episode => $"{Local(episode.From, zone)} – {Local(episode.To, zone)}"))}"));
        }

        var months = Math.Max(report.Span.Count / 1440.0 / DaysInAMonth, 1 / DaysInAMonth);
        writer.WriteLine(Invariant($"{report.Signals.Count} signals in {report.Span.Count / 1440.0:0.0} days: {string.Join(", ", report.Signals.GroupBy(signal => signal.Run.Subject.Rule).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}; {report.Signals.Count(signal => signal.Run.Subject.Level >= Level.Three) / months:0.0} a month of level 3 and above"));
        foreach (var failure in report.Failures)
        {
            writer.WriteLine($"The rule {failure.Rule} broke and was skipped: {failure.Exception.Message}");
        }
    }

    public static void WriteJson(BacktestReport report, TextWriter writer) => writer.WriteLine(JsonSerializer.Serialize(
        new
        {
            brand = report.Watched.Brand.Name,
            timeZone = report.Watched.Zone.Id,
            mentions = report.Mentions,
            from = report.Span.From,
            to = report.Span.To,
            signals = report.Signals.Select(signal => new
            {
                kind = signal.Run.Subject.Kind,
                rule = signal.Run.Subject.Rule,
                level = (int)signal.Run.Subject.Level,
                atOnce = signal.Run.Subject.AtOnce,
                shadow = signal.Run.Subject.Shadow,
                monitor = signal.Monitor,
                startedAt = signal.Run.StartedAt,
                lastAt = signal.Run.LastAt,
                peakAt = signal.Run.Peak.At,
                figures = signal.Run.Peak.Figures,
                posts = signal.Posts,
                about = signal.Run.Peak.Topic?.Words ?? [],
            }),
            episodes = Enum.GetValues<Level>().Where(level => level >= Level.Two).SelectMany(level => report.Episodes(level))
                .Select(episode => new { level = (int)episode.Level, from = episode.From, to = episode.To }),
            failures = report.Failures.Select(failure => new { rule = failure.Rule, reason = failure.Exception.Message }),
        },
        Json.Options));

    private static string Told(Figure figure) => Invariant($"{figure.Name} {figure.Value:0.#} {figure.Unit}");

    private static string Posts(SignalRun run, int posts) =>
        run.Subject.Kind == SignalKind.Threshold && posts == Signal.MaxPosts ? $"{posts} posts and more behind it" : Invariant($"{posts} post{(posts == 1 ? "" : "s")} behind it");

    private static string About(SignalRun run) => run.Peak.Topic is { Words.Count: > 0 } topic ? $"; about: {TopicName.Of(topic.Words)}" : "";

    private static string Until(SignalRun run, TimeZoneInfo zone)
    {
        var (from, to) = (TimeZoneInfo.ConvertTime(run.StartedAt, zone), TimeZoneInfo.ConvertTime(run.LastAt, zone));
        return to.ToString(from.Date == to.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Local(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
