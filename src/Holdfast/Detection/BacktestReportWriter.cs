using System.Globalization;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.People;

namespace Holdfast.Detection;

/// <summary>Tells a back-test in lines for people. Times are the brand's own; no text of a post is shown.</summary>
internal static class BacktestReportWriter
{
    public static void Write(BacktestReport report, Func<PersonId, string> nameOf, TextWriter writer)
    {
        var input = report.Input;
        if (input.Span is not { } span)
        {
            writer.WriteLine($"Nothing is known of {input.Brand.Name} in that time.");
            return;
        }

        writer.WriteLine(Invariant($"{input.Brand.Name}: {input.Mentions} mentions from {Local(span.From, input.Zone)} to {Local(span.To, input.Zone)} ({input.Zone.Id})"));
        foreach (var mark in input.Marks)
        {
            writer.WriteLine(Invariant($"Marked: {Local(mark.From, input.Zone)} – {Local(mark.To, input.Zone)} {(mark.Verdict == Verdict.Real ? "was real" : "was nothing")}"));
        }

        Write(report.Tried, report, nameOf, writer);
        if (report.Against is { } against)
        {
            Write(against, report, nameOf, writer);
            Write(report.Comparison!, report, writer);
        }
    }

    private static void Write(BacktestSet set, BacktestReport report, Func<PersonId, string> nameOf, TextWriter writer)
    {
        var zone = report.Input.Zone;
        writer.WriteLine();
        writer.WriteLine($"== {set.Name} ==");
        foreach (var (run, posts, monitor) in set.Signals)
        {
            writer.WriteLine();
            writer.WriteLine(Invariant($"{Local(run.StartedAt, zone)} – {Until(run.StartedAt, run.LastAt, zone)}  level {(int)run.Subject.Level}{(run.Subject.AtOnce ? " at once" : "")}{(run.Subject.Shadow ? " (shadow)" : "")}  {run.Subject.Kind}, rule {run.Subject.Rule}{(monitor is null ? "" : $", monitor {monitor}")}"));
            writer.WriteLine(Invariant($"    {string.Join(", ", run.Peak.Figures.Select(Told))}; strongest at {Local(run.Peak.At, zone)}; {Posts(run, posts)}{About(run)}"));
        }

        writer.WriteLine();
        writer.WriteLine("Situations");
        foreach (var situation in set.Situations)
        {
            writer.WriteLine(Invariant($"    {Local(situation.From, zone)} – {Until(situation.From, situation.To, zone)}  {situation.Title}: {string.Join(", ", situation.Levels.Select(level => Step(level, situation.From, zone)))}"));
            foreach (var page in situation.Pages)
            {
                writer.WriteLine(Invariant($"        {Clock(page.At, situation.From, zone)} pages {string.Join(", ", page.People.Select(nameOf))}{(page.ToConfirm ? Invariant($" to confirm level {(int)page.Level}") : "")}"));
            }
        }

        writer.WriteLine("Episodes");
        foreach (var level in Enum.GetValues<Level>().Where(level => level >= Level.Two))
        {
            var episodes = set.Episodes(level);
            writer.WriteLine(Invariant($"    level {(int)level} and above: {episodes.Count}{(episodes.Count == 0 ? "" : ": ")}{string.Join("; ", episodes.Select(episode => $"{Local(episode.From, zone)} – {Local(episode.To, zone)}"))}"));
        }

        writer.WriteLine(Invariant($"{set.Signals.Count} signals and {set.Situations.Count} situations in {set.Alarms.Days:0.0} days: {string.Join(", ", set.Signals.GroupBy(signal => signal.Run.Subject.Rule).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}"));
        writer.WriteLine(Alarms(set.Alarms));
        foreach (var failure in set.Failures)
        {
            writer.WriteLine($"The rule {failure.Rule} broke and was skipped: {failure.Exception.Message}");
        }
    }

    private static void Write(SideBySide comparison, BacktestReport report, TextWriter writer)
    {
        var (zone, first, second) = (report.Input.Zone, report.Tried.Name, report.Against!.Name);
        writer.WriteLine();
        writer.WriteLine($"== {first} against {second} ==");
        foreach (var shared in comparison.Both)
        {
            var minutes = Math.Abs(shared.Lead.TotalMinutes);
            var who = shared.Lead == TimeSpan.Zero ? "both at the same minute" : Invariant($"{(shared.Lead > TimeSpan.Zero ? first : second)} {minutes:0} min earlier");
            writer.WriteLine($"    {Local(shared.First.From, zone)}  {who}");
        }

        comparison.OnlyFirst.ToList().ForEach(one => writer.WriteLine($"    {Local(one.From, zone)}  only {first}"));
        comparison.OnlySecond.ToList().ForEach(one => writer.WriteLine($"    {Local(one.From, zone)}  only {second}"));
        if (comparison.Both.Count + comparison.OnlyFirst.Count + comparison.OnlySecond.Count == 0)
        {
            writer.WriteLine("    Neither would have opened a situation.");
        }
    }

    private static string Alarms(AlarmCount alarms)
    {
        var rate = alarms.Unmarked == 0
            ? Invariant($"{alarms.FalseAMonth:0.0} false alarms a month")
            : Invariant($"between {alarms.FalseAMonth:0.0} and {alarms.AtMostFalseAMonth:0.0} false alarms a month, as {alarms.Unmarked} are not marked yet");
        return Invariant($"Of the situations {alarms.Real} were marked real and {alarms.False} false: {rate}{(alarms.IsGuess ? Invariant($" (a guess from {alarms.Days:0.0} days)") : "")}");
    }

    private static string Step(ForeseenLevel level, DateTimeOffset from, TimeZoneInfo zone) =>
        Invariant($"level {(int)level.Level}{(level.Proposed ? " proposed" : "")} {Clock(level.At, from, zone)}{(level.Rule.Length > 0 ? $" by {level.Rule}" : " as nobody answered")}");

    private static string Told(Figure figure) => Invariant($"{figure.Name} {figure.Value:0.#} {figure.Unit}");

    private static string Posts(SignalRun run, int posts) =>
        run.Subject.Kind == SignalKind.Threshold && posts == Signal.MaxPosts ? $"{posts} posts and more behind it" : Invariant($"{posts} post{(posts == 1 ? "" : "s")} behind it");

    private static string About(SignalRun run) => run.Peak.Topic is { Words.Count: > 0 } topic ? $"; about: {TopicName.Of(topic.Words)}" : "";

    private static string Clock(DateTimeOffset at, DateTimeOffset from, TimeZoneInfo zone) => Until(from, at, zone);

    private static string Until(DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone)
    {
        var (from, to) = (TimeZoneInfo.ConvertTime(start, zone), TimeZoneInfo.ConvertTime(end, zone));
        return to.ToString(from.Date == to.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Local(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
