using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Tests.Plans;

public sealed class ReadinessTests
{
    private static readonly PersonId Ania = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly PersonId Marek = new(new Guid(2, 0, 0, new byte[8]));

    [Fact]
    public void A_plan_with_people_deputies_and_confirmed_contacts_is_ready()
    {
        var readiness = Readiness.Of(Staffed(), [new(Ania, true), new(Marek, true)]);
        Assert.Equal(100, readiness.Score);
        Assert.Empty(readiness.Gaps);
    }

    [Fact]
    public void The_bare_template_is_not_ready_and_says_why()
    {
        var readiness = Readiness.Of(CrisisPlan.Template(), []);
        Assert.Equal(0, readiness.Score);
        Assert.Contains(readiness.Gaps, gap => gap is { Kind: GapKind.NobodyOnDuty, Duty: DutyKind.Lead });
        Assert.Contains(readiness.Gaps, gap => gap is { Kind: GapKind.PolicyReachesNobody, Level: Level.Three });
        Assert.Contains(readiness.Gaps, gap => gap is { Kind: GapKind.NobodyConfirms, Level: Level.Four });
    }

    [Fact]
    public void A_contact_never_confirmed_costs_points_once_however_many_duties_the_person_has()
    {
        var gap = Assert.Single(Readiness.Of(Staffed(), [new(Ania, false), new(Marek, true)]).Gaps);
        Assert.Equal((GapKind.ContactNotConfirmed, Ania), (gap.Kind, gap.Person));
    }

    [Fact]
    public void A_duty_without_a_deputy_is_named()
    {
        var plan = Staffed() with
        {
            Duties = [.. Staffed().Duties.Select(duty => duty.Kind == DutyKind.Legal ? Duty.Held(DutyKind.Legal, Ania) : duty)],
        };
        var gap = Assert.Single(Readiness.Of(plan, [new(Ania, true), new(Marek, true)]).Gaps);
        Assert.Equal((GapKind.NoDeputy, DutyKind.Legal), (gap.Kind, gap.Duty));
    }

    [Fact]
    public void A_level_that_pages_without_a_policy_is_named()
    {
        var plan = Staffed() with { Policies = [.. Staffed().Policies.Where(policy => policy.Name != "grave-crisis")] };
        var gap = Assert.Single(Readiness.Of(plan, [new(Ania, true), new(Marek, true)]).Gaps);
        Assert.Equal((GapKind.NoPolicy, Level.Five), (gap.Kind, gap.Level));
    }

    [Fact]
    public void Rules_that_only_shadow_do_not_count()
    {
        var rules = RuleSet.Default;
        var plan = Staffed() with
        {
            Rules = rules with
            {
                Thresholds = [],
                SameIssue = rules.SameIssue with { Shadow = true },
                Spread = rules.Spread with { Shadow = true },
                ProminentVoices = rules.ProminentVoices with { Off = true },
                RiskWords = [RiskWordRule.Grave with { Off = true }],
            },
        };
        Assert.Equal(GapKind.NoRuleForACrisis, Assert.Single(Readiness.Of(plan, [new(Ania, true), new(Marek, true)]).Gaps).Kind);
    }

    private static CrisisPlan Staffed() => CrisisPlan.Template() with
    {
        Duties = [.. Enum.GetValues<DutyKind>().Select(kind => new Duty(kind, [new(Level.One, Ania, [Marek])]))],
        Answering = Answering.Default with
        {
            Templates = [.. Enum.GetValues<CrisisCause>().Select(cause => new OwnTemplate(TemplateKind.Holding, cause, new("Words.", "Słowa."), Legal: true))],
        },
    };
}
