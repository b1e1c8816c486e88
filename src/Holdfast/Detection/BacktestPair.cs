using Holdfast.Core.Drills;
using Holdfast.Shell;

namespace Holdfast.Detection;

/// <summary>One line of the page's table: an event as the plan in force and the rules that are tried saw it.</summary>
public sealed record BacktestPair(ForeseenSituation? InForce, ForeseenSituation? Tried)
{
    public ForeseenSituation Any => InForce ?? Tried!;

    /// <summary>In order of time.</summary>
    public static List<BacktestPair> Of(IReadOnlyList<ForeseenSituation> inForce, IReadOnlyList<ForeseenSituation>? tried)
    {
        if (tried is null)
        {
            return [.. inForce.Select(one => new BacktestPair(one, null))];
        }

        var compared = SideBySide.Of(inForce, tried);
        var paired = compared.Both.Select(one => new BacktestPair(one.First, one.Second)).ToList();
        return [.. paired
            .Concat(inForce.Except(paired.Select(one => one.InForce!)).Select(one => new BacktestPair(one, null)))
            .Concat(tried.Except(paired.Select(one => one.Tried!)).Select(one => new BacktestPair(null, one)))
            .OrderBy(pair => pair.Any.From)];
    }
}

/// <summary>Pages that would have come when people sleep.</summary>
internal static class BacktestNights
{
    private static readonly TimeOnly From = new(22, 0), To = new(7, 0);

    public static int Of(IEnumerable<ForeseenSituation> situations, string zone) =>
        situations.SelectMany(one => one.Pages).Count(page => IsNight(page.At, zone));

    public static bool IsNight(DateTimeOffset at, string zone) => TimeOnly.FromTimeSpan(Zones.In(zone, at).TimeOfDay).IsBetween(From, To);
}

/// <summary>Sentences of a back-test that several of its parts say.</summary>
internal static class BacktestTold
{
    private static readonly HashSet<string> Known =
        ["negative-in-an-hour", "negative-for-hours", "same-issue", "grave-word", "grave-words-from-many", "serious-word", "serious-words-from-many", "prominent-voice", "prominent-voices", "spread", "spike", "negative-spike", "forecast", "blind"];

    /// <summary>The template's rules in the reader's language; a rule of the user's own by its name.</summary>
    public static string Rule(string name, Words<BacktestRuns> T) => Known.Contains(name) ? T[$"rule.{name}"] : name;

    public static string Long(TimeSpan time, Words<BacktestRuns> T) =>
        time < TimeSpan.FromHours(2) ? T["minutes", (int)time.TotalMinutes] : T["hours", (int)Math.Round(time.TotalHours)];

    /// <summary>What the tried rules see more or less of, and how much sooner or later.</summary>
    public static string Leads(SideBySide compared, Words<BacktestRuns> T)
    {
        var sooner = compared.Both.Where(one => one.Lead > TimeSpan.Zero).ToList();
        var later = compared.Both.Where(one => one.Lead < TimeSpan.Zero).ToList();
        return string.Join(' ', new[]
        {
            compared.OnlyFirst.Count > 0 ? T.Count("said.more", compared.OnlyFirst.Count) : null,
            compared.OnlySecond.Count > 0 ? T.Count("said.fewer", compared.OnlySecond.Count) : null,
            sooner.Count > 0 ? T.Count("said.sooner", sooner.Count, Long(Median(sooner), T)) : null,
            later.Count > 0 ? T.Count("said.later", later.Count, Long(Median(later), T)) : null,
            compared.Both.Count > 0 && sooner.Count + later.Count == 0 ? T["said.same"] : null,
        }.OfType<string>());
    }

    public static string Alarms(AlarmCount alarms, Words<BacktestRuns> T)
    {
        var rate = alarms.Unmarked == 0 ? T["alarms.rate", alarms.FalseAMonth] : T["alarms.between", alarms.FalseAMonth, alarms.AtMostFalseAMonth, alarms.Unmarked];
        return alarms.IsGuess ? $"{rate} {T["alarms.guess", alarms.Days]}" : rate;
    }

    private static TimeSpan Median(List<SharedSituation> shared) => shared.Select(one => one.Lead.Duration()).Order().ElementAt(shared.Count / 2);

    /// <summary>The highest level, and whether it was only proposed.</summary>
    public static string Level(ForeseenSituation situation, Words<BacktestRuns> T) =>
        situation.Levels.Any(step => !step.Proposed && step.Level == situation.Highest) ? T["level.reached", (int)situation.Highest] : T["level.proposed", (int)situation.Highest];
}
