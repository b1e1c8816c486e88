using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>axe-core, run inside the page: what a machine can tell of WCAG 2.2 AA.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() => File.ReadAllText(System.IO.Path.Combine(Sources(), "node_modules", "axe-core", "axe.min.js")));

    /// <summary>One line a fault: rule, what is wrong, where.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        // Evaluated, not injected as an element: the page's own policy forbids strangers' scripts.
        await page.EvaluateAsync(Script.Value);
        var result = await page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] })");
        return
        [
            .. from violation in result.GetProperty("violations").EnumerateArray()
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("help").GetString()} – {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()?.ReplaceLineEndings(" ")}",
        ];
    }

    private static string Sources([CallerFilePath] string file = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "..", "..", "src", "Holdfast"));
}
