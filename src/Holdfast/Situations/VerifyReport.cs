using System.Text.Json;
using Holdfast.Core.Situations;
using Holdfast.Database;

namespace Holdfast.Situations;

/// <summary>What <c>holdfast verify</c> prints, for people or for programs, and what it accepts as a witness.</summary>
internal static class VerifyReport
{
    private const long MaxWitnessBytes = 256 * 1024 * 1024;

    public static async Task WriteAsync(TextWriter output, Verified verified)
    {
        if (verified.Intact)
        {
            await output.WriteLineAsync($"Intact: {verified.Situations} situations, {verified.Entries} entries.");
        }
        else
        {
            await output.WriteLineAsync(
                $"NOT intact: {verified.Findings.Count} of {verified.Situations} situations. The first entry that is not as it was written:");
            foreach (var finding in verified.Findings)
            {
                await output.WriteLineAsync($"  situation {finding.Situation.Value}, entry {finding.Seq}: {Name(finding.Tampering)}. {finding.What}");
            }
        }

        await output.WriteLineAsync($"Seal of all timelines: {verified.Seal}");
    }

    public static Task WriteJsonAsync(TextWriter output, Verified verified) => output.WriteLineAsync(JsonSerializer.Serialize(new
    {
        intact = verified.Intact,
        situations = verified.Situations,
        entries = verified.Entries,
        findings = verified.Findings.Select(finding => new
        {
            situation = finding.Situation.Value,
            entry = finding.Seq,
            tampering = Name(finding.Tampering),
            what = finding.What,
            writtenAs = finding.WrittenAs,
        }),
        seal = verified.Seal,
        heads = verified.Heads.Select(head => new { situation = head.Situation.Value, entry = head.Seq, hash = head.Hash }),
    }, Json.Options));

    /// <summary>The heads of an earlier <c>verify --json</c>; throws with a sentence where the file is no such thing.</summary>
    public static async Task<IReadOnlyList<TimelineHead>> ReadWitnessAsync(string path, CancellationToken cancel)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MaxWitnessBytes)
            {
                throw new DatabaseException($"{path} is too large to be the output of verify --json.");
            }

            await using var stream = file.OpenRead();
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancel);
            return [.. document.RootElement.GetProperty("heads").EnumerateArray().Select(head => new TimelineHead(
                new SituationId(head.GetProperty("situation").GetGuid()),
                head.GetProperty("entry").GetInt32(),
                head.GetProperty("hash").GetString() ?? ""))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"{path} cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DatabaseException($"{path} is not the output of verify --json: {e.Message}", e);
        }
    }

    private static string Name(Tampering tampering) => tampering.ToString().ToLowerInvariant();
}
