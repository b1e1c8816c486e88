using System.Text.Json;
using Holdfast.Core;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Plans;
using Holdfast.Plans;

namespace Holdfast.Detection;

/// <summary>Rules that were read from a file; null where no file was named.</summary>
internal sealed record ReadRules(RuleSet? Rules);

/// <summary>Reads the rules to try: the "rules" part of an exported plan, or the whole of it.</summary>
internal static class RulesFile
{
    private const long Largest = 1024 * 1024;

    public static async Task<Result<ReadRules>> ReadAsync(string? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return new ReadRules(null);
        }

        if (!File.Exists(file) || new FileInfo(file).Length > Largest)
        {
            return new Refusal("backtest.no-rules-file", $"{file} does not exist or is larger than a megabyte.");
        }

        var read = Read(await File.ReadAllTextAsync(file, cancel), file);
        return read.Succeeded(out var rules) ? new ReadRules(rules) : Result<ReadRules>.Refused(read.Refusals);
    }

    /// <param name="name">What the text is called in a refusal.</param>
    public static Result<RuleSet> Read(string text, string name)
    {
        try
        {
            var rules = Rules(text);
            var refusals = RuleCheck.Refusals(rules);
            return refusals.Count == 0
                ? rules
                : Result<RuleSet>.Refused([.. refusals.Select(one => one with { Message = $"{one.Property}: {one.Message}" })]);
        }
        catch (JsonException e)
        {
            return new Refusal("backtest.bad-rules-file", $"{name} is not a set of rules: {PlanJson.Reason(e)}");
        }
    }

    private static RuleSet Rules(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var rules = root.TryFind("levels", out _) && root.TryFind("rules", out var part) ? part : root;
        return rules.Deserialize<RuleSet>(PlanJson.Strict) ?? throw new JsonException("It is null.");
    }
}
