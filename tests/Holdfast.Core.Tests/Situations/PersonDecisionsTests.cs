using Holdfast.Core.Detection;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

public sealed class PersonDecisionsTests
{
    private static readonly Situation Candidate = Make.Opened(2);
    private static readonly Situation Open = Make.Opened(3);
    private static readonly Situation Proposed = Open.And(new LevelProposed(Level.Four, "rule", null, null));
    private static readonly Situation Contained = Open.And(new Contained(null));
    private static readonly Situation Resolved = Open.And(new Resolved("over"));
    private static readonly Situation Closed = Resolved.And(new Closed(null));
    private static readonly Situation Dismissed = Open.And(new Dismissed(DismissalReason.FalseAlarm, null));

    public static TheoryData<string, string, string?> States => new()
    {
        // act, state it is in, refusal (null: allowed)
        { "contain", "candidate", "situation.cannot-contain" },
        { "contain", "open", null },
        { "contain", "contained", "situation.cannot-contain" },
        { "contain", "proposed", "situation.proposal-open" },
        { "contain", "resolved", "situation.cannot-contain" },
        { "resolve", "candidate", "situation.cannot-resolve" },
        { "resolve", "open", null },
        { "resolve", "proposed", "situation.proposal-open" },
        { "resolve", "contained", null },
        { "resolve", "resolved", "situation.cannot-resolve" },
        { "resolve", "dismissed", "situation.cannot-resolve" },
        { "close", "open", "situation.cannot-close" },
        { "close", "resolved", null },
        { "close", "closed", "situation.cannot-close" },
        { "dismiss", "candidate", null },
        { "dismiss", "open", null },
        { "dismiss", "proposed", null },
        { "dismiss", "contained", "situation.cannot-dismiss" },
        { "dismiss", "resolved", "situation.cannot-dismiss" },
        { "reopen", "open", "situation.cannot-reopen" },
        { "reopen", "contained", null },
        { "reopen", "resolved", null },
        { "reopen", "closed", "situation.cannot-reopen" },
        { "reopen", "dismissed", "situation.cannot-reopen" },
        { "raise", "candidate", null },
        { "raise", "open", null },
        { "raise", "proposed", null },
        { "raise", "contained", null },
        { "raise", "resolved", "situation.not-live" },
        { "raise", "dismissed", "situation.not-live" },
        { "lower", "open", null },
        { "lower", "proposed", "situation.proposal-open" },
        { "lower", "closed", "situation.not-live" },
        { "confirm", "open", "situation.nothing-proposed" },
        { "confirm", "proposed", null },
        { "confirm", "resolved", "situation.nothing-proposed" },
        { "overrule", "open", "situation.nothing-proposed" },
        { "overrule", "proposed", null },
        { "lead", "open", null },
        { "lead", "resolved", "situation.not-live" },
        { "task", "candidate", null },
        { "task", "resolved", null },
        { "task", "closed", "situation.ended" },
        { "task", "dismissed", "situation.ended" },
        { "note", "closed", null },
        { "note", "dismissed", null },
        { "strike", "closed", null },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void An_act_is_possible_in_its_states_only(string act, string state, string? refusal)
    {
        var result = Act(act, In(state));
        Assert.Equal(refusal, result.Refusals.Count == 0 ? null : result.Refusals[0].Code);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 2)]
    public void Raising_to_the_same_or_lower_is_refused(int from, int to) =>
        Assert.Equal("situation.not-higher", SituationDecisions.Raise(Make.Opened(from), (Level)to, "why").Refusals[0].Code);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(-1)]
    public void A_level_outside_1_to_5_is_refused(int level)
    {
        Assert.Contains(SituationDecisions.Raise(Open, (Level)level, "why").Refusals, r => r.Code == "situation.no-level");
        Assert.Contains(SituationDecisions.Lower(Open, (Level)level, "why").Refusals, r => r.Code == "situation.no-level");
        Assert.Contains(
            SituationDecisions.Declare(new Declaration(Make.Brand, "t", (Level)level, "r")).Refusals, r => r.Code == "situation.no-level");
    }

    [Fact]
    public void A_person_may_raise_from_1_to_5_at_once_and_a_proposal_that_is_reached_is_answered()
    {
        Assert.Equal(Level.Five, Make.Opened(1).And(SituationDecisions.Raise(Make.Opened(1), Level.Five, "injury")).Level);
        Assert.Null(Proposed.And(SituationDecisions.Raise(Proposed, Level.Four, "I agree")).Proposed);
        var five = Open.And(new LevelProposed(Level.Five, "rule", null, null));
        Assert.Equal(Level.Five, five.And(SituationDecisions.Raise(five, Level.Four, "for now")).Proposed?.Level);
    }

    [Fact]
    public void A_candidate_that_reaches_3_is_open_and_does_not_become_a_candidate_again()
    {
        Assert.Equal(SituationState.Candidate, Candidate.State);
        var open = Candidate.And(SituationDecisions.Raise(Candidate, Level.Three, "more"));
        Assert.Equal(SituationState.Open, open.State);
        Assert.Equal(SituationState.Open, open.And(SituationDecisions.Lower(open, Level.One, "less")).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n ")]
    public void Who_changes_a_level_says_why(string? reason)
    {
        foreach (var result in new[]
        {
            SituationDecisions.Raise(Open, Level.Four, reason), SituationDecisions.Lower(Open, Level.Two, reason),
            SituationDecisions.Overrule(Proposed, reason), SituationDecisions.Resolve(Open, reason), SituationDecisions.Reopen(Contained, reason),
            SituationDecisions.Dismiss(Open, DismissalReason.Other, reason),
        })
        {
            Assert.Equal("situation.missing", Assert.Single(result.Refusals).Code);
        }
    }

    [Fact]
    public void What_cannot_be_stored_as_text_is_refused() =>
        Assert.All(
            ["a\0b", "bell\a", "half \ud83d", "\udd25 half"],
            text => Assert.Equal("situation.unreadable", Assert.Single(SituationDecisions.Note(Open, text).Refusals).Code));

    [Fact]
    public void Words_keep_their_letters_and_lose_only_the_blanks_around_them()
    {
        var noted = (Noted)SituationDecisions.Note(Open, "  Zażółć 🔥\r\n\tsecond line  ").Value[0];
        Assert.Equal("Zażółć 🔥\n\tsecond line", noted.Text);
        Assert.Equal("situation.too-long", SituationDecisions.Note(Open, new string('x', 10_001)).Refusals[0].Code);
    }

    [Fact]
    public void All_that_is_wrong_with_a_form_is_said_at_once() =>
        Assert.Equal(
            ["title", "reason", "level"],
            SituationDecisions.Declare(new Declaration(Make.Brand, null, (Level)9, null)).Refusals.Select(r => r.Property));

    [Fact]
    public void Merging_keeps_the_higher_level_and_the_graver_proposal_and_dismisses_the_duplicate()
    {
        var from = Situation.Empty(Make.Situation(2)).And([.. SituationDecisions.Declare(new Declaration(Make.Brand, "Bags", Level.Three, "r")).Value])
            .And(new LevelProposed(Level.Five, "rule", null, Make.Noon.AddMinutes(10)));
        var merger = SituationDecisions.Merge(from, Candidate, "the same thing").Value;
        var into = Candidate.And(merger.Into);
        var gone = from.And(merger.From);
        Assert.Equal((Level.Three, SituationState.Open, (Level?)Level.Five), (into.Level, into.State, into.Proposed?.Level));
        Assert.Equal((SituationState.Dismissed, DismissalReason.Duplicate, Candidate.Id), (gone.State, gone.Dismissal, gone.MergedInto));
        Assert.Equal("situation.same", SituationDecisions.Merge(Open, Open, "x").Refusals[0].Code);
        Assert.Equal("situation.into-ended", SituationDecisions.Merge(from, Resolved, "x").Refusals[0].Code);
    }

    [Fact]
    public void Work_is_known_by_the_entry_that_wrote_it()
    {
        var situation = Open.And(SituationDecisions.AddTask(Open, "call the airport", Make.Marek, null));
        Assert.Equal(2, Assert.Single(situation.Tasks).Key);
        var done = situation.And(SituationDecisions.TickTask(situation, 2));
        Assert.Equal(Make.Noon, done.Tasks[2].DoneAt);
        Assert.Equal("situation.no-task", SituationDecisions.TickTask(done, 2).Refusals[0].Code);
        Assert.Equal("situation.no-task", SituationDecisions.DropTask(done, 3, "no need").Refusals[0].Code);
    }

    [Fact]
    public void What_was_not_known_becomes_known_in_one_step()
    {
        var situation = Open.And(SituationDecisions.ChangeLine(Open, Board.Unknown, "how many flights", null));
        situation = situation.And(SituationDecisions.ChangeLine(situation, Board.Known, "41 flights", 2));
        Assert.Equal((Board.Known, "41 flights"), (Assert.Single(situation.Lines).Value.Board, situation.Lines[3].Text));
        Assert.Equal("situation.no-line", SituationDecisions.ChangeLine(situation, Board.Known, "x", 2).Refusals[0].Code);
        Assert.Empty(situation.And(SituationDecisions.ChangeLine(situation, Board.Known, null, 3)).Lines);
        Assert.Empty(SituationDecisions.ChangeLine(situation, Board.Known, "41 flights", 3).Value);
    }

    [Fact]
    public void A_promise_is_made_for_later_and_kept_once()
    {
        Assert.Equal("situation.due-past", SituationDecisions.Promise(Open, "update", Make.Noon, Make.Noon).Refusals[0].Code);
        var situation = Open.And(SituationDecisions.Promise(Open, "update", Make.Noon.AddMinutes(30), Make.Noon));
        situation = situation.And(SituationDecisions.KeepPromise(situation, 2));
        Assert.NotNull(situation.Promises[2].KeptAt);
        Assert.Equal("situation.no-promise", SituationDecisions.KeepPromise(situation, 2).Refusals[0].Code);
    }

    [Fact]
    public void An_entry_is_struck_through_once_and_what_it_did_remains()
    {
        var situation = Open.And(SituationDecisions.Raise(Open, Level.Four, "wrong brand"));
        var struck = situation.And(SituationDecisions.StrikeThrough(situation, 2, "it was about another airline"));
        Assert.Equal((Level.Four, "it was about another airline"), (struck.Level, struck.Struck[2]));
        Assert.Equal("situation.struck-already", SituationDecisions.StrikeThrough(struck, 2, "x").Refusals[0].Code);
        Assert.Equal("situation.no-entry", SituationDecisions.StrikeThrough(struck, 4, "x").Refusals[0].Code);
    }

    [Fact]
    public void Leading_twice_changes_nothing_and_handing_over_needs_a_note()
    {
        var led = Open.And(SituationDecisions.TakeLead(Open, Make.Ania));
        Assert.Empty(SituationDecisions.TakeLead(led, Make.Ania).Value);
        Assert.Equal("situation.missing", SituationDecisions.HandOver(led, Make.Marek, null).Refusals[0].Code);
        Assert.Equal("situation.led-already", SituationDecisions.HandOver(led, Make.Ania, "note").Refusals[0].Code);
        Assert.Equal(Make.Marek, led.And(SituationDecisions.HandOver(led, Make.Marek, "press office answers at 9")).Lead);
    }

    private static Situation In(string state) => state switch
    {
        "candidate" => Candidate,
        "open" => Open,
        "proposed" => Proposed,
        "contained" => Contained,
        "resolved" => Resolved,
        "closed" => Closed,
        _ => Dismissed,
    };

    private static Result<IReadOnlyList<TimelineEvent>> Act(string act, Situation situation) => act switch
    {
        "contain" => SituationDecisions.Contain(situation, null),
        "resolve" => SituationDecisions.Resolve(situation, "over"),
        "close" => SituationDecisions.Close(situation, null),
        "dismiss" => SituationDecisions.Dismiss(situation, DismissalReason.NotAboutUs, null),
        "reopen" => SituationDecisions.Reopen(situation, "again"),
        "raise" => SituationDecisions.Raise(situation, Level.Five, "worse"),
        "lower" => SituationDecisions.Lower(situation, Level.One, "better"),
        "confirm" => SituationDecisions.Confirm(situation),
        "overrule" => SituationDecisions.Overrule(situation, "no"),
        "lead" => SituationDecisions.TakeLead(situation, Make.Ania),
        "task" => SituationDecisions.AddTask(situation, "do", null, null),
        "note" => SituationDecisions.Note(situation, "words"),
        _ => SituationDecisions.StrikeThrough(situation, 1, "wrong"),
    };
}
