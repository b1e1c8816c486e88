using System.Text.Json;
using System.Text.Json.Serialization;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Tests.Plans;

public sealed class CrisisPlanTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly PersonId Ania = Person(1);
    private static readonly PersonId Marek = Person(2);
    private static readonly PersonId Ola = Person(3);

    [Fact]
    public void The_template_is_accepted_as_it_stands() =>
        Assert.Empty(PlanCheck.Refusals(CrisisPlan.Template(Ania), new HashSet<PersonId> { Ania }));

    [Fact]
    public void A_plan_comes_back_from_json_as_it_went()
    {
        var json = JsonSerializer.Serialize(CrisisPlan.Template(Ania), Json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<CrisisPlan>(json, Json), Json));
    }

    [Fact]
    public void A_document_that_lacks_a_part_is_not_read_as_a_plan() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CrisisPlan>("""{"coolDown":"04:00:00"}""", Json));

    [Fact]
    public void The_template_has_the_numbers_of_the_specification()
    {
        var plan = CrisisPlan.Template();
        Assert.Equal(
            [("negative-in-an-hour", Level.Two, 5d, 1), ("negative-for-hours", Level.Four, 10d, 4)],
            plan.Rules.Thresholds.Select(rule => (rule.Name, rule.Level, rule.Number, rule.WindowsInARow)));
        Assert.Equal((10, TimeSpan.FromMinutes(60), Level.Three), (plan.Rules.SameIssue.People, plan.Rules.SameIssue.Window, plan.Rules.SameIssue.Level));
        Assert.Equal(TimeSpan.FromHours(4), plan.CoolDown);
        Assert.Equal(TimeSpan.FromMinutes(10), plan.Definition(Level.Four).ConfirmWithin);
        Assert.All(plan.Policies, policy => Assert.Equal((20, TimeSpan.FromHours(24)), (policy.Rounds, policy.MaxAge)));
        Assert.Equal(TimeSpan.FromMinutes(30), plan.Policy(Level.Five)!.LapsesAfter);
        Assert.Null(plan.Policy(Level.Two));
    }

    [Fact]
    public void Only_levels_4_and_5_wait_for_a_person() =>
        Assert.Equal(
            [Level.Four, Level.Five],
            CrisisPlan.Template().Levels.Where(definition => definition.NeedsConfirmation).Select(definition => definition.Level));

    [Fact]
    public void A_duty_is_held_by_the_entry_of_the_nearest_level_below()
    {
        var plan = With(new Duty(DutyKind.Lead, [new(Level.One, Ania, []), new(Level.Four, Marek, [Ola])]));
        Assert.Equal(Ania, plan.Holders(DutyKind.Lead, Level.Three).First);
        Assert.Equal(Marek, plan.Holders(DutyKind.Lead, Level.Four).First);
        Assert.Equal([Ola], plan.Holders(DutyKind.Lead, Level.Five).Deputies);
    }

    [Fact]
    public void A_duty_nobody_listed_is_held_by_nobody()
    {
        var holders = (CrisisPlan.Template() with { Duties = [] }).Holders(DutyKind.Legal, Level.Five);
        Assert.Null(holders.First);
        Assert.Empty(holders.Deputies);
    }

    [Fact]
    public void Everyone_of_a_level_is_listed_once_firsts_before_deputies()
    {
        var plan = With(
            new Duty(DutyKind.Lead, [new(Level.One, Ania, [Marek])]),
            new Duty(DutyKind.Support, [new(Level.One, Ola, [Ania])]));
        Assert.Equal([Ania, Ola, Marek], plan.Everyone(Level.Three));
    }

    public static TheoryData<string, string, CrisisPlan> Wrong()
    {
        var plan = CrisisPlan.Template(Ania);
        var rules = plan.Rules;
        var assign = ThresholdRule.Assign;
        return new()
        {
            { "plan.five-levels", "levels", plan with { Levels = [.. plan.Levels.Take(4)] } },
            { "plan.five-levels", "levels", plan with { Levels = [.. plan.Levels.Reverse()] } },
            { "plan.wording-missing", "levels[0].name", plan with { Levels = [plan.Levels[0] with { Name = new("Routine", " ") }, .. plan.Levels.Skip(1)] } },
            { "plan.time-outside", "levels[3].confirmWithin", plan with { Levels = [.. plan.Levels.Take(3), plan.Levels[3] with { ConfirmWithin = TimeSpan.Zero }, plan.Levels[4]] } },
            { "plan.time-outside", "coolDown", plan with { CoolDown = TimeSpan.FromSeconds(1) } },
            { "plan.number-outside", "rules.thresholds[0].number", plan with { Rules = rules with { Thresholds = [assign with { Number = -1 }] } } },
            { "plan.number-outside", "rules.thresholds[0].number", plan with { Rules = rules with { Thresholds = [assign with { Number = double.NaN }] } } },
            { "plan.window-uneven", "rules.thresholds[0].window", plan with { Rules = rules with { Thresholds = [assign with { Window = TimeSpan.FromSeconds(90) }] } } },
            { "plan.stretch-too-long", "rules.thresholds[0].windowsInARow", plan with { Rules = rules with { Thresholds = [assign with { WindowsInARow = 49 }] } } },
            { "plan.rule-name-twice", "rules.thresholds[1].name", plan with { Rules = rules with { Thresholds = [assign, assign] } } },
            { "plan.rule-name-missing", "rules.sameIssue.name", plan with { Rules = rules with { SameIssue = rules.SameIssue with { Name = "Same issue" } } } },
            { "plan.number-outside", "rules.sameIssue.people", plan with { Rules = rules with { SameIssue = rules.SameIssue with { People = 1 } } } },
            { "plan.number-outside", "rules.riskWords[0].risk", plan with { Rules = rules with { RiskWords = [RiskWordRule.Grave with { Risk = 3 }] } } },
            { "plan.nobody-such", "duties[0].holders[0].first", With(Duty.Held(DutyKind.Lead, Ola)) },
            { "plan.held-twice", "duties[0].holders[0].deputies[0]", With(new Duty(DutyKind.Lead, [new(Level.One, Ania, [Ania])])) },
            { "plan.holders-twice", "duties[0].holders[1]", With(new Duty(DutyKind.Lead, [new(Level.One, Ania, []), new(Level.One, null, [])])) },
            { "plan.duty-twice", "duties[1]", With(Duty.Held(DutyKind.Lead, Ania), Duty.Held(DutyKind.Lead, Ania)) },
            { "plan.policy-twice", "policies[3].name", plan with { Policies = [.. plan.Policies, plan.Policies[0]] } },
            { "plan.no-such-policy", "levels[4].policy", plan with { Policies = [.. plan.Policies.Take(2)] } },
            { "plan.no-steps", "policies[0].steps", First(plan, policy => policy with { Steps = [] }) },
            { "plan.number-outside", "policies[0].rounds", First(plan, policy => policy with { Rounds = 0 }) },
            { "plan.nobody-paged", "policies[0].steps[0].whom", First(plan, policy => policy with { Steps = [new(TimeSpan.Zero, [])] }) },
            { "plan.whom-incomplete", "policies[0].steps[0].whom[0]", First(plan, policy => policy with { Steps = [new(TimeSpan.Zero, [new()])] }) },
            { "plan.nobody-such", "policies[0].steps[0].whom[0]", First(plan, policy => policy with { Steps = [new(TimeSpan.Zero, [Recipient.The(Ola)])] }) },
        };
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_plan_is_refused_at_its_field(string code, string property, CrisisPlan plan)
    {
        var refusal = Assert.Single(PlanCheck.Refusals(plan, new HashSet<PersonId> { Ania }));
        Assert.Equal((code, property), (refusal.Code, refusal.Property));
    }

    [Fact]
    public void All_refusals_come_at_once() =>
        Assert.Equal(
            ["rules.thresholds[0].number", "coolDown"],
            PlanCheck.Refusals(
                CrisisPlan.Template() with
                {
                    CoolDown = TimeSpan.Zero,
                    Rules = RuleSet.Default with { Thresholds = [ThresholdRule.Assign with { Number = -1 }] },
                },
                new HashSet<PersonId>()).Select(refusal => refusal.Property));

    private static CrisisPlan First(CrisisPlan plan, Func<EscalationPolicy, EscalationPolicy> change) =>
        plan with { Policies = [change(plan.Policies[0]), .. plan.Policies.Skip(1)] };

    private static CrisisPlan With(params Duty[] duties) => CrisisPlan.Template(Ania) with { Duties = duties };

    private static PersonId Person(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
