using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.Situations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

public sealed class NowTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task What_happens_is_seen_without_asking_again()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        await Assertions.Expect(Sentence(visit)).ToContainTextAsync("Southgate");
        await DeclareAsync(scene.Calm, "Doors that do not open");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Doors that do not open", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Sentence(visit)).ToContainTextAsync("Southgate is at level 3");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_was_promised_is_owed_until_it_is_kept()
    {
        var room = await DeclareAsync(scene.Calm, "A fair that was cancelled");
        var desk = scene.Services.GetRequiredService<SituationDesk>();
        await desk.ActAsync(room, scene.Ania, (now, at) => SituationDecisions.Promise(now, "a word to the stall holders", at.AddMinutes(30), at), TestContext.Current.CancellationToken);
        await using var visit = await scene.EnterAsync(Look.Phone);
        var owed = visit.Page.GetByText("Promised: a word to the stall holders");
        await Assertions.Expect(owed).ToBeVisibleAsync();
        await desk.ActAsync(room, scene.Ania, (now, _) => SituationDecisions.KeepPromise(now, now.Promises.Keys.Single()), TestContext.Current.CancellationToken);
        await Assertions.Expect(owed).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_keyboard_alone_skips_the_bar_and_opens_and_closes_the_menu()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the page" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("main :focus")).ToHaveCountAsync(1);

        await page.Locator(".menu > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".menu > summary")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Without_script_it_still_says_everything_and_the_light_can_be_chosen()
    {
        await using var visit = await scene.EnterAsync(Look.Phone, script: false);
        await Assertions.Expect(Sentence(visit)).ToContainTextAsync("Aurelka");
        await visit.Page.Locator(".menu > summary").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("html[data-theme='dark']")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_news_of_a_page_is_for_those_who_are_signed_in()
    {
        await using var stranger = await Visit.BeginAsync(scene.Address, Look.Desk);
        var answer = await stranger.Page.GotoAsync("/changes?topics=sources");
        Assert.Contains("/sign-in", answer!.Url, StringComparison.Ordinal);
    }

    private static ILocator Sentence(Visit visit) => visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private async Task<SituationId> DeclareAsync(BrandId brand, string title)
    {
        var desk = scene.Services.GetRequiredService<SituationDesk>();
        var declared = await desk.DeclareAsync(new Declaration(brand, title, Level.Three, "Seen on the platform."), scene.Ania, default);
        Assert.True(declared.Succeeded(out var id));
        return id;
    }
}
