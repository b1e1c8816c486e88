using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Reading;
using Holdfast.Listening;
using Holdfast.Testing;

namespace Holdfast.App.Tests.Listening;

public sealed class MentionDeskTests
{
    private static readonly PersonId Ania = new(Guid.Parse("01900000-0000-7000-8000-00000000000a"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly FakeTime _time = new(IntakeStage.Noon);

    private MentionDesk DeskOf(IntakeStage stage) => new(stage.Store, _time);

    [Fact]
    public async Task A_correction_moves_the_pulse_and_wakes_detection_and_keeps_what_it_replaced()
    {
        await using var stage = await IntakeStage.StartAsync("Corrected");
        await stage.HandInAsync(stage.Item("c1", "Corrected: this is a plain announcement", IntakeStage.Noon));
        var brand = stage.Target.Source.Brands.First();
        var post = new PostId(Guid.Parse((await stage.RowsAsync("select post_id::text from mention where brand_id = @brand")).Single()));
        await CorrectAsync(SentimentClass.Neutral);
        var before = await stage.CountAsync("select count(*) from detection_due where brand_id = @brand");

        await CorrectAsync(SentimentClass.Negative);
        Assert.Equal(["1 1 1"], await PulseAsync());
        await CorrectAsync(SentimentClass.Negative);
        Assert.Equal(["1 1 1"], await PulseAsync());
        await CorrectAsync(SentimentClass.Positive);
        Assert.Equal(["1 0 0"], await PulseAsync());

        Assert.Equal(before + 3, await stage.CountAsync("select count(*) from detection_due where brand_id = @brand"));
        Assert.Equal(
            ["Neutral Negative", "Negative Negative", "Negative Positive"],
            (await stage.RowsAsync("select (before ->> 'class') || ' ' || (after ->> 'class') from correction where brand_id = @brand order by id")).Skip(1));
        Assert.Equal([Ania.Value.ToString()], await stage.RowsAsync("select corrected_by::text from mention where brand_id = @brand"));

        async Task CorrectAsync(SentimentClass @class)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True((await DeskOf(stage).CorrectAsync(brand, post, new Correction(@class, Intent.Complaint, 0, "en", true), Ania, Cancel)).Succeeded(out _));
        }

        Task<IReadOnlyList<string>> PulseAsync() => stage.RowsAsync(
            "select mentions || ' ' || negative || ' ' || cardinality(negative_authors) from pulse p join monitor m on m.id = p.monitor_id where m.brand_id = @brand");
    }

    [Fact]
    public async Task An_edit_of_the_post_does_not_undo_what_a_person_said()
    {
        await using var stage = await IntakeStage.StartAsync("Edited");
        await stage.HandInAsync(stage.Item("e1", "Edited: love it, thank you, wonderful", IntakeStage.Noon));
        var brand = stage.Target.Source.Brands.First();
        var post = new PostId(Guid.Parse((await stage.RowsAsync("select post_id::text from mention where brand_id = @brand")).Single()));
        await DeskOf(stage).CorrectAsync(brand, post, new Correction(SentimentClass.Negative, Intent.Threat, 5, "en", true), Ania, Cancel);

        await stage.HandInAsync(stage.Item("e1", "Edited: love it, thank you, wonderful!!", IntakeStage.Noon));

        Assert.Equal(["-1 5 5"], await stage.RowsAsync("select class || ' ' || intent || ' ' || risk from mention where brand_id = @brand"));
    }

    [Fact]
    public async Task What_is_not_there_or_not_a_reading_is_refused()
    {
        await using var stage = await IntakeStage.StartAsync("Refused");
        var brand = stage.Target.Source.Brands.First();
        var good = new Correction(SentimentClass.Neutral, Intent.Other, 0, "en", true);
        Assert.Equal("mention.gone", (await DeskOf(stage).CorrectAsync(brand, new PostId(Guid.Empty), good, Ania, Cancel)).Refusals[0].Code);
        Assert.Equal("mention.language", (await DeskOf(stage).CorrectAsync(brand, default, good with { Language = "english" }, Ania, Cancel)).Refusals[0].Code);
        Assert.Equal("mention.risk", (await DeskOf(stage).CorrectAsync(brand, default, good with { Risk = 3 }, Ania, Cancel)).Refusals[0].Code);
    }
}
