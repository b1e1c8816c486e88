using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>Takes the pictures of docs/pictures: each page at three widths, light and dark. Run by docs/pictures/make, not by the tests.</summary>
public sealed class Pictures(Scene scene) : IClassFixture<Scene>
{
    private const int Quality = 82;
    private static readonly int[] Widths = [360, 1024, 1600];

    [Fact(Explicit = true)]
    public async Task Every_page_is_taken()
    {
        var folder = Directory.CreateDirectory(Folder());
        foreach (var old in folder.EnumerateFiles("*.webp"))
        {
            old.Delete();
        }

        foreach (var width in Widths)
        {
            foreach (var light in (string[])["light", "dark"])
            {
                await using var visit = await scene.EnterAsync(new Look(width, light, "en"));
                foreach (var address in Pages.All(scene))
                {
                    await visit.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
                    await TakeAsync(visit.Page, Path.Combine(folder.FullName, $"{Name(address)}-{width}-{light}.webp"));
                }
            }
        }

        // Polish is a fifth longer: the two pages where it shows first.
        await using var polish = await scene.EnterAsync(new Look(360, "light", "pl"));
        await polish.Page.Locator(".menu > summary").ClickAsync();
        await polish.Page.GetByRole(AriaRole.Button, new() { Name = "Polski" }).ClickAsync();
        foreach (var address in (string[])["/", scene.Path("/situations/{id}")])
        {
            await polish.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
            await TakeAsync(polish.Page, Path.Combine(folder.FullName, $"{Name(address)}-360-light-pl.webp"));
        }
    }

    private static async Task TakeAsync(IPage page, string file)
    {
        await Assertions.Expect(page.Locator("[data-chart]:not([data-drawn])")).ToHaveCountAsync(0);
        await page.EvaluateAsync("document.fonts.ready.then(() => true)");
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var answer = await devtools.SendAsync("Page.captureScreenshot", new() { ["format"] = "webp", ["quality"] = Quality });
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(answer!.Value.GetProperty("data").GetString()!));
        await devtools.DetachAsync();
    }

    private string Name(string address) =>
        address == "/" ? "now" : address.Trim('/').Replace('/', '-').Replace($"-{scene.Brand}", "-one", StringComparison.Ordinal).Replace($"-{scene.Situation}", "-room", StringComparison.Ordinal)
            .Replace($"-{scene.Monitor}", "-one", StringComparison.Ordinal).Replace($"-{scene.Source.Value}", "-one", StringComparison.Ordinal);

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", "pictures"));
}
