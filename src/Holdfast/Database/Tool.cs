using System.Diagnostics;

namespace Holdfast.Database;

/// <summary>Runs one of the system's or PostgreSQL's programs to its end. Arguments are passed as they are; no shell reads them.</summary>
internal static class Tool
{
    public static string Read(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    public static async Task<ToolResult> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancel, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (folder is not null)
        {
            start.WorkingDirectory = folder;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new ToolResult(process.ExitCode, await output, (await error).Trim());
    }
}

internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;
}
