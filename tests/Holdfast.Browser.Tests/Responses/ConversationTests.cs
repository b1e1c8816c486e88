using Holdfast.Drills.Simulators;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests.Responses;

public sealed class ConversationTests(ConversationScene scene) : IClassFixture<ConversationScene>
{
    private static readonly LocatorAssertionsToContainTextOptions Long = new() { Timeout = 20_000 };

    [Fact]
    public async Task On_a_phone_the_conversation_comes_as_one_line_that_moves_nothing_and_unfolds_to_who_said_what()
    {
        await using var visit = await scene.EnterAsync(Look.Phone);
        var came = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/conversation", async route =>
        {
            await came.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GotoAsync(scene.Path);
        var (section, box) = (visit.Page.Locator("#conversation"), visit.Page.Locator("#text"));
        await Assertions.Expect(section).ToContainTextAsync("Asking Mastodon for the conversation…", Long);
        var before = await box.BoundingBoxAsync();
        Assert.True(before!.Y + before.Height < 740 - 60, $"the answer's box ends at {before.Y + before.Height} px");
        var line = await section.Locator("header").BoundingBoxAsync();
        came.SetResult();

        await Assertions.Expect(section).ToContainTextAsync("2\u00a0before · 48\u00a0answers · 1\u00a0by us", Long);
        await Assertions.Expect(section).ToContainTextAsync("This post has an answer of ours already: @aurelka@mastodon.example");
        await Assertions.Expect(section.GetByText("Thank you. Waiting.")).ToBeHiddenAsync();
        Assert.Equal(line!.Height, (await section.Locator("header").BoundingBoxAsync())!.Height);
        await section.Locator("summary").TapAsync();
        var lines = section.GetByRole(AriaRole.Listitem);
        await Assertions.Expect(lines).ToHaveCountAsync(43);
        await Assertions.Expect(lines.Nth(0)).ToContainTextAsync("Found something blue");
        await Assertions.Expect(lines.Nth(2)).ToContainTextAsync("this post");
        await Assertions.Expect(lines.Nth(3)).ToContainTextAsync("ours");
        await Assertions.Expect(lines.Nth(4)).ToContainTextAsync("Thank you. Waiting.");
        await Assertions.Expect(section).ToContainTextAsync("… and 8 more.");
        Assert.InRange(await visit.SidewaysAsync(), int.MinValue, 0);
        Assert.Empty(await Axe.FaultsAsync(visit.Page));
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(1280, "light", false)]
    [InlineData(1024, "dark", true)]
    public async Task On_a_desk_it_stands_beside_the_answer_and_open(int width, string light, bool first)
    {
        await using var visit = await scene.EnterAsync(new Look(width, light, "en"));
        await visit.Page.GotoAsync(first ? scene.FirstAnswer : scene.Path);
        var section = visit.Page.Locator("#conversation");
        await Assertions.Expect(section.GetByText("Thank you. Waiting.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        var (said, box) = (await section.BoundingBoxAsync(), await visit.Page.Locator("#text").BoundingBoxAsync());
        Assert.InRange(box!.Width, 400, width);
        Assert.True(said!.X > box.X + box.Width, "the conversation is not beside the answer");
        Assert.True(said.Y < box.Y, "the conversation begins below the answer");
        Assert.InRange(await visit.SidewaysAsync(), int.MinValue, 0);
        Assert.Empty(await Axe.FaultsAsync(visit.Page));
    }

    [Fact]
    public async Task A_network_that_fails_can_be_asked_again_and_what_was_written_meanwhile_stays()
    {
        await using var visit = await scene.EnterAsync(Look.Phone);
        scene.Talk.Server.Faults = _ => Fault.Answer(503);
        await visit.Page.GotoAsync(scene.Path);
        var section = visit.Page.Locator("#conversation");
        await Assertions.Expect(section).ToContainTextAsync("Mastodon has trouble of its own.", Long);
        await visit.Page.Locator("#text").FillAsync("@kasia.wrona@mastodon.example Please do not eat it.");
        scene.Talk.Server.Faults = _ => Fault.None;
        await section.GetByRole(AriaRole.Link, new() { Name = "Try again" }).TapAsync();
        await Assertions.Expect(section).ToContainTextAsync("2\u00a0before", Long);
        await Assertions.Expect(visit.Page.Locator("#text")).ToHaveValueAsync("@kasia.wrona@mastodon.example Please do not eat it.");
        Assert.InRange(await visit.SidewaysAsync(), int.MinValue, 0);
    }

    [Fact]
    public async Task Without_script_a_link_opens_it()
    {
        await using var visit = await scene.EnterAsync(Look.Phone, script: false);
        await visit.Page.GotoAsync(scene.Path);
        await Assertions.Expect(visit.Page.GetByText("Asking Mastodon")).ToBeHiddenAsync();
        await visit.Page.Locator("#conversation").GetByRole(AriaRole.Link, new() { Name = "Open conversation" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("What is said around the post of @kasia.wrona@mastodon.example", Long);
        await Assertions.Expect(visit.Page.GetByText("Thank you. Waiting.")).ToBeVisibleAsync();
    }
}
