using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>What holds for every page, in both languages, light and dark, on a phone and on a desk.</summary>
public sealed class EveryPageTests(Scene scene) : IClassFixture<Scene>
{
    private static readonly int[] Between = [640, 768, 1024, 1120];

    public static TheoryData<Look> Looks =>
    [
        new Look(1280, "light", "en"), new Look(1280, "dark", "pl"), new Look(360, "dark", "en"), new Look(360, "light", "pl"),
    ];

    [Theory, MemberData(nameof(Looks))]
    public async Task No_page_has_a_fault_that_axe_finds_or_scrolls_sideways_or_is_missed_by_a_thumb_or_complains(Look look)
    {
        await using var visit = await scene.EnterAsync(look);
        await visit.Page.GotoAsync("/me");
        await Speak(visit.Page, look.Language);
        var faults = new List<string>();
        foreach (var address in Pages.All(scene))
        {
            if (await visit.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load }) is { Status: >= 400 and not 404 } answer)
            {
                faults.Add($"{address}: answers {answer.Status}");
            }

            faults.AddRange((await Axe.FaultsAsync(visit.Page)).Select(fault => $"{address}: {fault}"));
            // Polish is longer, and between a phone and a desk there is the least room for it.
            foreach (var width in look is { Language: "pl", Width: 1280 } ? Between.Append(look.Width) : [look.Width])
            {
                await visit.Page.SetViewportSizeAsync(width, visit.Page.ViewportSize!.Height);
                if (await visit.SidewaysAsync() is > 0 and var pixels)
                {
                    faults.Add($"{address}: at {width} px it is {pixels} px wider than the screen");
                }
            }

            if (await visit.Page.Locator("html").GetAttributeAsync("lang") != look.Language)
            {
                faults.Add($"{address}: is not in {look.Language}");
            }

            if (look.Width == Look.Phone.Width)
            {
                faults.AddRange(await TooSmallAsync(visit.Page));
            }

            if (await visit.Page.Locator("h1").CountAsync() != 1)
            {
                faults.Add($"{address}: has no one first heading");
            }
        }

        faults.AddRange(visit.Complaints);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_page_weighs_no_more_than_250_kB_and_no_link_leads_nowhere()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        double bytes = 0;
        devtools.Event("Network.loadingFinished").OnEvent += (_, data) => bytes += data!.Value.GetProperty("encodedDataLength").GetDouble();
        var faults = new List<string>();
        var links = new Dictionary<string, string>();
        foreach (var address in Pages.All(scene))
        {
            bytes = 0;
            await visit.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
            await Assertions.Expect(visit.Page.Locator("[data-chart]:not([data-drawn])")).ToHaveCountAsync(0);
            await visit.Page.EvaluateAsync("document.fonts.ready.then(() => true)");
            if (bytes is 0 or > 250_000)
            {
                faults.Add($"{address}: {bytes / 1000:0} kB");
            }

            foreach (var link in await visit.Page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"))
            {
                links.TryAdd(link, address);
            }
        }

        foreach (var (link, page) in links.Where(link => !link.Key.StartsWith("/not-found", StringComparison.Ordinal)))
        {
            if (await visit.Page.APIRequest.GetAsync(link) is { Ok: false } answer)
            {
                faults.Add($"{page} leads to {link}, which answers {answer.Status}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What a thumb would miss.</summary>
    private static Task<string[]> TooSmallAsync(IPage page) => page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll('button, .button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio])')]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44 && !e.closest('.skip') && !e.matches('.skip'))
          .map(e => `${location.pathname}: ${e.outerHTML.slice(0, 90)} is ${e.getBoundingClientRect().height} px`)
        """);

    private static async Task Speak(IPage page, string language)
    {
        await page.Locator(".menu > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = language == "pl" ? "Polski" : "English", Exact = true }).ClickAsync();
        await page.WaitForLoadStateAsync();
    }
}
