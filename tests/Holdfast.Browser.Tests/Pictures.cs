using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>Takes the pictures of docs/pictures: each page on a phone and on a desk, light and dark. Run by docs/pictures/make, not by the tests.</summary>
public sealed partial class Pictures(Scene scene) : IClassFixture<Scene>
{
    private const int Quality = 82;
    private static readonly int[] Widths = [360, 1600];

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
                    Assert.True(await visit.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load }) is { Status: < 400 or 404 }, address);
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
        // Long work is looked at when it is done.
        await Assertions.Expect(page.Locator("progress")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("[data-chart]:not([data-drawn])")).ToHaveCountAsync(0);
        await page.EvaluateAsync("document.fonts.ready.then(() => true)");
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var answer = await devtools.SendAsync("Page.captureScreenshot", new() { ["format"] = "webp", ["quality"] = Quality });
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(answer!.Value.GetProperty("data").GetString()!));
        await devtools.DetachAsync();
    }

    private string Name(string address) =>
        address == "/" ? "now" : Id().Replace(address.Split('?')[0].Trim('/').Replace($"/{scene.Situation}", "/room", StringComparison.Ordinal), "one").Replace('/', '-');

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", "pictures"));

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
