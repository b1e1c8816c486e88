using System.Globalization;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;

namespace Holdfast.Detection;

/// <summary>What the page asks, as it stands in the address.</summary>
/// <param name="Days">Of the brand's history, back from its newest mention.</param>
/// <param name="Curve">Instead of the brand's history, an invented one.</param>
/// <param name="Rule">The rule whose number is tried; null: the first that has one.</param>
/// <param name="Number">Null: as the plan has it.</param>
public sealed record BacktestQuestion(BrandId Brand, int Days, CurveFamily? Curve, int Seed, string? Rule, double? Number)
{
    public const int DefaultDays = 90;
    public static readonly int[] Lengths = [7, 30, 90, 365];

    public string Path => $"/brands/{Brand.Value}/backtest";

    /// <summary>Of the choice "history": so many days, or a curve's name.</summary>
    public string History => Curve is { } curve ? CurveLibrary.Name(curve) : Days.ToString(CultureInfo.InvariantCulture);

    public string Query => string.Join('&', new[]
    {
        $"history={History}",
        Curve is null ? null : $"seed={Seed}",
        Rule is null ? null : $"rule={Uri.EscapeDataString(Rule)}",
        Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"number={number}") : null,
    }.OfType<string>());

    /// <summary>The usual history and nothing turned.</summary>
    public static BacktestQuestion Of(BrandId brand) => new(brand, DefaultDays, null, 1, null, null);

    public static BacktestQuestion Read(BrandId brand, IQueryCollection query) => new(
        brand,
        int.TryParse(query["history"], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && Lengths.Contains(length) ? length : DefaultDays,
        CurveLibrary.Find(query["history"].ToString()),
        int.TryParse(query["seed"], NumberStyles.None, CultureInfo.InvariantCulture, out var drawn) ? Math.Clamp(drawn, 1, 9999) : 1,
        query["rule"] is [{ Length: > 0 } rule] ? rule : null,
        double.TryParse(query["number"], NumberStyles.Float, CultureInfo.InvariantCulture, out var tried) && double.IsFinite(tried) ? tried : null);
}

/// <summary>A rule that has one number to turn: a threshold, or how many people make an issue.</summary>
/// <param name="Least">Of the slider.</param>
public sealed record Dial(string Rule, Level Level, double Number, double Least, double Most, double Step, bool Times)
{
    public static IReadOnlyList<Dial> Of(RuleSet rules) =>
    [
        .. rules.Thresholds.Where(rule => !rule.Off).Select(rule => rule.Of == NumberOf.TimesUsual
            ? new Dial(rule.Name, rule.Level, rule.Number, 1, Math.Max(10, rule.Number * 2), 0.5, Times: true)
            : new Dial(rule.Name, rule.Level, rule.Number, 1, Math.Max(20, Math.Ceiling(rule.Number * 4)), 1, Times: false)),
        .. rules.SameIssue.Off ? (Dial[])[] : [new Dial(rules.SameIssue.Name, rules.SameIssue.Level, rules.SameIssue.People, 2, Math.Max(30, rules.SameIssue.People * 3), 1, Times: false)],
    ];

    public RuleSet Turned(RuleSet rules, double number) => rules with
    {
        Thresholds = [.. rules.Thresholds.Select(rule => rule.Name == Rule ? rule with { Number = number } : rule)],
        SameIssue = rules.SameIssue.Name == Rule ? rules.SameIssue with { People = (int)number } : rules.SameIssue,
    };
}
