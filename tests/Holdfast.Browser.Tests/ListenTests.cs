using Holdfast.Core.Listening;
using Holdfast.Listening;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Holdfast.Browser.Tests;

/// <summary>What is heard and what is listened for, as somebody would use it.</summary>
public sealed class ListenTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task A_query_shows_what_it_would_have_matched_while_it_is_written_and_then_listens()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        await page.GotoAsync("/listen/monitors/new");
        var query = page.GetByRole(AriaRole.Textbox, new() { Name = "Query" });
        var preview = page.Locator("#preview");

        await query.FillAsync("aurelka");
        await Expect(preview.Locator("mark.hit").First).ToHaveTextAsync("Aurelka", new() { IgnoreCase = true });
        await Expect(preview.Locator("ol > li")).ToHaveCountAsync(10);

        await query.FillAsync("aurelka AND");
        await Expect(preview.Locator(".caret")).ToHaveTextAsync("A");
        await Expect(preview.GetByRole(AriaRole.Alert)).ToContainTextAsync("operator");

        await query.FillAsync("aurelka plastic");
        await Expect(preview.Locator(".caret")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Plastic");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await page.WaitForURLAsync("**/listen/monitors");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Plastic" })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed_and_says_all_that_is_wrong()
    {
        await using var visit = await scene.EnterAsync(Look.Phone, script: false);
        var page = visit.Page;
        await page.GotoAsync("/listen/monitors/new");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("<script>alert(1)</script>");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Query" }).FillAsync("(<script>alert(1)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.Locator("#query-error")).ToContainTextAsync("never closed");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync("<script>alert(1)</script>");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Query" })).ToHaveValueAsync("(<script>alert(1)");
    }

    [Fact]
    public async Task New_mentions_wait_until_asked_for_while_somebody_reads()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        await page.GotoAsync($"/listen?brand={scene.Brand}");
        var first = page.Locator("#stream > li").First;
        var before = await first.GetAttributeAsync("id");
        await first.HoverAsync();
        await page.Mouse.WheelAsync(0, 600);

        await SayAsync("live-1", "Aurelka is late once more");

        var button = page.Locator("button.gather");
        await Expect(button).ToHaveTextAsync("1 new");
        await Expect(first).ToHaveAttributeAsync("id", before!);
        await button.ClickAsync();
        await Expect(first).ToContainTextAsync("Aurelka is late once more");
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_a_search_marks_its_hits()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        await page.GotoAsync("/listen");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Tone" }).SelectOptionAsync("Negative");
        await page.WaitForURLAsync("**/listen?class=Negative");
        await Expect(page.Locator(".reading-Negative").First).ToBeVisibleAsync();
        await Expect(page.Locator(".reading-Positive")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("aurelk*");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await page.WaitForURLAsync("**q=aurelk*");
        await Expect(page.Locator("mark.hit").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Searchbox).FillAsync("a OR");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Expect(page.Locator(".caret")).ToHaveTextAsync("O");
    }

    [Fact]
    public async Task A_reading_is_corrected_by_hand()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        var page = visit.Page;
        await SayAsync("correct-1", "Aurelka announces something plain for correction");
        await page.GotoAsync("/listen?q=correction");
        await page.GetByText("Correct", new() { Exact = true }).First.ClickAsync();
        await page.Locator("select[name=sentiment]").First.SelectOptionAsync("Positive");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the correction" }).First.ClickAsync();

        await page.WaitForURLAsync("**/listen?q=correction#**");
        await Expect(page.Locator("#stream > li").First).ToContainTextAsync("corrected by Ania Nowak");
        await Expect(page.Locator(".reading-Positive")).ToHaveCountAsync(1);
    }

    private async Task SayAsync(string id, string text)
    {
        var submission = new IntakeSubmission(new(scene.Source, new HashSet<Core.Brands.BrandId>()),
        [
            new IntakeItem(
                new Post { Id = new(Guid.CreateVersion7()), Network = "bluesky", NetworkId = id, Author = new("z", "zofia"), Text = text, At = TimeProvider.System.GetUtcNow() },
                default,
                "test"),
        ]);
        await scene.Services.GetRequiredService<IntakeDesk>().SubmitAsync(submission, default);
        await submission.Done;
    }
}
