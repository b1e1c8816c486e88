using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Listening;

public sealed class HandDeskTests(WebhookStage stage) : IClassFixture<WebhookStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_stored_for_its_brand_whatever_was_said_and_once_however_often_the_form_is_sent()
    {
        var brand = (await stage.Services.GetRequiredService<BrandDesk>().CreateAsync(BrandDraft.Check("Second Air", "", ["pl"], "Europe/Warsaw").Value, Cancel)).Value;
        var desk = stage.Services.GetRequiredService<HandDesk>();
        var form = new HandForm { Id = Guid.CreateVersion7(stage.Time.GetUtcNow()), Brand = brand.Id.Value, Network = "phone", Who = "Pani Zofia", At = "2026-03-02T12:30", Text = "<script>alert(1)</script> my bag is gone" };

        var first = (await desk.EnterAsync(form, Cancel)).Value;
        var again = (await desk.EnterAsync(form, Cancel)).Value;

        Assert.Equal((IntakeVerdict.Accepted, IntakeVerdict.Duplicate), (first.Outcomes[0].Verdict, again.Outcomes[0].Verdict));
        // Half past twelve in Warsaw in winter.
        Assert.Equal(1, await stage.CountAsync("select count(*) from mention m join brand b on b.id = m.brand_id where b.name = 'Second Air' and m.network = 'phone' and m.at = '2026-03-02 11:30Z' and cardinality(m.monitors) = 1"));
        Assert.Equal(1, await stage.CountAsync("select sum(mentions) from pulse where network = 'phone'"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_the_form_is_said_at_once() =>
        Assert.Equal(
            ["hand.brand", "hand.way", "hand.at", "hand.text"],
            (await stage.Services.GetRequiredService<HandDesk>().EnterAsync(new HandForm { Network = "pigeon", At = "soon" }, Cancel)).Refusals.Select(r => r.Code));

    [Fact]
    public async Task A_source_shows_its_counts_its_health_and_what_was_parked_as_text()
    {
        await stage.DeliverAsync("""[{"id":"z1","text":"<b>Acorn Air</b>\u0007"}]""", "msg_z");
        var board = stage.Services.GetRequiredService<SourceBoard>();

        var view = (await board.FindAsync(stage.Source.Source, Cancel))!;
        var parked = await board.ParkedAsync(stage.Source.Source, null, Cancel);

        Assert.False(view.Health.IsBlind);
        Assert.Equal(1, view.Row.Parked);
        Assert.Contains("The time is missing", parked[0].Reason, StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":\"z1\"", IntakeText.Shown(parked[0].Raw), StringComparison.Ordinal);
        Assert.Equal("a\ufffdb", IntakeText.Shown("a\u0007b"u8.ToArray()));
    }
}
