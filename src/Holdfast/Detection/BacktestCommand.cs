using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Holdfast.Core;
using Holdfast.Core.Detection;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.Plans;

namespace Holdfast.Detection;

/// <summary><c>holdfast backtest --brand B [--from --to] [--rules FILE.json] [--json]</c></summary>
internal static class BacktestCommand
{
    private const int Refused = 2;
    private const long LargestRules = 1024 * 1024;

    public static Command Create()
    {
        var brand = new Option<string>("--brand") { Description = "Whose history", Required = true };
        var from = new Option<string?>("--from") { Description = "First day or instant, for example 2015-02-22 (brand time) or 2015-02-22T10:00Z" };
        var to = new Option<string?>("--to") { Description = "The instant before which it ends; a day means its beginning" };
        var rules = new Option<string?>("--rules") { Description = "Rules to try instead of those in force: the \"rules\" part of an exported plan" };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of lines" };
        var command = new Command("backtest", "Shows each signal that rules would have raised over the stored history, with the functions of live detection.")
        {
            brand, from, to, rules, json,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(Program.Data),
            parsed.GetRequiredValue(brand).Trim(),
            (parsed.GetValue(from), parsed.GetValue(to)),
            parsed.GetValue(rules),
            parsed.GetValue(json),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        string? data, string brand, (string? From, string? To) span, string? file, bool json, CancellationToken cancel)
    {
        var rules = await RulesAsync(file, cancel);
        if (!rules.Succeeded(out var tried))
        {
            return Refuse(rules.Refusals);
        }

        await using var installation = await Installation.OpenAsync(data, cancel);
        var watched = await WatchedAsync(installation.Store, brand, cancel);
        if (!watched.Succeeded(out var known))
        {
            return Refuse(watched.Refusals);
        }

        var (from, to) = (Instant(span.From, "--from", known.Zone), Instant(span.To, "--to", known.Zone));
        if (!from.Succeeded(out var first) || !to.Succeeded(out var last))
        {
            return Refuse([.. from.Refusals, .. to.Refusals]);
        }

        var report = await new Backtest(installation.Store).RunAsync(known, tried.Rules, first.At, last.At, cancel);
        if (json)
        {
            BacktestReportWriter.WriteJson(report, Console.Out);
        }
        else
        {
            BacktestReportWriter.Write(report, Console.Out);
        }

        return report.Failures.Count == 0 ? 0 : 1;
    }

    private static async Task<Result<TriedRules>> RulesAsync(string? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return new TriedRules(null);
        }

        if (!File.Exists(file) || new FileInfo(file).Length > LargestRules)
        {
            return new Refusal("backtest.no-rules-file", $"{file} does not exist or is larger than a megabyte.");
        }

        try
        {
            var rules = JsonSerializer.Deserialize<RuleSet>(await File.ReadAllTextAsync(file, cancel), PlanJson.Strict)
                ?? throw new JsonException("It is null.");
            var refusals = RuleCheck.Refusals(rules);
            return refusals.Count == 0
                ? new TriedRules(rules)
                : Result<TriedRules>.Refused([.. refusals.Select(one => one with { Message = $"{one.Property}: {one.Message}" })]);
        }
        catch (JsonException e)
        {
            return new Refusal("backtest.bad-rules-file", $"{file} is not a set of rules: {PlanJson.Reason(e)}");
        }
    }

    private static async Task<Result<Watched>> WatchedAsync(Store store, string name, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await BacktestSql.BrandAsync(connection, name, cancel) is { } brand
            && await DetectionSql.BrandAsync(connection, null, brand, null, TimeProvider.System.GetUtcNow(), cancel) is { } row)
        {
            return new Watched(row.ToBrand(), row.Rules is { } rules ? Json.Read<RuleSet>(rules) : RuleSet.Default);
        }

        var names = await BacktestSql.BrandNamesAsync(connection, cancel);
        return new Refusal(
            "backtest.no-such-brand",
            names.Count == 0 ? "There is no brand yet; import a file first." : $"There is no brand {name}. There are: {string.Join(", ", names)}.");
    }

    private static Result<MaybeInstant> Instant(string? text, string option, TimeZoneInfo zone)
    {
        if (text is null)
        {
            return new MaybeInstant(null);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            return new MaybeInstant(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new MaybeInstant(at)
            : new Refusal("backtest.bad-time", $"{option} {text} is neither a day (2015-02-22) nor an instant (2015-02-22T10:00Z).");
    }

    private static int Refuse(IReadOnlyList<Refusal> refusals)
    {
        foreach (var refusal in refusals)
        {
            Console.Error.WriteLine(refusal.Message);
        }

        return Refused;
    }

    private sealed record TriedRules(RuleSet? Rules);

    private sealed record MaybeInstant(DateTimeOffset? At);
}
