using System.Diagnostics;

namespace Holdfast.Database;

/// <summary>Runs one of PostgreSQL's programs to its end.</summary>
internal static class Tool
{
    public static string Read(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
