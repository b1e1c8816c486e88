using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.Situations;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Situations;

public sealed class SituationDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_declaration_needs_its_words_and_opens_at_once()
    {
        var bench = await SituationBench.NewAsync(database);
        var refused = await bench.Desk.DeclareAsync(new Declaration(bench.Brand, " ", Level.Four, null), bench.Ania, Cancel);
        Assert.Equal(["title", "reason"], refused.Refusals.Select(r => r.Property));

        var situation = await bench.ReadAsync(await bench.DeclareAsync(4));
        Assert.Equal((SituationState.Open, Level.Four), (situation.State, situation.Level));
        Assert.Equal(["start 4"], bench.Paged.All);
    }

    [Fact]
    public async Task Twenty_people_at_once_lose_nothing_and_leave_no_gap()
    {
        var bench = await SituationBench.NewAsync(database);
        var id = await bench.DeclareAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => bench.AddPersonAsync($"Person {i}")));
        await Task.WhenAll(people.Select(async (person, i) =>
        {
            Assert.True((await bench.ActAsync(id, s => SituationDecisions.AddTask(s, $"task {i}", person, null), person)).Succeeded(out _));
            Assert.True((await bench.ActAsync(id, s => SituationDecisions.Note(s, $"note {i}"), person)).Succeeded(out _));
            Assert.True((await bench.ActAsync(id, s => SituationDecisions.TickTask(s, s.Tasks.First(t => t.Value.Owner == person).Key), person)).Succeeded(out _));
            _ = await bench.ActAsync(id, s => SituationDecisions.Raise(s, s.Level + 1, "more"), person);
        }));

        var timeline = await bench.TimelineAsync(id);
        Assert.Equal(Enumerable.Range(1, timeline.Count), timeline.Select(e => e.Seq));
        var situation = await bench.ReadAsync(id);
        Assert.Equal(20, situation.Tasks.Count);
        Assert.All(situation.Tasks.Values, task => Assert.NotNull(task.DoneAt));
        Assert.Equal(20, timeline.Count(e => e.Event is Noted));
        Assert.Equal(2, timeline.Count(e => e.Event is LevelRaised));
        Assert.Equal(Level.Five, situation.Level);
        foreach (var person in people)
        {
            Assert.InRange(timeline.Count(e => e.Who.Person == person), 3, 4);
        }
    }

    [Fact]
    public async Task Two_people_merging_both_ways_at_once_merge_once()
    {
        var bench = await SituationBench.NewAsync(database);
        var (one, two) = (await bench.DeclareAsync(), await bench.DeclareAsync());
        var results = await Task.WhenAll(
            bench.Desk.MergeAsync(one, two, "same", bench.Ania, Cancel), bench.Desk.MergeAsync(two, one, "same", bench.Ania, Cancel));
        Assert.Single(results, r => r.Succeeded(out _));
    }

    [Fact]
    public async Task Resolving_voids_the_pages_and_what_is_over_takes_no_level()
    {
        var bench = await SituationBench.NewAsync(database);
        var id = await bench.DeclareAsync();
        await bench.ActAsync(id, s => SituationDecisions.Resolve(s, "answered and quiet"));
        Assert.Equal(["start 3", "void Resolved"], bench.Paged.All);
        Assert.Equal("situation.not-live", (await bench.ActAsync(id, s => SituationDecisions.Raise(s, Level.Five, "again"))).Refusals[0].Code);
        Assert.Null(await bench.DeadlineAsync(id, "cools_at"));
    }

    [Fact]
    public async Task An_entry_by_another_part_of_the_program_moves_the_row_with_the_timeline()
    {
        var bench = await SituationBench.NewAsync(database);
        var id = await bench.DeclareAsync();
        var situation = await bench.Store.InTransactionAsync(
            t => TimelineSql.AppendAsync(t, id, new PageAcknowledged(Guid.Empty, bench.Ania, "Link"), Actor.Escalation, SituationBench.Noon, Cancel), Cancel);
        Assert.Equal(bench.Ania, situation.Lead);
        Assert.Equal(2, situation.LastSeq);
    }

    [Fact]
    public async Task An_act_on_nothing_is_refused()
    {
        var bench = await SituationBench.NewAsync(database);
        Assert.Equal("situation.not-found", (await bench.ActAsync(new SituationId(Guid.Empty), SituationDecisions.Confirm)).Refusals[0].Code);
    }
}
