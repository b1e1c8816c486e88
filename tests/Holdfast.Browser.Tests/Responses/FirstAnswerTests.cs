using Holdfast.Networks.Social.Practice;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests.Responses;

public sealed class FirstAnswerTests(FirstAnswerScene scene) : IClassFixture<FirstAnswerScene>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly LocatorAssertionsToContainTextOptions Long = new() { Timeout = (float)Patience.TotalMilliseconds };

    [Fact]
    public async Task From_the_room_on_a_phone_two_taps_answer_the_first_post_and_then_publish_the_prepared_statement()
    {
        await using var visit = await scene.EnterAsync(Look.Phone);
        var taps = 0;
        await visit.Page.GotoAsync($"/situations/{scene.Situation.Value}");
        await TapAsync(visit.Page.Locator(".room-acts").GetByRole(AriaRole.Link, new() { Name = "Answer", Exact = true }));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("@anna", Long);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Answer in the thread" })).ToHaveValueAsync(FirstAnswerScene.Words, new() { Timeout = (float)Patience.TotalMilliseconds });
        await TapAsync(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Answer, then publish" }));
        Assert.Equal(2, taps);

        await Assertions.Expect(visit.Page.Locator("#room-timeline")).ToContainTextAsync("put out as Practice @aurelka", Long);
        var sent = await WaitAsync(3);
        Assert.Equal(scene.First, sent[0].ReplyTo);
        Assert.All(sent.Skip(1), post => Assert.Null(post.ReplyTo));
        Assert.All(sent, post => Assert.Equal(FirstAnswerScene.Words, post.Text));
        Assert.Empty(visit.Complaints);

        async Task TapAsync(ILocator what)
        {
            taps++;
            await what.TapAsync();
        }
    }

    private async Task<IReadOnlyList<PracticePost>> WaitAsync(int count)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (scene.Network.Arrivals.Count < count && TimeProvider.System.GetElapsedTime(until) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return [.. scene.Network.Arrivals.Select(arrival => arrival.Post)];
    }
}
