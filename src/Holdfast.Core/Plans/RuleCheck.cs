using Holdfast.Core.Detection;

namespace Holdfast.Core.Plans;

/// <summary>The part of <see cref="PlanCheck"/> that is about rules; a back-test checks its rules by it alone.</summary>
public static class RuleCheck
{
    public const double MaxNumber = 1_000_000_000;
    public const int MaxRuleName = 60;
    private const int MaxPeople = 10_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<Refusal> Refusals(RuleSet rules) =>
    [
        .. rules.Thresholds.Index().SelectMany(rule => Threshold($"rules.thresholds[{rule.Index}]", rule.Item)),
        .. rules.Spikes.Index().SelectMany(rule => Spike($"rules.spikes[{rule.Index}]", rule.Item)),
        .. Window("rules.sameIssue", rules.SameIssue),
        .. PlanCheck.Number("rules.sameIssue.people", rules.SameIssue.People, 2, MaxPeople),
        .. rules.RiskWords.Index().SelectMany(rule => RiskWord($"rules.riskWords[{rule.Index}]", rule.Item)),
        .. Window("rules.prominentVoice", rules.ProminentVoice),
        .. PlanCheck.Number("rules.prominentVoice.moreThanFollowers", rules.ProminentVoice.MoreThanFollowers, 1, MaxNumber),
        .. Window("rules.prominentVoices", rules.ProminentVoices),
        .. PlanCheck.Number("rules.prominentVoices.moreThanFollowers", rules.ProminentVoices.MoreThanFollowers, 1, MaxNumber),
        .. PlanCheck.Number("rules.prominentVoices.people", rules.ProminentVoices.People, 1, MaxPeople),
        .. Window("rules.spread", rules.Spread),
        .. PlanCheck.Number("rules.spread.people", rules.Spread.People, 1, MaxPeople),
        .. Window("rules.forecast", rules.Forecast),
        .. PlanCheck.Time("rules.forecast.window", rules.Forecast.Window, Minute, ForecastRule.DefaultWindow),
        .. Window("rules.blind", rules.Blind),
        .. Names(rules),
    ];

    private static IEnumerable<Refusal> Threshold(string path, ThresholdRule rule)
    {
        foreach (var refusal in Window(path, rule)
            .Concat(PlanCheck.Number($"{path}.number", rule.Number, 0, MaxNumber))
            .Concat(rule.AlsoTimesUsual is { } times ? PlanCheck.Number($"{path}.alsoTimesUsual", times, 0, 1000) : [])
            .Concat(PlanCheck.Number($"{path}.windowsInARow", rule.WindowsInARow, 1, 100))
            .Concat(PlanCheck.Number($"{path}.minAuthors", rule.MinAuthors, 1, MaxPeople)))
        {
            yield return refusal;
        }

        if (rule.WindowsInARow is > 0 and <= 100 && rule.Stretch > PlanCheck.MaxStretch)
        {
            yield return Plans.Refusals.StretchTooLong($"{path}.windowsInARow");
        }
    }

    private static IEnumerable<Refusal> Spike(string path, SpikeRule rule) =>
        Window(path, rule)
            .Concat(PlanCheck.Number($"{path}.minCount", rule.MinCount, 1, MaxNumber))
            .Concat(PlanCheck.Number($"{path}.onceIn", rule.OnceIn.TotalDays, 1, 365));

    private static IEnumerable<Refusal> RiskWord(string path, RiskWordRule rule) =>
        Window(path, rule)
            .Concat(PlanCheck.Number($"{path}.people", rule.People, 1, MaxPeople))
            .Concat(PlanCheck.Number($"{path}.risk", rule.Risk, 4, 5));

    private static IEnumerable<Refusal> Window(string path, IRule rule)
    {
        if (!Enum.IsDefined(rule.Level))
        {
            yield return Plans.Refusals.NumberOutside($"{path}.level", 1, 5);
        }

        foreach (var refusal in PlanCheck.Time($"{path}.window", rule.Window, Minute, PlanCheck.MaxStretch))
        {
            yield return refusal;
        }

        if (rule.Window.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            yield return Plans.Refusals.WindowUneven($"{path}.window");
        }
    }

    private static IEnumerable<Refusal> Names(RuleSet rules)
    {
        var paths = rules.Thresholds.Select((_, index) => $"rules.thresholds[{index}]")
            .Concat(rules.Spikes.Select((_, index) => $"rules.spikes[{index}]"))
            .Append("rules.sameIssue")
            .Append("rules.spread")
            .Concat(rules.RiskWords.Select((_, index) => $"rules.riskWords[{index}]"))
            .Append("rules.prominentVoice")
            .Append("rules.prominentVoices")
            .Append("rules.forecast")
            .Append("rules.blind");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (rule, path) in rules.All().Zip(paths))
        {
            if (rule.Name.Length is 0 or > MaxRuleName || !rule.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                yield return Plans.Refusals.RuleNameMissing($"{path}.name");
            }
            else if (!seen.Add(rule.Name))
            {
                yield return Plans.Refusals.RuleNameTwice($"{path}.name", rule.Name);
            }
        }
    }
}
