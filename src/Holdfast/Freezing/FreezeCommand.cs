using System.CommandLine;
using Holdfast.Core;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Publishing;

namespace Holdfast.Freezing;

/// <summary><c>holdfast freeze</c>, <c>holdfast lift</c> and <c>holdfast certificate</c>: for when no browser is at hand, or the server is down.</summary>
internal static class FreezeCommand
{
    private const int Refused = 2;
    private static readonly Actor CommandLine = Actor.Parse("command line");

    public static Command Create()
    {
        var scope = new Option<string>("--scope")
        {
            Description = "everything, brand:NAME, network:NAME or account:HANDLE",
            DefaultValueFactory = _ => "everything",
        };
        var reason = new Option<string>("--reason") { Description = "Why, in a few words", Required = true };
        var command = new Command("freeze", "Holds everything that is to be published, at once; the answer says what had left already.") { scope, reason };
        command.SetAction((parsed, cancel) => FreezeAsync(parsed.GetValue(Program.Data), parsed.GetRequiredValue(scope), parsed.GetRequiredValue(reason), cancel));
        return command;
    }

    public static Command CreateLift()
    {
        var freeze = new Argument<Guid?>("freeze") { Description = "Its id; may be left out where only one is in force", Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string>("--reason") { Description = "Why, in a few words", Required = true };
        var command = new Command("lift", "Lifts a freeze. Nothing is sent by it: each held post waits for a person.") { freeze, reason };
        command.SetAction((parsed, cancel) => LiftAsync(parsed.GetValue(Program.Data), parsed.GetValue(freeze), parsed.GetRequiredValue(reason), cancel));
        return command;
    }

    public static Command CreateCertificate()
    {
        var file = new Argument<string>("file") { Description = "A certificate as it was downloaded" };
        var command = new Command("certificate", "Checks a freeze's certificate: 0 when it is as it was signed, 1 when it is not.") { file };
        command.SetAction(async (parsed, cancel) => await CheckAsync(Path.GetFullPath(parsed.GetRequiredValue(file)), cancel));
        return command;
    }

    private static async Task<int> FreezeAsync(string? data, string scope, string reason, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(data, cancel);
        await using var parts = Serve.Build(installation, [], more: builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        var named = await ScopeNameSql.FindAsync(installation.Store, scope, cancel);
        if (!FreezeApi.Scope(named).Succeeded(out var what))
        {
            return Refuse(new Refusal("freeze.scope", $"Nothing is called “{scope}”. Say everything, brand:NAME, network:NAME or account:HANDLE."));
        }

        var placed = await parts.Services.GetRequiredService<FreezeDesk>().PlaceAsync(new FreezeOrder(what, reason), CommandLine, cancel);
        if (!placed.Succeeded(out var answer))
        {
            return Refuse(placed.Refusals[0]);
        }

        Console.WriteLine($"Frozen: {scope}. {answer.Held} posts are held; nothing more leaves.");
        Console.WriteLine(answer.Settling == 0
            ? "Nothing was on its way."
            : $"{answer.Settling} had left before and are being settled; the page of the freeze names them.");
        Console.WriteLine($"The freeze is {answer.Freeze.Id.Value}.");
        return 0;
    }

    private static async Task<int> LiftAsync(string? data, Guid? freeze, string reason, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(data, cancel);
        await using var parts = Serve.Build(installation, [], more: builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await using var connection = await installation.Store.OpenAsync(cancel);
        var standing = await FreezeViewSql.StandingAsync(connection, cancel);
        if ((freeze ?? (standing is [var only] ? only.Id.Value : null)) is not { } id)
        {
            return Refuse(new Refusal("freeze.which", standing.Count == 0
                ? "No freeze is in force."
                : $"Say which:\n{string.Join('\n', standing.Select(line => $"  {line.Id.Value}  {line.Scope ?? "everything"}: {line.Reason}"))}"));
        }

        var lifted = await parts.Services.GetRequiredService<FreezeDesk>().LiftAsync(new FreezeId(id), reason, CommandLine, cancel);
        if (!lifted.Succeeded(out var now))
        {
            return Refuse(lifted.Refusals[0]);
        }

        Console.WriteLine(now.IsInForce
            ? "Noted. At this level a second person must lift it too; until then it stays in force."
            : "Lifted. Nothing is sent by that: each held post waits for a person to give it a time or drop it.");
        return 0;
    }

    private static async Task<int> CheckAsync(string path, CancellationToken cancel)
    {
        SignedCertificate signed;
        try
        {
            signed = Json.Read<SignedCertificate>(await File.ReadAllTextAsync(path, cancel));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            return Refuse(new Refusal("certificate.unreadable", $"{path} is no certificate: {e.Message}"));
        }

        if (!signed.IsIntact())
        {
            await Console.Error.WriteLineAsync("This certificate is not as it was signed.");
            return 1;
        }

        var text = signed.Read();
        Console.WriteLine($"As it was signed. Freeze {text.Freeze.Value} of {text.Scope}, placed {text.PlacedAt:u} by {text.PlacedBy}; as of {text.AsOf:u}: {text.Held.Count} held, {text.Left.Count} had left, {text.Open.Count} open.");
        Console.WriteLine($"SHA-256 {signed.Sha256()}: the same stands on the timeline where this very certificate was kept.");
        Console.WriteLine($"Signed with this key; compare it with the one your installation shows:\n{signed.PublicKey}");
        return 0;
    }

    private static int Refuse(Refusal refusal)
    {
        Console.Error.WriteLine(refusal.Message);
        return Refused;
    }
}
