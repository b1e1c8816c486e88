using System.Globalization;

namespace Holdfast.Core.Plans;

/// <summary>What a plan can be refused for. The property is the path of the field in the document, lists by zero-based index.</summary>
internal static class Refusals
{
    public static Refusal FiveLevels(string property) =>
        new("plan.five-levels", "A plan has exactly the levels 1 to 5, in order.", property);

    public static Refusal WordingMissing(string property) =>
        new("plan.wording-missing", "Write it in English and in Polish.", property);

    public static Refusal WordingTooLong(string property) =>
        new("plan.wording-too-long", $"Use at most {PlanCheck.MaxWording} characters.", property);

    public static Refusal TemplateTooLong(string property) =>
        new("plan.template-too-long", $"Use at most {AnsweringCheck.MaxTemplate} characters.", property);

    public static Refusal TimeOutside(string property, TimeSpan least, TimeSpan most) =>
        new("plan.time-outside", $"Choose a time from {Words(least)} to {Words(most)}.", property);

    public static Refusal NumberOutside(string property, double least, double most) =>
        new("plan.number-outside", string.Create(CultureInfo.InvariantCulture, $"Choose a number from {least} to {most}."), property);

    public static Refusal RuleNameMissing(string property) =>
        new("plan.rule-name-missing", "Give the rule a name of small letters, digits and hyphens.", property);

    public static Refusal RuleNameTwice(string property, string name) =>
        new("plan.rule-name-twice", $"Two rules are called {name}.", property);

    public static Refusal WindowUneven(string property) =>
        new("plan.window-uneven", "A window is a whole number of minutes.", property);

    public static Refusal StretchTooLong(string property) =>
        new("plan.stretch-too-long", "The windows in a row together may not be longer than 48 hours.", property);

    public static Refusal DutyTwice(string property) =>
        new("plan.duty-twice", "This duty is listed twice.", property);

    public static Refusal NobodyApproves(string property) =>
        new("plan.nobody-approves", "Choose who approves in this step, or leave the step out.", property);

    public static Refusal TemplateTwice(string property) =>
        new("plan.template-twice", "This text is in the plan twice.", property);

    public static Refusal HoldersTwice(string property) =>
        new("plan.holders-twice", "This duty names its people twice for the same level.", property);

    public static Refusal HeldTwice(string property) =>
        new("plan.held-twice", "The same person is listed twice here.", property);

    public static Refusal NobodySuch(string property) =>
        new("plan.nobody-such", "This person is not in the list of people, or has left.", property);

    public static Refusal PolicyTwice(string property) =>
        new("plan.policy-twice", "Two policies have this name.", property);

    public static Refusal PolicyNameMissing(string property) =>
        new("plan.policy-name-missing", $"Give the policy a name of at most {RuleCheck.MaxRuleName} characters.", property);

    public static Refusal NoSuchPolicy(string property, string name) =>
        new("plan.no-such-policy", $"There is no escalation policy called {name}.", property);

    public static Refusal NoSteps(string property) =>
        new("plan.no-steps", "A policy needs at least one step.", property);

    public static Refusal NobodyPaged(string property) =>
        new("plan.nobody-paged", "A step must page someone.", property);

    public static Refusal WhomIncomplete(string property) =>
        new("plan.whom-incomplete", "Say one of a person, a duty, and everyone.", property);

    private static string Words(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } when time.Ticks % TimeSpan.TicksPerDay == 0 => Counted(time.TotalDays, "day"),
        { TotalHours: >= 1 } when time.Ticks % TimeSpan.TicksPerHour == 0 => Counted(time.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Counted(time.TotalMinutes, "minute"),
        _ => Counted(time.TotalSeconds, "second"),
    };

    private static string Counted(double count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
