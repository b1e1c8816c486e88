using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Practice;
using Holdfast.People;
using Holdfast.Publishing;
using Holdfast.Responses;
using Holdfast.Situations;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests.Responses;

/// <summary>A situation that began with somebody's post, two accounts on a real loopback network, and a holding statement approved beforehand.</summary>
public sealed class FirstAnswerScene : Site, IAsyncDisposable
{
    public const string Words = "Our app does not take payments since 9:40. We are sorry. Our team is putting the old version back. We will write here again at 11:00.";

    internal PracticeServer Network { get; } = new(TimeProvider.System);

    internal SituationId Situation { get; private set; }

    internal string First { get; } = "practice-first";

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await Network.DisposeAsync();
        await DisposeAsync();
    }

    protected override async Task FillAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleDesk>();
        var ania = (await people.BeginAsync(new("Ania Nowak", "ania@example.org", "en", "Europe/Warsaw"), "a long enough sentence", default)).Value.Id;
        await people.InviteAsync(new("Marek Zieliński", "marek@example.org", "pl", "Europe/Warsaw"), Permission.Command, ania, default);
        var brand = (await Services.GetRequiredService<BrandDesk>().CreateAsync(new("Aurelka", ["aurelka"], ["en"], "Europe/Warsaw", null), default)).Value.Id;
        PersonId marek;
        var post = new PostId(Guid.CreateVersion7());
        var accounts = new List<AccountId>();
        await using (var connection = await Store.OpenAsync(default))
        {
            marek = await connection.QuerySingleAsync<PersonId>("select id from person where name like 'Marek%'");
            foreach (var handle in new[] { "aurelka", "aurelka-pl" })
            {
                var id = new AccountId(Guid.CreateVersion7());
                accounts.Add(id);
                await connection.ExecuteAsync("""
                    insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, connected_at)
                    values (@id, @brand, 'practice', @server, @handle, @handle, @secret, @limits::jsonb, 'Connected', now())
                    """, new
                {
                    id,
                    brand,
                    server = Network.Address.ToString(),
                    handle,
                    secret = scope.ServiceProvider.GetRequiredService<AccountBook>().Seal("secret"),
                    limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Graphemes, 500), 4, 1, 1, [])),
                });
            }

            await connection.ExecuteAsync("""
                insert into post (id, network, network_id, author_id, handle, text, at, received_at, search)
                values (@post, 'practice', @First, 'anna', 'anna', 'Paid twice and no ticket. Anyone else? @aurelka', now() - interval '4 minutes', now(), '');
                insert into mention (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, copy_key)
                values (@brand, @post, '{}', now() - interval '4 minutes', 'practice', 'anna', 900, 'en', -1, -1, 2, 0)
                """, new { post, First, brand });
        }

        Situation = (await Services.GetRequiredService<SituationDesk>().DeclareAsync(
            new Declaration(brand, "Payments fail", Level.Three, "The telephone does not stop."), ania, default)).Value;
        await Services.GetRequiredService<OriginDesk>().SetAsync(Situation, post, ania, default);
        // In the queue by acting on it, as by the worker.
        await Services.GetRequiredService<ReplyDesk>().AssignAsync(brand, post, null, ania, default);
        var statements = Services.GetRequiredService<StatementDesk>();
        var prepared = (await statements.BeginAsync(
            new StatementStart(brand, null, TemplateKind.Holding, CrisisCause.Outage), [.. accounts.Select(account => new StatementVersion(account, "en", Words))], marek, default)).Value;
        await statements.SubmitAsync(prepared, marek, default);
        var content = (await Services.GetRequiredService<AnswerBoard>().StatementAsync(prepared, default))!.Statement.Content;
        await statements.AnswerAsync(prepared, ania, content, true, null, default);
    }
}
