using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Situations;

public sealed class SignalTakingTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_signal_of_level_3_opens_a_situation_and_pages_and_a_level_2_does_not()
    {
        var bench = await SituationBench.NewAsync(database);
        Assert.Equal(SignalTaken.Watched, (await bench.TakeAsync(bench.Signal(2))).Taken);
        Assert.Empty(bench.Paged.All);

        var taken = await bench.TakeAsync(bench.Signal(3, topic: await bench.AddTopicAsync("cancelled flights")));
        Assert.Equal(SignalTaken.Opened, taken.Taken);
        var situation = await bench.ReadAsync(taken.Situation!.Value);
        Assert.Equal(("cancelled flights", Level.Three, SituationState.Open), (situation.Title, situation.Level, situation.State));
        Assert.Equal(["start 3"], bench.Paged.All);
    }

    [Fact]
    public async Task A_second_signal_of_the_topic_joins_the_open_situation_and_another_topic_opens_another()
    {
        var bench = await SituationBench.NewAsync(database);
        var flights = await bench.AddTopicAsync("flights");
        var first = await bench.TakeAsync(bench.Signal(3, topic: flights));
        var second = await bench.TakeAsync(bench.Signal(3, topic: flights));
        var other = await bench.TakeAsync(bench.Signal(3, topic: await bench.AddTopicAsync("lost bags")));
        Assert.Equal((SignalTaken.Joined, first.Situation), (second.Taken, second.Situation));
        Assert.NotEqual(first.Situation, other.Situation);
        Assert.Equal(["start 3", "grow", "start 3"], bench.Paged.All);
    }

    [Fact]
    public async Task A_signal_of_a_merged_topic_joins_the_situation_of_the_topic_it_was_merged_into()
    {
        var bench = await SituationBench.NewAsync(database);
        var flights = await bench.AddTopicAsync("flights");
        var cancelled = await bench.AddTopicAsync("cancelled", mergedInto: flights);
        var first = await bench.TakeAsync(bench.Signal(3, topic: cancelled));
        Assert.Equal(first.Situation, (await bench.TakeAsync(bench.Signal(3, topic: flights))).Situation);
    }

    [Fact]
    public async Task A_threshold_without_a_topic_joins_the_brands_open_situation_but_a_blind_source_does_not()
    {
        var bench = await SituationBench.NewAsync(database);
        var open = await bench.TakeAsync(bench.Signal(3, topic: await bench.AddTopicAsync("flights")));
        var threshold = await bench.TakeAsync(bench.Signal(2, SignalKind.Threshold, rule: "negative-an-hour"));
        Assert.Equal((SignalTaken.Joined, open.Situation), (threshold.Taken, threshold.Situation));
        Assert.Equal(SignalTaken.Watched, (await bench.TakeAsync(bench.Signal(2, SignalKind.Blind, rule: "blind"))).Taken);
    }

    [Fact]
    public async Task The_same_signal_going_on_is_heard_without_an_entry()
    {
        var bench = await SituationBench.NewAsync(database);
        var signal = bench.Signal(3);
        var id = (await bench.TakeAsync(signal)).Situation!.Value;
        var entries = await bench.TimelineAsync(id);
        bench.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(SignalTaken.Heard, (await bench.TakeAsync(signal with { Figures = [new Figure("people", 15, "h")] })).Taken);
        Assert.Equal(entries.Count, (await bench.TimelineAsync(id)).Count);

        // Heard at 15:00, so the level holds until 19:00 and not until 16:00.
        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.TakeAllDueAsync();
        Assert.Equal(Level.Three, (await bench.ReadAsync(id)).Level);
        Assert.Equal(SituationBench.Noon.AddHours(7), await bench.DeadlineAsync(id, "cools_at"));
        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.TakeAllDueAsync();
        Assert.Equal(Level.One, (await bench.ReadAsync(id)).Level);
        Assert.Equal("void Lowered", bench.Paged.All[^1]);
    }

    [Fact]
    public async Task A_proposed_5_pages_to_confirm_and_the_confirmed_level_pages_its_people()
    {
        var bench = await SituationBench.NewAsync(database);
        var id = (await bench.TakeAsync(bench.Signal(5, SignalKind.RiskWord))).Situation!.Value;
        Assert.Equal(["start 5 to confirm"], bench.Paged.All);
        Assert.True((await bench.ActAsync(id, SituationDecisions.Confirm)).Succeeded(out var confirmed));
        Assert.Equal(Level.Five, confirmed.Level);
        Assert.Equal(["start 5 to confirm", "start 5"], bench.Paged.All);
    }

    [Fact]
    public async Task A_dismissed_signal_stays_settled_unless_it_asks_for_more()
    {
        var bench = await SituationBench.NewAsync(database);
        var signal = bench.Signal(3);
        var id = (await bench.TakeAsync(signal)).Situation!.Value;
        await bench.ActAsync(id, s => SituationDecisions.Dismiss(s, DismissalReason.FalseAlarm, null));
        Assert.Equal(SignalTaken.Settled, (await bench.TakeAsync(signal with { Figures = [new Figure("people", 99, "h")] })).Taken);
        var graver = await bench.TakeAsync(signal with { Level = Level.Five });
        Assert.Equal(SignalTaken.Opened, graver.Taken);
        Assert.NotEqual(id, graver.Situation);
    }

    [Fact]
    public async Task The_signals_of_a_merged_situation_go_on_in_the_other()
    {
        var bench = await SituationBench.NewAsync(database);
        var flights = await bench.AddTopicAsync("flights");
        var signal = bench.Signal(3, topic: flights);
        var from = (await bench.TakeAsync(signal)).Situation!.Value;
        var into = await bench.DeclareAsync(3);
        Assert.True((await bench.Desk.MergeAsync(from, into, "the same thing", bench.Ania, TestContext.Current.CancellationToken)).Succeeded(out _));
        Assert.Equal(into, (await bench.TakeAsync(signal with { Figures = [new Figure("people", 50, "h")] })).Situation);
        Assert.Equal(into, (await bench.TakeAsync(bench.Signal(3, topic: flights))).Situation);
        Assert.Equal(into, (await bench.ReadAsync(from)).MergedInto);
    }

    [Fact]
    public async Task Two_detectors_at_once_open_one_situation()
    {
        var bench = await SituationBench.NewAsync(database);
        var topic = await bench.AddTopicAsync("flights");
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.TakeAsync(bench.Signal(3, topic: topic))));
        Assert.Single(taken.Select(t => t.Situation).Distinct());
        Assert.Single(taken, t => t.Taken == SignalTaken.Opened);
    }
}
