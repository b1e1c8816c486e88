using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

public sealed class BacktestTests(Scene scene) : IClassFixture<Scene>
{
    private const float Patience = 60_000;

    private string Address => scene.Path("/brands/{id}/backtest");

    [Fact]
    public async Task The_slider_turned_by_keyboard_says_what_another_number_would_have_done_and_the_address_keeps_it()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        await page.GotoAsync($"{Address}?rule=same-issue");
        var slider = page.GetByRole(AriaRole.Slider);
        await slider.WaitForAsync(new() { Timeout = Patience });
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#backtest-said")).ToContainTextAsync("With 3 it would have been", new() { Timeout = Patience });
        await Assertions.Expect(slider).ToBeFocusedAsync();
        Assert.Contains("number=3", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#backtest-said")).ToContainTextAsync("With 3 it would have been", new() { Timeout = Patience });
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_an_alarm_was_is_marked_in_one_press_and_counts()
    {
        await using var visit = await scene.EnterAsync(Look.Phone);
        var page = visit.Page;
        await page.GotoAsync(Address);
        var nothing = page.GetByRole(AriaRole.Button, new() { Name = "Nothing" });
        await nothing.First.ClickAsync(new() { Timeout = Patience });
        await Assertions.Expect(nothing.First).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = Patience });
        await nothing.First.ClickAsync();
        await Assertions.Expect(nothing.First).ToHaveAttributeAsync("aria-pressed", "false", new() { Timeout = Patience });
    }

    [Fact]
    public async Task A_change_of_the_rules_shows_what_it_would_have_done_before_it_is_in_force()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        await page.GotoAsync(scene.Path("/plan/{brand}/rules"));
        await page.FillAsync("[name='rules.sameIssue.people']", "5");
        await page.Locator(".save button").ClickAsync();
        await Assertions.Expect(page.Locator("#draft")).ToContainTextAsync("the new rules would have opened", new() { Timeout = Patience });
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in force" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/plan/[0-9a-f-]+$"));
        await Assertions.Expect(page.GetByText("5 different people complain")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280, "light", "")]
    [InlineData(360, "dark", "?history=homonym&seed=3&rule=negative-for-hours&number=6")]
    public async Task With_an_answer_on_it_the_page_has_no_fault_and_stays_in_its_width(int width, string light, string query)
    {
        await using var visit = await scene.EnterAsync(new Look(width, light, "en"));
        await visit.Page.GotoAsync($"{Address}{query}");
        await visit.Page.Locator("table.library").WaitForAsync(new() { Timeout = Patience });
        await visit.Page.Locator("#backtest-result .facts").WaitForAsync(new() { Timeout = Patience });
        Assert.Empty(await Axe.FaultsAsync(visit.Page));
        Assert.Equal("", await visit.Page.EvaluateAsync<string>(
            "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.outerHTML.slice(0, 90)).slice(0, 3).join(' | ')"));
        Assert.Empty(visit.Complaints);
    }
}
