using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.Plans;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Holdfast.App.Tests.Plans;

public sealed class PlanDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTime _time = new(Noon);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PlanDesk Desk => new(database.Store, _time);

    [Fact]
    public async Task A_brand_without_a_version_has_the_template_with_someone_on_every_duty()
    {
        var (brand, ania) = await GivenAsync();
        var view = await Desk.LookAsync(brand, Cancel);
        Assert.Equal(0, view.InForce.Version);
        Assert.All(view.Plan.Duties, duty => Assert.NotNull(Assert.Single(duty.Holders).First));
        Assert.Contains(view.People, person => person.Id == ania);
        Assert.DoesNotContain(view.Readiness.Gaps, gap => gap.Kind == GapKind.NobodyOnDuty);
    }

    [Fact]
    public async Task A_version_is_in_force_from_its_moment_and_the_earlier_one_can_still_be_read()
    {
        var (brand, ania) = await GivenAsync();
        Assert.Equal(1, (await Desk.PutInForceAsync(brand, CrisisPlan.Template(ania), 0, ania, Cancel)).Value);
        _time.Advance(TimeSpan.FromHours(1));
        var changed = CrisisPlan.Template(ania) with { CoolDown = TimeSpan.FromHours(2) };
        Assert.Equal(2, (await Desk.PutInForceAsync(brand, changed, 1, ania, Cancel)).Value);
        var view = await Desk.LookAsync(brand, Cancel);
        Assert.Equal((2, TimeSpan.FromHours(2)), (view.InForce.Version, view.Plan.CoolDown));
        Assert.Equal(TimeSpan.FromHours(4), (await Desk.FindAsync(brand, 1, Cancel))!.Plan.CoolDown);
        Assert.Equal([2, 1], view.Versions.Select(version => version.Version));
    }

    [Fact]
    public async Task A_change_made_on_an_older_version_is_refused_and_changes_nothing()
    {
        var (brand, ania) = await GivenAsync();
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Desk.PutInForceAsync(brand, CrisisPlan.Template(ania), 0, ania, Cancel)));
        var refused = Assert.Single(both, result => !result.Succeeded(out var _));
        Assert.Equal("plan.changed-meanwhile", Assert.Single(refused.Refusals).Code);
        Assert.Single((await Desk.LookAsync(brand, Cancel)).Versions);
    }

    [Fact]
    public async Task A_wrong_plan_is_refused_with_all_its_errors_and_not_stored()
    {
        var (brand, ania) = await GivenAsync();
        var wrong = CrisisPlan.Template(new PersonId(Guid.Empty)) with { CoolDown = TimeSpan.Zero };
        var put = await Desk.PutInForceAsync(brand, wrong, 0, ania, Cancel);
        Assert.Contains(put.Refusals, refusal => refusal.Property == "coolDown");
        Assert.Contains(put.Refusals, refusal => refusal.Property == "duties[0].holders[0].first");
        Assert.Empty((await Desk.LookAsync(brand, Cancel)).Versions);
    }

    [Fact]
    public void What_is_exported_can_be_imported()
    {
        var written = PlanDesk.Write(CrisisPlan.Template());
        Assert.Equal(written, PlanDesk.Write(PlanDesk.Read(written).Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"levels\":[]}")]
    [InlineData("\u0000\u0001 not json")]
    public void What_is_no_plan_is_refused_with_its_place(string text) =>
        Assert.Equal("plan.unreadable", Assert.Single(PlanDesk.Read(text).Refusals).Code);

    [Fact]
    public void A_misspelt_field_is_refused_rather_than_forgotten()
    {
        var text = PlanDesk.Write(CrisisPlan.Template()).Replace("\"coolDown\"", "\"cooldown2\"", StringComparison.Ordinal);
        Assert.False(PlanDesk.Read(text).Succeeded(out _));
    }

    [Fact]
    public void The_form_of_the_rules_changes_what_it_shows_and_keeps_what_could_not_be_read()
    {
        var fields = Form(
            ("rules.thresholds[0].number", "7,5"), ("rules.thresholds[0].window", "90"), ("rules.thresholds[0].mode", "Shadow"),
            ("rules.thresholds[1].number", "many"));
        var rules = PlanForms.Rules(CrisisPlan.Template(), fields).Rules;
        Assert.Equal((7.5, TimeSpan.FromMinutes(90), true), (rules.Thresholds[0].Number, rules.Thresholds[0].Window, rules.Thresholds[0].Shadow));
        Assert.Equal(ThresholdRule.RollOutNumber, rules.Thresholds[1].Number);
        Assert.Contains(fields.Refusals, refusal => refusal.Property == "rules.thresholds[1].number");
        Assert.DoesNotContain(fields.Refusals, refusal => refusal.Property == "rules.thresholds[0].number");
    }

    [Fact]
    public void A_step_of_a_policy_goes_when_its_time_is_emptied()
    {
        var fields = Form(
            ("policies[0].steps[0].after", "0"), ("policies[0].steps[0].whom", "duty:Lead"), ("policies[0].steps[1].after", ""),
            ("policies[0].steps[2].after", "15"), ("policies[0].steps[2].whom", "everyone"));
        var policy = PlanForms.Policies(CrisisPlan.Template(), fields).Policies[0];
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMinutes(15)], policy.Steps.Select(step => step.After));
        Assert.Equal([Recipient.All], policy.Steps[1].Whom);
    }

    [Fact]
    public void Duties_are_held_from_the_levels_that_the_form_names()
    {
        var (first, deputy) = (Guid.CreateVersion7(Noon), Guid.CreateVersion7(Noon));
        var fields = Form(
            ("duties[0].holders[0].level", "One"), ("duties[0].holders[0].first", $"{first}"),
            ("duties[0].holders[1].level", "Four"), ("duties[0].holders[1].first", ""), ("duties[0].holders[1].deputies", $"{deputy}"),
            ("duties[0].holders[2].level", ""));
        var plan = PlanForms.Duties(CrisisPlan.Template(), fields);
        Assert.Equal(new PersonId(first), plan.Holders(DutyKind.Lead, Level.Three).First);
        Assert.Equal([new PersonId(deputy)], plan.Holders(DutyKind.Lead, Level.Five).Deputies);
    }

    [Fact]
    public void Clocks_and_approvals_are_those_of_the_form_and_a_step_without_anybody_goes()
    {
        var fields = Form(
            ("answering.levels[2].clock", "20"), ("answering.levels[2].approvals[0].duties", "Technical"), ("answering.levels[2].approvals[0].all", "yes"),
            ("answering.levels[2].approvals[1].all", "no"), ("answering.levels[2].approvals[2].duties", "Legal"));
        var level = PlanForms.Answering(CrisisPlan.Template(), fields).Answering.At(Level.Three);
        Assert.Equal(TimeSpan.FromMinutes(20), level.Clock);
        Assert.Equal([(true, DutyKind.Technical), (false, DutyKind.Legal)], level.Approvals.Select(need => (need.All, need.Duties[0])));
    }

    [Fact]
    public void Of_the_texts_only_what_is_other_than_ours_or_approved_is_kept_and_other_words_take_the_approval_back()
    {
        var own = Texts(CrisisPlan.Template(), "We are down.", "yes");
        Assert.Equal((CrisisCause.Outage, "We are down.", true), Kept(own));
        Assert.Equal((CrisisCause.Outage, "We are still down.", false), Kept(Texts(own, "We are still down.", "yes")));
        Assert.Equal((CrisisCause.Outage, "We are down.", true), Kept(Texts(own, "We are down.", "yes")));
        var ours = StatementTemplate.Text(TemplateKind.Holding, CrisisCause.Outage, "en");
        Assert.Empty(Texts(own, ours, "").Answering.Templates);
        Assert.Equal((CrisisCause.Outage, ours, true), Kept(Texts(CrisisPlan.Template(), ours, "yes")));

        static (CrisisCause, string, bool) Kept(CrisisPlan plan) => Assert.Single(plan.Answering.Templates) is var one ? (one.Cause, one.Text.En, one.Legal) : default;

        static CrisisPlan Texts(CrisisPlan plan, string outage, string legal) => PlanForms.Templates(plan, Form([
            ("kind", "Holding"), ("template.Outage.legal", legal),
            .. Enum.GetValues<CrisisCause>().SelectMany(cause => new[]
            {
                ($"template.{cause}", cause == CrisisCause.Outage ? outage : StatementTemplate.Text(TemplateKind.Holding, cause, "en")),
                ($"template.{cause}.pl", StatementTemplate.Text(TemplateKind.Holding, cause, "pl")),
            }),
        ]));
    }

    private static PlanFields Form(params (string Name, string Value)[] fields) =>
        new(new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value))));

    private async Task<(BrandId Brand, PersonId Ania)> GivenAsync()
    {
        var (brand, ania) = (new BrandId(Ids.New(_time)), new PersonId(Ids.New(_time)));
        await using var connection = await database.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            """
            insert into brand (id, name, created_at) values (@brand, @name, @Noon);
            insert into person (id, name, mail, permission, security_stamp, created_at) values (@ania, 'Ania', @mail, 'Administer', 's', @Noon)
            """,
            new { brand, ania, name = $"Lumo {brand.Value}", mail = $"{ania.Value}@example.org", Noon });
        return (brand, ania);
    }
}
