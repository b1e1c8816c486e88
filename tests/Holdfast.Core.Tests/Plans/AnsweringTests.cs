using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;

namespace Holdfast.Core.Tests.Plans;

public sealed class AnsweringTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly PersonId Ania = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly PersonId Ola = new(new Guid(2, 0, 0, new byte[8]));

    [Fact]
    public void A_plan_written_before_there_was_this_part_goes_by_the_defaults()
    {
        var old = JsonNode.Parse(JsonSerializer.Serialize(CrisisPlan.Template(Ania), Json))!.AsObject();
        Assert.True(old.Remove("answering"));
        var plan = old.Deserialize<CrisisPlan>(Json)!;
        Assert.Equal(Answering.Default, plan.Answering);
        Assert.Empty(PlanCheck.Refusals(plan, new HashSet<PersonId> { Ania }));
    }

    [Fact]
    public void The_steps_of_approval_and_the_clock_are_those_of_the_plan()
    {
        var plan = With(Level.Three, level => level with { Clock = TimeSpan.FromMinutes(5), Approvals = [new(true, [DutyKind.Technical, DutyKind.Legal])] });
        var step = Assert.Single(ApprovalRules.Steps(plan, Level.Three, [Ola], []));
        Assert.True(step.All);
        Assert.Equal([DutyKind.Technical, DutyKind.Legal], step.Seats.Select(seat => seat.Duty));
        var item = new ReplyItem(default, default, null, Level.Three, default, DutyKind.Social, DateTimeOffset.UnixEpoch);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMinutes(5), ReplyDecisions.GoUp(item, plan.Answering, DateTimeOffset.UnixEpoch).ClockAt);
    }

    [Fact]
    public void An_own_text_is_begun_with_and_every_other_one_is_ours()
    {
        var answering = Answering.Default with { Templates = [new(TemplateKind.Holding, CrisisCause.Outage, new("Down.", "Nie działa."), Legal: false)] };
        Assert.Equal(("Down.", "Nie działa."), (answering.Text(TemplateKind.Holding, CrisisCause.Outage, "en"), answering.Text(TemplateKind.Holding, CrisisCause.Outage, "pl")));
        Assert.Equal(StatementTemplate.Text(TemplateKind.Apology, CrisisCause.Outage, "pl"), answering.Text(TemplateKind.Apology, CrisisCause.Outage, "pl"));
    }

    [Fact]
    public void Every_error_is_refused_with_its_place()
    {
        var plan = CrisisPlan.Template() with
        {
            Answering = new(
                [.. Answering.Default.Levels.Select((level, index) => index switch
                {
                    1 => level with { Clock = TimeSpan.Zero },
                    2 => level with { Approvals = [new(false, [])] },
                    3 => level with { Approvals = [new(false, [DutyKind.Legal]), new(true, [DutyKind.Legal, DutyKind.Legal])] },
                    4 => level with { Approvals = [.. Enumerable.Repeat(new ApprovalNeed(false, [DutyKind.Lead]), 5)] },
                    _ => level,
                })],
                [
                    new(TemplateKind.Faq, CrisisCause.Outage, new("One.", " "), Legal: false),
                    new(TemplateKind.Faq, CrisisCause.Outage, new(new string('x', 5_001), "Dwa."), Legal: false),
                ]),
        };
        Assert.Equal(
            [
                "answering.levels[1].clock plan.time-outside", "answering.levels[2].approvals[0].duties plan.nobody-approves",
                "answering.levels[3].approvals[1].duties plan.duty-twice", "answering.levels[4].approvals plan.number-outside",
                "answering.templates[0].text plan.wording-missing", "answering.templates[1] plan.template-twice", "answering.templates[1].text plan.template-too-long",
            ],
            PlanCheck.Refusals(plan, new HashSet<PersonId>()).Select(refusal => $"{refusal.Property} {refusal.Code}"));
    }

    [Fact]
    public void Four_levels_are_refused()
    {
        var plan = CrisisPlan.Template() with { Answering = Answering.Default with { Levels = [.. Answering.Default.Levels.Skip(1)] } };
        Assert.Contains(PlanCheck.Refusals(plan, new HashSet<PersonId>()), refusal => refusal is { Code: "plan.five-levels", Property: "answering.levels" });
    }

    [Fact]
    public void Holding_statements_that_legal_has_not_approved_cost_points_once()
    {
        OwnTemplate Approved(CrisisCause cause, bool legal) => new(TemplateKind.Holding, cause, new("Words.", "Słowa."), legal);

        ReadinessGap? Gap(bool last) => Readiness.Of(
                CrisisPlan.Template() with { Answering = Answering.Default with { Templates = [.. Enum.GetValues<CrisisCause>().Select(cause => Approved(cause, last || cause != CrisisCause.Outage))] } }, [])
            .Gaps.SingleOrDefault(gap => gap.Kind == GapKind.TemplateNotApproved);

        Assert.Equal(DutyKind.Legal, Gap(last: false)?.Duty);
        Assert.Null(Gap(last: true));
    }

    private static CrisisPlan With(Level which, Func<LevelAnswering, LevelAnswering> change) => CrisisPlan.Template(Ania) with
    {
        Answering = Answering.Default with { Levels = [.. Answering.Default.Levels.Select(level => level.Level == which ? change(level) : level)] },
    };
}
