using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Holdfast.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.People;
using Holdfast.Responses;
using Holdfast.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Responses;

/// <summary>Outside counsel, who has no account and no session: only the link of the mail.</summary>
public sealed partial class GuestPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_of_the_mail_takes_one_answer_for_the_words_it_was_sent_for()
    {
        await using var host = await AppHost.StartAsync();
        var (statement, author) = await AskedAsync(host);
        var link = await LinkAsync(host, 1);
        using var counsel = new FormClient(host.NewClient());
        Assert.Equal(HttpStatusCode.OK, (await counsel.GetAsync(link)).Status);
        var (status, page, _) = await counsel.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("The words of Monday.", page, StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(host, statement)).Approvals);

        // Changed meanwhile: the old link decides nothing, and a new one comes by itself.
        await host.Services.GetRequiredService<StatementDesk>().WriteAsync(statement, [new StatementVersion(null, "en", "The words of Tuesday.")], author, Cancel);
        Assert.DoesNotContain("The words of", (await counsel.GetAsync(link)).Text, StringComparison.Ordinal);
        await counsel.SendAsync(link, link, ("granted", "true"));
        Assert.Empty((await ReadAsync(host, statement)).Approvals);
        var anew = await LinkAsync(host, 2);
        Assert.Contains("The words of Tuesday.", (await counsel.GetAsync(anew)).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await counsel.SendAsync(anew, anew, ("granted", "false"), ("reason", " "))).Status);
        var answered = await counsel.SendAsync(anew, anew, ("granted", "true"));
        Assert.Equal((HttpStatusCode.Redirect, anew), (answered.Status, answered.To));
        Assert.Equal(HttpStatusCode.Gone, (await counsel.GetAsync(anew)).Status);
        await counsel.SendAsync(anew, anew, ("granted", "false"), ("reason", "No, after all."));
        var approval = Assert.Single((await ReadAsync(host, statement)).Approvals);
        Assert.Equal((true, "Counsel"), (approval.Granted, approval.Guest));
    }

    [Fact]
    public async Task A_link_whose_time_is_over_and_one_that_never_was_lead_nowhere()
    {
        await using var host = await AppHost.StartAsync();
        var (statement, _) = await AskedAsync(host);
        var link = await LinkAsync(host, 1);
        await using (var connection = await host.Store.OpenAsync(Cancel))
        {
            await connection.ExecuteAsync("update approval_link set expires_at = now() - interval '1 second'");
        }

        using var counsel = new FormClient(host.NewClient());
        foreach (var address in new[] { link, "/s/nothing", "/s/%00", $"/s/{new string('a', 5_000)}" })
        {
            var (status, page, _) = await counsel.GetAsync(address);
            Assert.NotEqual(HttpStatusCode.OK, status);
            Assert.InRange((int)status, 400, 499);
            Assert.DoesNotContain("The words of", page, StringComparison.Ordinal);
            Assert.NotEqual(HttpStatusCode.Redirect, (await counsel.SendAsync(link, address, ("granted", "true"))).Status);
        }

        Assert.Empty((await ReadAsync(host, statement)).Approvals);
    }

    /// <summary>Ania leads and wrote it; counsel speaks for legal.</summary>
    private static async Task<(StatementId Statement, PersonId Author)> AskedAsync(AppHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleDesk>();
        var ania = (await people.BeginAsync(new("Ania Nowak", "ania@example.org", "en", "Europe/Warsaw"), "a long enough sentence", Cancel)).Value.Id;
        await people.InviteAsync(new("Marek Zieliński", "marek@example.org", "pl", "Europe/Warsaw"), Permission.Command, ania, Cancel);
        var brand = (await host.Services.GetRequiredService<BrandDesk>().CreateAsync(new("Aurelka", [], ["en"], "Europe/Warsaw", null), Cancel)).Value.Id;
        var desk = host.Services.GetRequiredService<StatementDesk>();
        var id = (await desk.BeginAsync(
            new StatementStart(brand, null, TemplateKind.Holding, CrisisCause.Outage), [new StatementVersion(null, "en", "The words of Monday.")], ania, Cancel)).Value;
        Assert.True((await desk.SubmitAsync(id, ania, Cancel)).Succeeded(out _));
        Assert.True((await host.Services.GetRequiredService<GuestDesk>().InviteAsync(id, DutyKind.Legal, "Counsel", "law@example.org", "en", ania, Cancel)).Succeeded(out _));
        return (id, ania);
    }

    private static async Task<Statement> ReadAsync(AppHost host, StatementId id)
    {
        await using var connection = await host.Store.OpenAsync(Cancel);
        return (await StatementSql.ReadAsync(connection, id, Cancel))!;
    }

    /// <summary>The path of the link in the newest of so many mails to counsel, once they are there.</summary>
    private static async Task<string> LinkAsync(AppHost host, int mails)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        await using var connection = await host.Store.OpenAsync(limit.Token);
        while (true)
        {
            var bodies = (await connection.QueryAsync<string>("select body from outbox where to_address = 'law@example.org' order by at, id")).ToList();
            if (bodies.Count >= mails)
            {
                return Link().Match(bodies[^1]).Value;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    [GeneratedRegex("/s/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
