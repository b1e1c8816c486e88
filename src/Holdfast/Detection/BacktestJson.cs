using System.Text.Json;
using System.Text.Json.Nodes;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.People;
using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>Tells a back-test to programs: the rules that were tried at the top, those they are compared with under "against".</summary>
internal static class BacktestJson
{
    public static void Write(BacktestReport report, Func<PersonId, string> nameOf, TextWriter writer)
    {
        var told = Told(report.Tried, nameOf);
        told["brand"] = report.Input.Brand.Name;
        told["timeZone"] = report.Input.Zone.Id;
        told["mentions"] = report.Input.Mentions;
        told["from"] = Node(report.Input.Span?.From);
        told["to"] = Node(report.Input.Span?.To);
        told["marks"] = Node(report.Input.Marks);
        told["against"] = report.Against is { } against ? Told(against, nameOf) : null;
        told["comparison"] = report.Comparison is { } comparison ? Told(comparison) : null;
        writer.WriteLine(told.ToJsonString(Json.Options));
    }

    private static JsonObject Told(BacktestSet set, Func<PersonId, string> nameOf) => new()
    {
        ["rules"] = set.Name,
        ["signals"] = Node(set.Signals.Select(signal => new
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
        })),
        ["situations"] = Node(set.Situations.Select(situation => Told(situation, nameOf))),
        ["episodes"] = Node(Enum.GetValues<Level>().Where(level => level >= Level.Two)
            .SelectMany(set.Episodes)
            .Select(episode => new { level = (int)episode.Level, from = episode.From, to = episode.To })),
        ["alarms"] = Node(new
        {
            real = set.Alarms.Real,
            @false = set.Alarms.False,
            unmarked = set.Alarms.Unmarked,
            days = set.Alarms.Days,
            falseAMonth = set.Alarms.FalseAMonth,
            atMostFalseAMonth = set.Alarms.AtMostFalseAMonth,
            guess = set.Alarms.IsGuess,
        }),
        ["failures"] = Node(set.Failures.Select(failure => new { rule = failure.Rule, reason = failure.Exception.Message })),
    };

    private static object Told(ForeseenSituation situation, Func<PersonId, string> nameOf) => new
    {
        title = situation.Title,
        from = situation.From,
        to = situation.To,
        levels = situation.Levels.Select(step => new { at = step.At, level = (int)step.Level, proposed = step.Proposed, rule = step.Rule }),
        pages = situation.Pages.Select(page => new { at = page.At, level = (int)page.Level, toConfirm = page.ToConfirm, people = page.People.Select(nameOf) }),
    };

    private static JsonObject Told(SideBySide comparison) => new()
    {
        ["both"] = Node(comparison.Both.Select(shared => new { at = shared.First.From, againstAt = shared.Second.From, leadMinutes = shared.Lead.TotalMinutes })),
        ["only"] = Node(comparison.OnlyFirst.Select(one => one.From)),
        ["onlyAgainst"] = Node(comparison.OnlySecond.Select(one => one.From)),
    };

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Json.Options);
}
