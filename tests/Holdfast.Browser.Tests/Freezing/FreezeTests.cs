using Dapper;
using Holdfast.Browser.Tests.Responses;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests.Freezing;

public sealed class FreezeTests(FirstAnswerScene scene) : IClassFixture<FirstAnswerScene>
{
    private const int Planned = 31;
    private static readonly LocatorAssertionsToContainTextOptions Long = new() { Timeout = 60_000 };

    [Fact]
    public async Task From_the_first_screen_of_a_phone_two_taps_freeze_everything_and_the_answer_says_what_is_held()
    {
        await PlanAsync();
        await using var visit = await scene.EnterAsync(Look.Phone);
        await visit.Page.GotoAsync($"/situations/{scene.Situation.Value}");
        await FreezeButton(visit).TapAsync();
        await Assertions.Expect(visit.Page.Locator("#freeze-scope option:checked")).ToHaveTextAsync("Brand Aurelka");

        await visit.Page.GotoAsync("/");
        var taps = 0;
        await TapAsync(FreezeButton(visit));
        await Assertions.Expect(visit.Page.Locator(".freeze-button form")).ToContainTextAsync($"{Planned} scheduled posts are held", Long);
        await TapAsync(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Freeze now" }));
        Assert.Equal(2, taps);

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("is frozen: nothing leaves", Long);
        await Assertions.Expect(visit.Page.Locator(".figures")).ToContainTextAsync($"{Planned}");
        await visit.Page.GotoAsync("/answer");
        await Assertions.Expect(visit.Page.Locator(".frozen")).ToContainTextAsync("Everything is frozen by Ania Nowak: A crisis has begun.");
        Assert.Equal(0, await visit.SidewaysAsync());
        Assert.Empty(visit.Complaints);
        Assert.Empty(scene.Network.Arrivals);

        async Task TapAsync(ILocator what)
        {
            taps++;
            await Assertions.Expect(what).ToBeInViewportAsync();
            await what.TapAsync();
        }
    }

    private static ILocator FreezeButton(Visit visit) => visit.Page.Locator(".freeze-button > summary");

    private async Task PlanAsync()
    {
        await using var connection = await scene.Store.OpenAsync(default);
        await connection.ExecuteAsync("""
            insert into scheduled_post (id, set_id, account_id, brand_id, network, purpose, text, state, due_at, key, created_at, changed_at)
            select gen_random_uuid(), gen_random_uuid(), a.id, a.brand_id, a.network, 'Planned', 'Good things take a night.', 'Scheduled', now() + make_interval(hours => n), 'key-' || n, now(), now()
            from generate_series(1, @Planned) n, (select * from account order by handle limit 1) a
            """, new { Planned });
    }
}
