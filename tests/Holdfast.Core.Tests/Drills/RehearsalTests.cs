using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Tests.Drills;

public sealed class RehearsalTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Ola = new(new Guid(1, 0, 0, new byte[8])), Chief = new(new Guid(2, 0, 0, new byte[8]));
    private static readonly CrisisPlan Plan = CrisisPlan.Template() with { Duties = [Duty.Held(DutyKind.Lead, Ola), Duty.Held(DutyKind.Executive, Chief)] };

    [Fact]
    public void A_proposed_level_is_paged_to_be_confirmed_and_takes_effect_when_nobody_answers()
    {
        var situation = Assert.Single(Rehearsal.Of(Plan, [Run(60, 120, Level.Four, "for-hours")]));
        Assert.Equal(
            [(60, Level.Three, false), (60, Level.Four, true), (70, Level.Four, false)],
            situation.Levels.Select(step => ((int)(step.At - Midnight).TotalMinutes, step.Level, step.Proposed)));
        Assert.True(situation.Pages[0].ToConfirm);
        Assert.Equal([Ola], situation.Pages[0].People);
        Assert.Equal(At(60), situation.Pages[0].At);
    }

    [Fact]
    public void A_situation_ends_when_its_rules_were_quiet_and_what_comes_after_opens_another()
    {
        var situations = Rehearsal.Of(Plan, [Run(0, 30, Level.Three), Run(200, 210, Level.Three), Run(600, 610, Level.Three)]);
        Assert.Equal([(At(0), At(210 + 240)), (At(600), At(610 + 240))], situations.Select(one => (one.From, one.To)));
        Assert.Equal([1, 1], situations.Select(one => one.Pages.Count));
    }

    [Fact]
    public void What_runs_in_shadow_and_what_is_below_level_three_opens_nothing() =>
        Assert.Empty(Rehearsal.Of(Plan, [Run(0, 30, Level.Two), Run(10, 30, Level.Four, shadow: true)]));

    [Fact]
    public void Two_topics_are_two_situations_and_the_same_words_come_back_to_theirs()
    {
        var situations = Rehearsal.Of(Plan, [Topic(0, "plastic", "yogurt"), Topic(30, "late", "flight"), Topic(60, "yogurt", "plastic", "batch"), Run(70, 80, Level.Four, "for-hours")]);
        Assert.Equal(["plastic, yogurt", "late, flight"], situations.Select(one => one.Title));
        Assert.Equal(At(65 + 240), situations[0].To);
        Assert.Equal(Level.Four, Assert.Single(situations, one => one.Highest == Level.Four).Highest);
    }

    [Fact]
    public void The_order_in_which_runs_are_given_changes_nothing()
    {
        var runs = new[] { Run(0, 30, Level.Three), Topic(20, "late", "flight"), Run(25, 300, Level.Four, "for-hours"), Run(700, 720, Level.Five, "grave") };
        var expected = Rehearsal.Of(Plan, runs).Select(Told);
        Assert.Equal(expected, Rehearsal.Of(Plan, [.. runs.Reverse()]).Select(Told));
    }

    [Fact]
    public void Of_two_rule_sets_the_lead_is_that_of_the_first_and_what_only_one_saw_is_listed()
    {
        var early = Rehearsal.Of(Plan, [Run(10, 60, Level.Three), Run(1000, 1010, Level.Three)]);
        var late = Rehearsal.Of(Plan, [Run(52, 60, Level.Three), Run(3000, 3010, Level.Three)]);
        var compared = SideBySide.Of(early, late);
        Assert.Equal(TimeSpan.FromMinutes(42), Assert.Single(compared.Both).Lead);
        Assert.Equal(At(1000), Assert.Single(compared.OnlyFirst).From);
        Assert.Equal(At(3000), Assert.Single(compared.OnlySecond).From);
    }

    [Fact]
    public void Alarms_are_right_or_false_as_marked_and_a_short_history_gives_a_guess()
    {
        var alarms = Rehearsal.Of(Plan, [Run(0, 10, Level.Three), Run(1000, 1010, Level.Three), Run(2000, 2010, Level.Three), Run(3000, 3010, Level.Three)]);
        MarkedStretch[] marks =
        [
            new(At(0), At(20), Verdict.Real), new(At(5), At(20), Verdict.FalseAlarm), new(At(990), At(1005), Verdict.FalseAlarm), new(At(500), At(600), Verdict.FalseAlarm),
        ];
        var count = AlarmCount.Of(alarms, marks, 10);
        Assert.Equal((1, 1, 2), (count.Real, count.False, count.Unmarked));
        Assert.Equal(3.04, count.FalseAMonth, 2);
        Assert.Equal(9.13, count.AtMostFalseAMonth, 2);
        Assert.True(count.IsGuess);
        Assert.False(AlarmCount.Of(alarms, marks, 28).IsGuess);
    }

    private static DateTimeOffset At(int minute) => Midnight.AddMinutes(minute);

    private static string Told(ForeseenSituation one) =>
        $"{one.Title} {one.From:HHmm} {one.To:HHmm} {string.Join(' ', one.Levels.Select(step => $"{step.At:HHmm}{step.Level}{step.Proposed}"))} {one.Pages.Count}";

    private static SignalRun Run(int from, int to, Level level, string rule = "rule", bool shadow = false) => SignalRun.Of(new(
        new(SignalKind.Threshold, rule, level, TimeSpan.FromHours(1), AtOnce: false, shadow), At(from), 1, [new("negative", 6, "posts")], [])) with
    { LastAt = At(to) };

    private static SignalRun Topic(int from, params string[] words) => SignalRun.Of(new(
        new(SignalKind.SameIssue, "same-issue", Level.Three, TimeSpan.FromHours(1), AtOnce: false, Shadow: false),
        At(from),
        10,
        [new("people", 10, "people")],
        [],
        new([], words))) with
    { LastAt = At(from + 5) };
}
