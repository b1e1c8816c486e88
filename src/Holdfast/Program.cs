using System.CommandLine;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Drills;
using Holdfast.Freezing;
using Holdfast.Listening;
using Holdfast.Situations;

namespace Holdfast;

internal static class Program
{
    private const int Refused = 1;

    /// <summary>Of every verb; null: <c>HOLDFAST_DATA</c> or the usual place.</summary>
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = $"The data folder (default: {DataFolder.Variable}, else {DataFolder.Choose(null).Path})",
        Recursive = true,
    };

    public static async Task<int> Main(string[] args)
    {
        try
        {
            return await Root().Parse(args).InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // The verb decides how long its end may take; the server drains what it has accepted.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(60),
            });
        }
        catch (DatabaseException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
        catch (OperationCanceledException)
        {
            return Refused;
        }
    }

    // One line a verb.
    private static RootCommand Root() => new("Holdfast listens to what is said about a brand, tells a hiccup from a crisis, and helps to weather it.")
    {
        Data,
        ServeCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        DemoCommand.Create(),
        ImportCommand.Create(),
        BacktestCommand.Create(),
        VerifyCommand.Create(),
        FreezeCommand.Create(),
        FreezeCommand.CreateLift(),
        FreezeCommand.CreateCertificate(),
    };
}
