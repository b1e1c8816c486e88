using System.Globalization;

namespace Holdfast.Plans;

/// <summary>The values that the plan's forms offer and show.</summary>
internal static class PlanOptions
{
    public static IReadOnlyList<(string Value, string Text)> Of<T>(Func<T, string> told)
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => (value.ToString(), told(value)))];

    public static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
