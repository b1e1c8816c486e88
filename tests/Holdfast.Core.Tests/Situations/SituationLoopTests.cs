using Holdfast.Core.Detection;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

public sealed class SituationLoopTests
{
    [Fact]
    public void No_sequence_of_events_adds_up_to_an_illegal_situation()
    {
        foreach (var seed in Enumerable.Range(1, 400))
        {
            var random = new Random(seed);
            var situation = Situation.Empty(Make.Situation());
            for (var i = 0; i < 60; i++)
            {
                var e = RandomEvents.Next(random);
                situation = situation.Apply(new TimelineEntry(i + 1, Make.Noon.AddMinutes(i), Actor.Of(Make.Ania), e));
                Legal(situation, $"seed {seed}, entry {i + 1}: {e}");
            }
        }
    }

    [Fact]
    public void Every_decision_is_total_and_what_it_decides_can_be_applied()
    {
        foreach (var seed in Enumerable.Range(1, 400))
        {
            var random = new Random(seed);
            var situation = Make.Opened(random.Next(1, 6));
            for (var i = 0; i < 60; i++)
            {
                var before = situation;
                var now = Make.Noon.AddMinutes(i * 17);
                var events = Decide(situation, random, now);
                situation = situation.And(events, now);
                Legal(situation, $"seed {seed}, step {i}: {string.Join(", ", events)}");
                Moved(before, situation, events);
            }
        }
    }

    [Fact]
    public void The_level_without_a_person_never_passes_3_and_never_falls_from_above_it()
    {
        foreach (var seed in Enumerable.Range(1, 300))
        {
            var random = new Random(seed);
            var situation = Make.Opened(random.Next(1, 6));
            var start = situation.Level;
            for (var i = 0; i < 40; i++)
            {
                var before = situation.Level;
                var signal = Make.Signal(random.Next(1, 6), id: random.Next(1, 5), size: random.Next(1, 100));
                var now = Make.Noon.AddHours(i);
                situation = situation.And(SituationDecisions.Take(situation, signal, "t", now, Make.Rules).Events, now);
                situation = situation.And(SituationDecisions.ConfirmationDue(situation, now), now);
                situation = situation.And(SituationDecisions.CoolDown(situation, new Dictionary<SignalId, DateTimeOffset>(), now, Make.Rules), now);
                Assert.True(situation.Level <= (start > Level.Three ? start : Level.Three), $"seed {seed}");
                Assert.True(before < Level.Four || situation.Level == before, $"seed {seed}: fell from {before}");
            }
        }
    }

    private static void Legal(Situation situation, string where)
    {
        Assert.True(Enum.IsDefined(situation.Level), where);
        Assert.True(situation.Proposed is null || (situation.Proposed.Level >= Level.Four && situation.Proposed.Level > situation.Level), where);
        Assert.True(situation.Proposed is null || situation is { IsLive: true, Level: >= Level.Three }, where);
        Assert.True(situation.Proposed is null || situation.State != SituationState.Contained || situation.Level >= Level.Three, where);
        Assert.True(situation.State != SituationState.Candidate || situation.Level <= Level.Two, where);
        Assert.True((situation.State == SituationState.Dismissed) == situation.Dismissal is not null, where);
        Assert.True(situation.MergedInto is null || situation.State == SituationState.Dismissed, where);
        Assert.True(situation.MergedInto != situation.Id, where);
        Assert.All(situation.Struck.Keys, seq => Assert.InRange(seq, 1, situation.LastSeq));
        Assert.All(situation.Tasks.Values, task => Assert.False(task.DoneAt is not null && task.DroppedBecause is not null, where));
        Assert.True(SituationDecisions.CoolsAt(situation, new Dictionary<SignalId, DateTimeOffset>(), Make.Rules) is null
            || situation is { IsLive: true, Level: Level.Two or Level.Three, Proposed: null }, where);
    }

    /// <summary>The arrows of BEHAVIOUR 5, and that nothing else than a person takes a level down from 4 up.</summary>
    private static void Moved(Situation before, Situation after, IReadOnlyList<TimelineEvent> events)
    {
        var arrow = (before.State, after.State);
        var legal = before.State == after.State || arrow is
            (SituationState.Candidate, SituationState.Open or SituationState.Dismissed)
            or (SituationState.Open, SituationState.Contained or SituationState.Resolved or SituationState.Dismissed)
            or (SituationState.Contained, SituationState.Open or SituationState.Resolved or SituationState.Dismissed)
            or (SituationState.Resolved, SituationState.Closed or SituationState.Open);
        Assert.True(legal, $"{arrow} by {string.Join(", ", events)}");
        Assert.True(arrow != (SituationState.Contained, SituationState.Dismissed) || after.MergedInto is not null);
    }

    private static readonly Situation Other =
        Situation.Empty(Make.Situation(2)).And(new Opened(Make.Brand, "Other", Level.Three, SignalKind.ByHand, null, null));

    private static IReadOnlyList<TimelineEvent> Decide(Situation situation, Random random, DateTimeOffset now)
    {
        var level = (Level)random.Next(0, 7);
        var number = random.Next(0, 30);
        string? words = random.Next(5) == 0 ? null : "because";
        return random.Next(20) switch
        {
            0 => Events(SituationDecisions.Raise(situation, level, words)),
            1 => Events(SituationDecisions.Lower(situation, level, words)),
            2 => Events(SituationDecisions.Confirm(situation)),
            3 => Events(SituationDecisions.Overrule(situation, words)),
            4 => Events(SituationDecisions.Contain(situation, words)),
            5 => random.Next(4) == 0 ? Events(SituationDecisions.Resolve(situation, words)) : [],
            6 => Events(SituationDecisions.Reopen(situation, words)),
            7 => random.Next(4) == 0 ? Events(SituationDecisions.Dismiss(situation, DismissalReason.Other, words)) : [],
            8 => random.Next(4) == 0 ? Events(SituationDecisions.Close(situation, words)) : [],
            9 => random.Next(6) == 0 && SituationDecisions.Merge(situation, Other, words).Succeeded(out var merger) ? merger.From : [],
            10 => Events(SituationDecisions.TakeLead(situation, Make.Ania)),
            11 => Events(SituationDecisions.HandOver(situation, Make.Marek, words)),
            12 => Events(SituationDecisions.AddTask(situation, words, null, null)),
            13 => Events(SituationDecisions.TickTask(situation, number)),
            14 => Events(SituationDecisions.DropTask(situation, number, words)),
            15 => Events(SituationDecisions.ChangeLine(situation, (Board)random.Next(3), words, random.Next(2) == 0 ? null : number)),
            16 => Events(SituationDecisions.StrikeThrough(situation, number, words)),
            17 => SituationDecisions.CoolDown(situation, new Dictionary<SignalId, DateTimeOffset>(), now, Make.Rules),
            18 => SituationDecisions.ConfirmationDue(situation, now),
            _ => SituationDecisions.Take(
                situation, Make.Signal(random.Next(1, 6), id: random.Next(1, 6), size: random.Next(1, 99)), "t", now, Make.TakesEffect).Events,
        };
    }

    private static IReadOnlyList<TimelineEvent> Events(Result<IReadOnlyList<TimelineEvent>> result) =>
        result.Succeeded(out var events) ? events : [];
}
