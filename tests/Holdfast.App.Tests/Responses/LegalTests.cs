using System.Net;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.People;
using Holdfast.Plans;
using Holdfast.Responses;
using Holdfast.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Responses;

/// <summary>Only who holds the legal duty at that moment says yes for legal. Ania administers, wrote the words and holds every duty but that one.</summary>
public sealed class LegalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_is_approved_for_legal_by_whoever_has_that_duty_then_in_the_page_and_by_its_form()
    {
        await using var host = await AppHost.StartOpenAsync();
        var (brand, ania, marek) = await PeopleAsync(host);
        await LegalIsAsync(host, brand, marek, ania);
        var (id, content) = await AskedAsync(host, brand, ania);
        using var browser = await AsAsync(host, marek);
        Assert.Contains($"/statements/{id.Value}/answer", (await browser.GetAsync($"/statements/{id.Value}")).Text, StringComparison.Ordinal);

        // The duty goes to somebody else after he was asked: he commands still, and is no lawyer.
        await LegalIsAsync(host, brand, ania, ania);
        Assert.DoesNotContain($"/statements/{id.Value}/answer", (await browser.GetAsync($"/statements/{id.Value}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendAsync($"/statements/{id.Value}", $"/statements/{id.Value}/answer", ("content", content), ("granted", "true"))).Status);
        Assert.Empty((await ReadAsync(host, id)).Approvals);

        await LegalIsAsync(host, brand, marek, ania);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendAsync($"/statements/{id.Value}", $"/statements/{id.Value}/answer", ("content", content), ("granted", "true"))).Status);
        Assert.True(Assert.Single((await ReadAsync(host, id)).Approvals).Granted);
    }

    [Fact]
    public async Task By_link_counts_only_while_whoever_asked_for_it_may()
    {
        await using var host = await AppHost.StartOpenAsync();
        var (brand, ania, marek) = await PeopleAsync(host, Permission.Respond);
        await LegalIsAsync(host, brand, marek, ania);
        var (id, content) = await AskedAsync(host, brand, ania);
        var guests = host.Services.GetRequiredService<GuestDesk>();
        Assert.Equal("statement.guest-inside", Assert.Single((await guests.InviteAsync(id, DutyKind.Legal, "Counsel", "Marek@Example.org", "en", marek, Cancel)).Refusals).Code);
        Assert.True((await guests.InviteAsync(id, DutyKind.Legal, "Counsel", "law@example.org", "en", marek, Cancel)).Succeeded(out _));

        await LegalIsAsync(host, brand, ania, ania);
        Assert.Equal("statement.not-your-duty", Assert.Single((await guests.InviteAsync(id, DutyKind.Legal, "Counsel", "law@example.org", "en", marek, Cancel)).Refusals).Code);
        var link = new ApprovalLink { Statement = id, Content = content, DutyName = nameof(DutyKind.Legal), Name = "Counsel", AskedBy = marek };
        var statements = host.Services.GetRequiredService<StatementDesk>();
        Assert.Equal("link.gone", Assert.Single((await host.Store.InTransactionAsync(transaction => statements.AnswerAsync(transaction, link, true, null, Cancel), Cancel)).Refusals).Code);

        await LegalIsAsync(host, brand, marek, ania);
        Assert.True((await host.Store.InTransactionAsync(transaction => statements.AnswerAsync(transaction, link, true, null, Cancel), Cancel)).Succeeded(out _));
    }

    [Fact]
    public async Task The_tick_on_a_template_is_not_offered_to_others_and_not_taken_from_them()
    {
        await using var host = await AppHost.StartOpenAsync();
        var (brand, ania, marek) = await PeopleAsync(host);
        await LegalIsAsync(host, brand, marek, ania);
        var page = $"/plan/{brand.Value}/templates";
        using var browser = await AsAsync(host, ania);
        Assert.DoesNotContain("type=\"checkbox\" name=\"template.Outage.legal\"", (await browser.GetAsync(page)).Text, StringComparison.Ordinal);
        using var lawyer = await AsAsync(host, marek);
        Assert.Contains("type=\"checkbox\" name=\"template.Outage.legal\"", (await lawyer.GetAsync(page)).Text, StringComparison.Ordinal);

        var desk = host.Services.GetRequiredService<PlanDesk>();
        var view = await desk.LookAsync(brand, Cancel);
        var ticked = Ticked(view.Plan, "We are down.");
        Assert.Equal(
            ("plan.not-by-legal", "answering.templates[0].legal"),
            Assert.Single((await desk.PutInForceAsync(brand, ticked, view.InForce.Version, ania, Cancel)).Refusals) is var no ? (no.Code, no.Property) : default);
        Assert.True((await desk.PutInForceAsync(brand, ticked, view.InForce.Version, marek, Cancel)).Succeeded(out var version));

        // What legal approved stays approved whoever saves the plan next; other words do not.
        Assert.True((await desk.PutInForceAsync(brand, ticked, version, ania, Cancel)).Succeeded(out version));
        Assert.Equal("plan.not-by-legal", Assert.Single((await desk.PutInForceAsync(brand, Ticked(ticked, "All is well."), version, ania, Cancel)).Refusals).Code);
    }

    private static CrisisPlan Ticked(CrisisPlan plan, string words) => plan with
    {
        Answering = plan.Answering with { Templates = [new(TemplateKind.Holding, CrisisCause.Outage, new(words, "Nie działa."), Legal: true)] },
    };

    private static async Task<(BrandId Brand, PersonId Ania, PersonId Marek)> PeopleAsync(AppHost host, Permission marek = Permission.Command)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleDesk>();
        var ania = (await people.BeginAsync(new("Ania Nowak", "ania@example.org", "en", "Europe/Warsaw"), "a long enough sentence", Cancel)).Value.Id;
        await people.InviteAsync(new("Marek Zieliński", "marek@example.org", "en", "Europe/Warsaw"), marek, ania, Cancel);
        var brand = (await host.Services.GetRequiredService<BrandDesk>().CreateAsync(new("Aurelka", [], ["en"], "Europe/Warsaw", null), Cancel)).Value.Id;
        var plan = await host.Services.GetRequiredService<PlanDesk>().LookAsync(brand, Cancel);
        return (brand, ania, plan.People.Single(person => person.Id != ania).Id);
    }

    /// <summary>Statements at level 4, which prepared ones are asked as, need legal's approval and no other.</summary>
    private static async Task LegalIsAsync(AppHost host, BrandId brand, PersonId legal, PersonId by)
    {
        var desk = host.Services.GetRequiredService<PlanDesk>();
        var view = await desk.LookAsync(brand, Cancel);
        var plan = view.Plan with
        {
            Duties = [.. view.Plan.Duties.Select(duty => duty.Kind == DutyKind.Legal ? Duty.Held(DutyKind.Legal, legal) : duty)],
            Answering = view.Plan.Answering with
            {
                Levels = [.. view.Plan.Answering.Levels.Select(level => level.Level == ApprovalRules.PreparedAs ? level with { Approvals = [new(false, [DutyKind.Legal])] } : level)],
            },
        };
        Assert.True((await desk.PutInForceAsync(brand, plan, view.InForce.Version, by, Cancel)).Succeeded(out _));
    }

    private static async Task<(StatementId Id, string Content)> AskedAsync(AppHost host, BrandId brand, PersonId by)
    {
        var desk = host.Services.GetRequiredService<StatementDesk>();
        var id = (await desk.BeginAsync(
            new StatementStart(brand, null, TemplateKind.Holding, CrisisCause.Outage), [new StatementVersion(null, "en", "The words of Monday.")], by, Cancel)).Value;
        Assert.True((await desk.SubmitAsync(id, by, Cancel)).Succeeded(out var asked));
        return (id, asked!.Content);
    }

    private static async Task<Statement> ReadAsync(AppHost host, StatementId id)
    {
        await using var connection = await host.Store.OpenAsync(Cancel);
        return (await StatementSql.ReadAsync(connection, id, Cancel))!;
    }

    private static async Task<FormClient> AsAsync(AppHost host, PersonId person)
    {
        var browser = new FormClient(host.NewClient());
        await browser.EnterAsync(person);
        return browser;
    }
}
