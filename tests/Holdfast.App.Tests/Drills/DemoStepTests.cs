using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Drills;

namespace Holdfast.App.Tests.Drills;

public sealed class DemoStepTests
{
    private static readonly DemoStanding Open = new() { Situation = new SituationId(Guid.CreateVersion7()), Level = 3 };
    private static readonly DemoStanding Frozen = Open with { Level = 4, Freeze = new FreezeId(Guid.CreateVersion7()), Waiting = 31 };

    [Fact]
    public void The_story_is_told_in_order_by_what_stands_in_the_database()
    {
        DemoStanding[] told =
        [
            new(),
            Open,
            Open with { Proposed = true },
            Open with { Level = 4 },
            Frozen,
            Frozen with { Answered = true },
            Frozen with { Answered = true, StatementState = "Published" },
            Frozen with { Answered = true, StatementState = "Published", LiftAskedBy = "somebody" },
            Frozen with { Answered = true, StatementState = "Published", Lifted = true },
            Frozen with { Answered = true, StatementState = "Published", Lifted = true, Waiting = 0 },
        ];
        Assert.Equal(Enum.GetValues<DemoStep>(), told.Select(standing => standing.Step));
    }

    [Fact]
    public void Who_freezes_before_anybody_proposed_a_grave_level_goes_on_to_the_answer() =>
        Assert.Equal(DemoStep.Answer, (Frozen with { Level = 3, Proposed = true }).Step);

    [Fact]
    public void Who_lifts_before_answering_is_asked_to_decide_on_what_is_held() =>
        Assert.Equal(DemoStep.Decide, (Frozen with { Lifted = true }).Step);

    [Fact]
    public void A_statement_that_waits_for_the_answer_needs_no_more_taps() =>
        Assert.Equal(DemoStep.Lift, (Frozen with { Answered = true, StatementState = "Waiting" }).Step);

    [Fact]
    public void Every_step_but_the_first_and_the_freeze_leads_to_a_page()
    {
        Assert.Null(new DemoStanding().Path);
        Assert.Null((Open with { Level = 4 }).Path);
        Assert.EndsWith("/answer", Frozen.Path, StringComparison.Ordinal);
        Assert.EndsWith("#held", (Frozen with { Lifted = true }).Path, StringComparison.Ordinal);
    }
}
