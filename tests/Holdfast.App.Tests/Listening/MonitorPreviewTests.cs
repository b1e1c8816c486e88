using Holdfast.Listening;
using Holdfast.Testing;

namespace Holdfast.App.Tests.Listening;

public sealed class MonitorPreviewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_counts_days_shares_and_hits()
    {
        await using var stage = await IntakeStage.StartAsync("Trial");
        await stage.HandInAsync(
            stage.Item("d0", "Trial: my bag is lost", IntakeStage.Noon),
            stage.Item("d1", "trial BAG, again", IntakeStage.Noon.AddHours(-25)),
            stage.Item("d2", "trial of something", IntakeStage.Noon.AddHours(-26)),
            stage.Item("d9", "trial bag of old", IntakeStage.Noon.AddDays(-9)));
        var previews = new MonitorPreviews(stage.Store, new FakeTime(IntakeStage.Noon.AddDays(400)));

        var preview = await previews.TryAsync(stage.Target.Source.Brands.First(), "bag", Cancel);

        Assert.Null(preview.Refusal);
        Assert.Equal((2, 3, false, IntakeStage.Noon), (preview.Matched, preview.Total, preview.Partial, preview.Until));
        Assert.Equal([0, 0, 0, 0, 0, 1, 1], preview.Days);
        Assert.Equal(["bag", "BAG"], preview.Latest.Select(l => l.Post.Text.Substring(l.Hits[0].Start, l.Hits[0].Length)));
        Assert.Equal("query.unclosed-quote", (await previews.TryAsync(null, "\"bag", Cancel)).Refusal?.Code);
        Assert.Equal("query.only-excludes", (await previews.TryAsync(null, "-bag", Cancel)).Refusal?.Code);
    }
}
