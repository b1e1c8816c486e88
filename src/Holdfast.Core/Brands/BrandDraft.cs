using System.Text;

namespace Holdfast.Core.Brands;

/// <summary>A brand as someone typed it, checked: all that is wrong is said at once.</summary>
public sealed record BrandDraft(string Name, IReadOnlyList<string> Handles, IReadOnlyList<string> Languages, string TimeZone, QuietHours? QuietHours)
{
    public const int MaxNameLength = 100;
    public const int MaxHandles = 20;
    private static readonly char[] Separators = [',', ' ', '\n', '\r', '\t', ';'];

    public static Result<BrandDraft> Check(
        string? name, string? handles, IReadOnlyCollection<string>? languages, string? timeZone, TimeOnly? quietFrom = null, TimeOnly? quietTo = null)
    {
        var refusals = new List<Refusal>();
        name = name?.Trim().Normalize(NormalizationForm.FormC) ?? "";
        if (name.Length is 0 or > MaxNameLength || !name.Any(char.IsLetterOrDigit) || name.Any(char.IsControl))
        {
            refusals.Add(new Refusal("brand.name", $"Write the name people use, 1 to {MaxNameLength} letters.", "name"));
        }

        var list = (handles ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(h => h.TrimStart('@')).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (list.Count > MaxHandles || list.Any(h => h.Length is 0 or > 100 || !h.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '@')))
        {
            refusals.Add(new Refusal("brand.handles", "Write the account names with commas between, such as @aurelka, @aurelka.example.", "handles"));
        }

        if (languages is null || languages.Count == 0 || languages.Any(l => l.Length != 2 || !l.All(char.IsAsciiLetterLower)))
        {
            refusals.Add(new Refusal("brand.languages", "Choose at least one language.", "languages"));
        }

        if (timeZone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
        {
            refusals.Add(new Refusal("brand.time-zone", "Choose a time zone, such as Europe/Warsaw.", "timeZone"));
        }

        if (quietFrom is null != quietTo is null || (quietFrom is not null && quietFrom == quietTo))
        {
            refusals.Add(new Refusal("brand.quiet-hours", "Quiet hours need a beginning and a different end, or neither.", "quietFrom"));
        }

        return refusals.Count > 0
            ? Result<BrandDraft>.Refused(refusals)
            : new BrandDraft(name, list, [.. languages!.Distinct()], timeZone!, quietFrom is { } from && quietTo is { } to ? new QuietHours(from, to) : null);
    }

    /// <summary>The query a new brand listens with: its name as a phrase, and its accounts.</summary>
    public string FirstQuery() => string.Join(" OR ", Handles.Select(h => $"@{h}").Prepend($"\"{Name.Replace("\"", "", StringComparison.Ordinal)}\""));
}
