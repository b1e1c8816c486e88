using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests.Situations;

public sealed class RoomTests(RoomScene scene) : IClassFixture<RoomScene>
{
    [Fact]
    public async Task What_another_writes_appears_without_moving_what_one_types()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        await visit.Page.GotoAsync(scene.Room);
        var field = visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "What is certain" });
        await field.FillAsync("half a sentence");

        await scene.ActAsync(scene.Ania, (s, _) => SituationDecisions.ChangeLine(s, Board.Known, "The lab confirms it.", null));

        await Assertions.Expect(visit.Page.Locator("#board-Known")).ToContainTextAsync("The lab confirms it.");
        await Assertions.Expect(field).ToHaveValueAsync("half a sentence");
        await Assertions.Expect(field).ToBeFocusedAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_task_is_ticked_and_stands_in_the_timeline_under_ones_name()
    {
        await using var visit = await scene.EnterAsync(Look.Phone);
        await visit.Page.GotoAsync(scene.Room + "#doing");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Done: Ask retail" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        var entry = visit.Page.Locator("#room-timeline > li").Filter(new() { HasText = "Done: Ask retail" });
        await Assertions.Expect(entry).ToContainTextAsync("Ania Nowak");
    }

    [Fact]
    public async Task A_proposed_level_arrives_by_itself_and_one_press_confirms_it()
    {
        await using var visit = await scene.EnterAsync(Look.Desk);
        await visit.Page.GotoAsync(scene.Room);
        await scene.ProposeAsync(5, "grave-word", SignalKind.RiskWord, 1);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, level 5" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("level 5");
        await Assertions.Expect(visit.Page.Locator(".proposal")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_act_without_a_reason_is_refused_beside_the_room_and_nothing_is_lost()
    {
        await using var visit = await scene.EnterAsync(Look.Desk, script: false);
        await visit.Page.GotoAsync(scene.Room);
        await visit.Page.Locator(".act summary", new() { HasText = "Rename" }).ClickAsync();
        await visit.Page.Locator("form[action$='/rename'] input[name=title]").FillAsync("   ");
        await visit.Page.Locator("form[action$='/rename'] button").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".refused")).ToContainTextAsync("Say it in a few words.");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "To do" })).ToBeVisibleAsync();
    }
}
