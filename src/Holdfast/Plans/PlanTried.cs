using Holdfast.Core.Detection;
using Holdfast.Database;

namespace Holdfast.Plans;

/// <summary>Rules that were written but are not in force yet, with the form they came from.</summary>
public sealed record PlanTried(RuleSet Draft, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const string Sure = "sure";

    public string Rules => Json.Write(Draft);

    /// <summary>Whether the person has seen what the change would have done.</summary>
    public static bool IsSure(IFormCollection form) => form.ContainsKey(Sure);

    public static PlanTried Of(RuleSet draft, IFormCollection form) => new(
        draft,
        [.. form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))]);
}
