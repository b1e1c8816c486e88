using System.Globalization;
using Holdfast.Core.Detection;
using Holdfast.Core.Plans;
using Holdfast.Shell;

namespace Holdfast.Plans;

/// <summary>Says parts of a plan in sentences, in the language of the request.</summary>
internal sealed class PlanTold(Words<PlanPage> words)
{
    public string Time(TimeSpan time) => time switch
    {
        { Ticks: 0 } => words["time.at-once"],
        { TotalHours: >= 1 } when time.Ticks % TimeSpan.TicksPerHour == 0 => words["time.hours", time.TotalHours],
        _ => words["time.minutes", time.TotalMinutes.ToString("0.##", CultureInfo.CurrentCulture)],
    };

    public string Rule(IRule rule) => rule switch
    {
        ThresholdRule threshold => Threshold(threshold),
        SpikeRule spike => words["rule.spike", words[$"metric.{spike.Metric}"], spike.OnceIn.TotalDays.ToString("0.#", CultureInfo.CurrentCulture), spike.MinCount],
        SameIssueRule issue => words["rule.same-issue", issue.People, Time(issue.Window)],
        RiskWordRule risk => words[risk.People == 1 ? "rule.risk.single" : "rule.risk.several", risk.Risk, risk.People, Time(risk.Window)],
        SpreadRule spread => words["rule.spread", spread.People],
        ForecastRule forecast => words["rule.forecast", Time(forecast.Window)],
        ProminentVoiceRule { People: > 1 } prominent => words["rule.prominent.several", prominent.MoreThanFollowers, prominent.People, Time(prominent.Window)],
        ProminentVoiceRule prominent => words["rule.prominent", prominent.MoreThanFollowers],
        _ => words["rule.blind"],
    };

    /// <summary>A rule of the template has a name for people; any other keeps its own.</summary>
    public string RuleName(IRule rule) => IsOfTemplate(rule) ? words[$"name.{rule.Name}"] : rule.Name;

    /// <summary>What the template says of this rule and where that comes from; null for a rule of one's own.</summary>
    public string? Origin(IRule rule) => IsOfTemplate(rule) ? words[$"origin.{rule.Name}"] : null;

    public string Whom(Recipient whom, PlanView view) => whom switch
    {
        { Everyone: true } => words["whom.everyone"],
        { Person: { } person } => view.NameOf(person),
        { Duty: { } duty, Deputies: true } => words["whom.deputies", words[$"duty.{duty}"]],
        { Duty: { } duty } => words[$"duty.{duty}"],
        _ => "?",
    };

    public string Gap(ReadinessGap gap, PlanView view) => words[
        $"gap.{gap.Kind}",
        gap.Duty is { } duty ? words[$"duty.{duty}"] : "",
        (int)gap.Level,
        gap.Person is { } person ? view.NameOf(person) : ""];


    private string Threshold(ThresholdRule rule)
    {
        var number = rule.Number.ToString("0.##", CultureInfo.CurrentCulture);
        var limit = words[rule.Comparison == Comparison.MoreThan ? "rule.more-than" : "rule.at-least", rule.Of == NumberOf.TimesUsual ? words["rule.times-usual", number] : number];
        var counted = words[$"metric.{rule.Metric}"];
        var sentence = rule.WindowsInARow == 1
            ? words["rule.threshold", limit, counted, Time(rule.Window)]
            : words["rule.threshold.row", limit, counted, rule.WindowsInARow, Time(rule.Window)];
        sentence = rule.AlsoTimesUsual is { } times ? words["rule.also-usual", sentence, times.ToString("0.##", CultureInfo.CurrentCulture)] : sentence;
        return rule.MinAuthors > 1 ? words["rule.authors", sentence, rule.MinAuthors] : sentence;
    }

    private static bool IsOfTemplate(IRule rule) => RuleSet.Default.All().Any(other => other.Name == rule.Name);
}
