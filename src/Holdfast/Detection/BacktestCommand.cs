using System.CommandLine;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.Plans;

namespace Holdfast.Detection;

/// <summary>What the command was asked. Exactly one of brand alone, posts and curve says which history.</summary>
internal sealed record BacktestAsked(
    string? Data, string? Brand, string? Posts, string? Network, string? Query, string? Curve, int Seed, string? From, string? To, string? Zone, string? Rules, string? Against);

/// <summary><c>holdfast backtest --brand B | --posts FILE | --curve FAMILY [--rules FILE] [--against FILE] [--from --to] [--json]</c></summary>
internal static class BacktestCommand
{
    private const int Refused = 2;

    public static Command Create()
    {
        var brand = new Option<string?>("--brand") { Description = "Whose stored history; with --posts, the name by which posts are matched" };
        var posts = new Option<string?>("--posts") { Description = "Posts to try the rules on, as for import; no database is needed" };
        var network = new Option<string>("--network") { Description = "Of --posts: where they were written", DefaultValueFactory = _ => "x" };
        var query = new Option<string?>("--query") { Description = "Of --posts: the monitor's query; the brand's name and handle otherwise, all posts without a brand" };
        var curve = new Option<string?>("--curve") { Description = $"An invented history: {string.Join(", ", CurveLibrary.Names)}" };
        var seed = new Option<int>("--seed") { Description = "Of --curve: the same seed gives the same posts", DefaultValueFactory = _ => 1 };
        var from = new Option<string?>("--from") { Description = "First day or instant, for example 2015-02-22 (brand time) or 2015-02-22T10:00Z" };
        var to = new Option<string?>("--to") { Description = "The instant before which it ends; a day means its beginning" };
        var zone = new Option<string?>("--zone") { Description = "Of --posts: the brand's time zone, for example Europe/Warsaw; UTC otherwise" };
        var rules = new Option<string?>("--rules") { Description = "Rules to try: the \"rules\" part of an exported plan, or a whole plan" };
        var against = new Option<string?>("--against") { Description = "Rules to compare them with; those in force otherwise" };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of lines" };
        var command = new Command("backtest", "Shows each signal and situation that rules would have raised over a history, with the functions of live detection.")
        {
            brand, posts, network, query, curve, seed, from, to, zone, rules, against, json,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            new(
                parsed.GetValue(Program.Data),
                parsed.GetValue(brand)?.Trim(),
                parsed.GetValue(posts),
                parsed.GetValue(network),
                parsed.GetValue(query),
                parsed.GetValue(curve),
                parsed.GetValue(seed),
                parsed.GetValue(from),
                parsed.GetValue(to),
                parsed.GetValue(zone),
                parsed.GetValue(rules),
                parsed.GetValue(against)),
            parsed.GetValue(json),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(BacktestAsked asked, bool json, CancellationToken cancel)
    {
        if ((asked.Posts is null && asked.Curve is null && asked.Brand is null) || (asked.Posts is not null && asked.Curve is not null))
        {
            return Refuse([new("backtest.no-history", "Say which history: --brand NAME, --posts FILE or --curve FAMILY.")]);
        }

        var rules = await RulesFile.ReadAsync(asked.Rules, cancel);
        var against = await RulesFile.ReadAsync(asked.Against, cancel);
        if (!rules.Succeeded(out var tried) || !against.Succeeded(out var compared))
        {
            return Refuse([.. rules.Refusals, .. against.Refusals]);
        }

        var files = (Tried: tried.Rules, Compared: compared.Rules);
        if (asked.Posts is null && asked.Curve is null)
        {
            return await StoredAsync(asked, files, json, cancel);
        }

        var made = asked.Posts is null ? BacktestSources.Curve(asked.Curve!, asked.Seed, cancel) : await BacktestSources.PostsAsync(asked, cancel);
        return made.Succeeded(out var input)
            ? await TellAsync(input, DutyCast.Plan, "the default rules", DutyCast.Name, asked, files, json, cancel)
            : Refuse(made.Refusals);
    }

    private static async Task<int> StoredAsync(BacktestAsked asked, (RuleSet?, RuleSet?) files, bool json, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(asked.Data, cancel);
        var found = await BrandAsync(installation.Store, asked.Brand!, cancel);
        if (!found.Succeeded(out var brand))
        {
            return Refuse(found.Refusals);
        }

        var span = BacktestSources.Span(asked, new Watched(brand, RuleSet.Default).Zone);
        if (!span.Succeeded(out var asks))
        {
            return Refuse(span.Refusals);
        }

        var view = await new PlanDesk(installation.Store, TimeProvider.System).LookAsync(brand.Id, cancel);
        return await new BacktestDesk(installation.Store, TimeProvider.System).WithAsync(
            brand,
            asks.From,
            asks.To,
            input => TellAsync(input, view.Plan, "the plan in force", view.NameOf, asked, files, json, cancel),
            cancel);
    }

    /// <summary>The rules of the file, if there is one, against those of the other file or of the plan.</summary>
    private static async Task<int> TellAsync(
        BacktestInput input, CrisisPlan plan, string planName, Func<Core.People.PersonId, string> nameOf, BacktestAsked asked,
        (RuleSet? Tried, RuleSet? Compared) files, bool json, CancellationToken cancel)
    {
        var tried = await Backtest.RunAsync(
            input, plan with { Rules = files.Tried ?? plan.Rules }, asked.Rules is null ? planName : Path.GetFileName(asked.Rules), cancel);
        var against = files.Tried is null && files.Compared is null
            ? null
            : await Backtest.RunAsync(
                input, plan with { Rules = files.Compared ?? plan.Rules }, asked.Against is null ? planName : Path.GetFileName(asked.Against), cancel);
        var report = new BacktestReport(input, tried, against);
        if (json)
        {
            BacktestJson.Write(report, nameOf, Console.Out);
        }
        else
        {
            BacktestReportWriter.Write(report, nameOf, Console.Out);
        }

        return tried.Failures.Count + (against?.Failures.Count ?? 0) == 0 ? 0 : 1;
    }

    private static async Task<Result<Brand>> BrandAsync(Store store, string name, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await BacktestSql.BrandAsync(connection, name, cancel) is { } brand
            && await DetectionSql.BrandAsync(connection, null, brand, null, TimeProvider.System.GetUtcNow(), cancel) is { } row)
        {
            return row.ToBrand();
        }

        var names = await BacktestSql.BrandNamesAsync(connection, cancel);
        return new Refusal(
            "backtest.no-such-brand",
            names.Count == 0 ? "There is no brand yet; import a file first." : $"There is no brand {name}. There are: {string.Join(", ", names)}.");
    }

    private static int Refuse(IReadOnlyList<Refusal> refusals)
    {
        foreach (var refusal in refusals)
        {
            Console.Error.WriteLine(refusal.Message);
        }

        return Refused;
    }
}
