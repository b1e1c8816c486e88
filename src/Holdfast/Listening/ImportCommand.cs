using System.CommandLine;
using Holdfast.Core;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary><c>holdfast import FILE --brand B --network N</c></summary>
internal static class ImportCommand
{
    private const int Refused = 2;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "CSV, TSV or one JSON object a line; may be packed with gzip" };
        var brand = new Option<string>("--brand") { Description = "Whose posts these are; a brand that does not exist is created", Required = true };
        var network = new Option<string>("--network") { Description = "Where they were written, for example x or mastodon", Required = true };
        var map = new Option<string?>("--map") { Description = "Which column is what: text=…,time=…,author=…,id=… (or numbers, where there is no header)" };
        var encoding = new Option<string?>("--encoding") { Description = "For example windows-1250; told from the bytes otherwise" };
        var zone = new Option<string?>("--zone") { Description = "Of times that do not say theirs, for example Europe/Warsaw; UTC otherwise" };
        var dates = new Option<string?>("--dates") { Description = "dmy or mdy, where 3/4/2026 could be either" };
        dates.AcceptOnlyFromAmong("dmy", "mdy");
        var command = new Command("import", "Takes a file of posts through the same intake as everything that is heard live.") { file, brand, network, map, encoding, zone, dates };
        command.SetAction((parsed, cancel) =>
        {
            var options = Options(
                parsed.GetRequiredValue(file),
                parsed.GetRequiredValue(network),
                parsed.GetValue(map),
                parsed.GetValue(encoding),
                parsed.GetValue(zone),
                parsed.GetValue(dates));
            return options.Succeeded(out var valid)
                ? RunAsync(parsed.GetValue(Program.Data), valid, parsed.GetRequiredValue(brand).Trim(), cancel)
                : Task.FromResult(Refuse(options.Refusals));
        });
        return command;
    }

    private static Result<ImportOptions> Options(string file, string network, string? map, string? encoding, string? zone, string? dates)
    {
        TimeZoneInfo? zoneInfo = null;
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out zoneInfo))
        {
            return ImportRefusals.NoSuchZone(zone);
        }

        var pairs = (map ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).ToList();
        return pairs.Find(p => p.Length != 2) is { } wrong
            ? ImportRefusals.BadMap(wrong[0])
            : new ImportOptions(
                file,
                network.Trim().ToLowerInvariant(),
                pairs.DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[1]),
                encoding,
                zoneInfo,
                dates is null ? null : dates == "mdy");
    }

    private static async Task<int> RunAsync(string? data, ImportOptions options, string brand, CancellationToken cancel)
    {
        var opened = ImportReader.Open(options, TimeProvider.System);
        if (!opened.Succeeded(out var reader))
        {
            return Refuse(opened.Refusals);
        }

        using (reader)
        {
            await using var installation = await Installation.OpenAsync(data, cancel);
            await using var host = await ImportHost.StartAsync(installation, cancel);
            var report = new ImportReport(Console.Out);
            report.Found(options, reader);
            var desk = host.Services.GetRequiredService<ImportDesk>();
            var prepared = await desk.PrepareAsync(brand, options.Network, cancel);
            if (!prepared.Succeeded(out var target))
            {
                return Refuse(prepared.Refusals);
            }

            report.Target(target);
            var progress = new ImportProgress(Console.Out, !Console.IsOutputRedirected, TimeProvider.System);
            var summary = await desk.RunAsync(reader, target, progress.Show, cancel);
            progress.End();
            report.Came(summary, progress.Elapsed);
            report.Looked(await host.DetectAsync(TimeProvider.System, cancel));
            return summary.BrokenOff is null ? 0 : 1;
        }
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
