using System.CommandLine;
using Holdfast.Database;

namespace Holdfast.Situations;

/// <summary><c>holdfast verify</c>: 0 when every timeline is as it was written, 1 when one is not.</summary>
internal static class VerifyCommand
{
    private const int Intact = 0;
    private const int Tampered = 1;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON with the head of every timeline: a witness to keep elsewhere" };
        var against = new Option<string?>("--against") { Description = "A file printed earlier by verify --json: every head in it must still be there" };
        var command = new Command("verify", "Checks every timeline and names the first entry that was changed, removed or moved.") { json, against };
        command.SetAction((parsed, cancel) =>
            RunAsync(parsed.GetValue(Program.Data), parsed.GetValue(json), parsed.GetValue(against), Console.Out, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? data, bool json, string? against, TextWriter output, CancellationToken cancel)
    {
        var witness = against is null ? [] : await VerifyReport.ReadWitnessAsync(against, cancel);
        await using var installation = await Installation.OpenAsync(data, cancel);
        var verified = await new Verification(installation.Store).RunAsync(witness, cancel);
        await (json ? VerifyReport.WriteJsonAsync(output, verified) : VerifyReport.WriteAsync(output, verified));
        return verified.Intact ? Intact : Tampered;
    }
}
