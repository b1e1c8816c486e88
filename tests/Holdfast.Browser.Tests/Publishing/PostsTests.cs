using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Holdfast.Browser.Tests.Publishing;

/// <summary>Posts are written, planned and moved as somebody would do it.</summary>
public sealed class PostsTests(Scene scene) : IClassFixture<Scene>
{
    // The smallest PNG that a browser draws.
    private static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A Wednesday on which the scene has planned nothing.</summary>
    private static DateOnly Wednesday(int weeks)
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(35 + (7 * weeks));
        return day.AddDays(3 - (int)day.DayOfWeek);
    }

    [Fact]
    public async Task A_post_is_counted_while_it_is_written_scheduled_and_moved_by_keys()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        var day = Wednesday(0);
        await page.GotoAsync($"/posts/new?brand={scene.Brand}&day={Iso(day)}");
        var text = page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true });

        await text.FillAsync(new string('x', 312));
        await Expect(page.Locator("#counts")).ToContainTextAsync("Too long by 12 characters, as Bluesky counts them");
        await Expect(page.Locator("#counts")).ToContainTextAsync("Mastodon: 312 of 500");
        await text.FillAsync("Keys are enough for everything 👩‍👩‍👧‍👦");
        await Expect(page.Locator("#counts")).ToContainTextAsync("Bluesky: 32 of 300");
        await Expect(page.Locator("#preview")).ToContainTextAsync("Keys are enough");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Kept and scheduled.");

        await page.GotoAsync($"/posts?brand={scene.Brand}&day={Iso(day)}");
        var post = page.Locator(".cal-post", new() { HasText = "Keys are enough" });
        await post.Locator("a").First.FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(page.Locator($"[data-day='{Iso(day.AddDays(1))}'] .cal-post")).ToContainTextAsync("Keys are enough");
        await page.ReloadAsync();
        await Expect(page.Locator($"[data-day='{Iso(day.AddDays(1))}'] .cal-post")).ToContainTextAsync("09:00");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_post_is_dragged_to_another_day()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        var day = Wednesday(1);
        await WriteAsync(page, day, "Something to drag about");
        await page.GotoAsync($"/posts?brand={scene.Brand}&view=month&day={Iso(day)}");
        var from = (await page.Locator(".cal-post", new() { HasText = "Something to drag" }).BoundingBoxAsync())!;
        var to = (await page.Locator($"[data-day='{Iso(day.AddDays(-2))}']").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 20, from.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X + 30, to.Y + 50, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await Expect(page.Locator($"[data-day='{Iso(day.AddDays(-2))}'] .cal-post")).ToContainTextAsync("Something to drag");
        await page.ReloadAsync();
        await Expect(page.Locator($"[data-day='{Iso(day.AddDays(-2))}'] .cal-post")).ToContainTextAsync("Something to drag");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task On_a_phone_and_without_script_a_post_is_moved_by_its_own_page()
    {
        await using var visit = await scene.EnterAsync(Look.Phone, script: false);
        var page = visit.Page;
        var day = Wednesday(2);
        await WriteAsync(page, day, "By thumb and by form");
        await page.GotoAsync($"/posts?brand={scene.Brand}&day={Iso(day)}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Move to…" }).ClickAsync();
        await page.GetByLabel("Day").FillAsync(Iso(day.AddDays(2)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await Expect(page.Locator($"[data-day='{Iso(day.AddDays(2))}'] .cal-post")).ToContainTextAsync("By thumb");
    }

    [Fact]
    public async Task A_picture_is_asked_for_its_words()
    {
        await using var visit = await scene.EnterAsync(Look.Phone);
        var page = visit.Page;
        await page.GotoAsync($"/posts/new?brand={scene.Brand}&day={Iso(Wednesday(3))}");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("Look at this dot");
        await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "dot.png", MimeType = "image/png", Buffer = Dot });
        var alt = page.GetByRole(AriaRole.Textbox, new() { Name = "What does it show?" });
        await Expect(alt).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule", Exact = true }).ClickAsync();
        await Expect(page.Locator(".picture .error")).ToContainTextAsync("Say what the picture shows");
        await alt.FillAsync("A dot");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Kept and scheduled.");
    }

    private async Task WriteAsync(IPage page, DateOnly day, string text)
    {
        await page.GotoAsync($"/posts/new?brand={scene.Brand}&day={Iso(day)}");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Kept and scheduled.");
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
