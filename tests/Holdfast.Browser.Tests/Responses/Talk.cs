using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests.Responses;

/// <summary>A simulated Mastodon server on which somebody asked the brand something in the middle of a conversation, and many answered.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private Talk(MastodonSimulator server, PostId post) => (Server, Post) = (server, post);

    public MastodonSimulator Server { get; }

    /// <summary>The one to answer.</summary>
    public PostId Post { get; }

    public static async Task<Talk> BeginAsync(Site site, BrandId brand)
    {
        var server = await MastodonSimulator.StartAsync(TimeProvider.System, 0, default);
        server.Domain = "mastodon.example";
        var ours = server.World.AddAccount("aurelka", "Aurelka");
        var asked = Speak(server.World, ours);
        var post = new PostId(Guid.CreateVersion7());
        await using var connection = await site.Store.OpenAsync(default);
        await connection.ExecuteAsync("""
            insert into post (id, network, network_id, author_id, handle, author_name, text, url, at, received_at, search)
            values (@post, 'mastodon', @key, 'kasia', 'kasia.wrona@mastodon.example', 'Kasia Wrona', @Text, @url, now() - interval '9 minutes', now(), '');
            insert into mention (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, copy_key)
            values (@brand, @post, '{}', now() - interval '9 minutes', 'mastodon', 'kasia', 640, 'en', -1, -1, 1, 0);
            update account set server = @address, network_id = @number, secret = @secret where brand_id = @brand and network = 'mastodon';
            insert into account (id, brand_id, network, server, network_id, handle, name, secret, limits, state, needs_approval, connected_at)
            select @id, @brand, 'mastodon', @address, @number, 'aurelka@mastodon.example', 'Aurelka', @secret, @limits::jsonb, 'Connected', false, now()
            where not exists (select from account where brand_id = @brand and network = 'mastodon')
            """, new
        {
            post,
            brand,
            key = MastodonJson.Id(asked.Id),
            asked.Text,
            url = $"{server.Address}@kasia.wrona/{asked.Id}",
            id = Guid.CreateVersion7(),
            address = server.Address.ToString(),
            number = MastodonJson.Id(ours.Id),
            secret = site.Services.GetRequiredService<AccountBook>().Seal($$"""{"token":"{{ours.Token}}"}"""),
            limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Mastodon, 500), 4, 1_000_000, 1_000, ["image/png", "image/jpeg"])),
        });
        return new Talk(server, post);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static SimulatedStatus Speak(MastodonWorld world, SimulatedAccount ours)
    {
        var marta = world.AddAccount("marta.reads", "Marta");
        var kasia = world.AddAccount("kasia.wrona", "Kasia Wrona");
        var jan = world.AddAccount("jan_z_zamoscia@bardzo-dluga-nazwa-serwera.example", "Jan Kowalczykiewicz-Brzęczyszczykiewicz");
        var first = world.Say(marta, "Found something blue and hard in my strawberry yogurt. @aurelka, what is this?", language: "en");
        var reply = world.Say(jan, "U mnie to samo, partia 4417. Zgłosiłem w sklepie.", first, language: "pl");
        var asked = world.Say(kasia, "@aurelka is lot 4417 safe for children or not? My daughter ate one this morning.", reply, language: "en");
        var answer = world.Say(ours, "@kasia.wrona We are checking lot 4417 right now and will write here again within the hour.", asked, language: "en");
        var thanks = world.Say(kasia, "Thank you. Waiting.", answer, language: "en");
        var doubt = world.Say(jan, "Godzina to długo, kiedy dziecko już zjadło…", thanks, language: "pl");
        world.Say(marta, "They did answer me within the hour last time, to be fair.", world.Say(kasia, "True?", doubt, language: "en"), language: "en");
        world.Say(jan, $"https://www.example.org/{new string('a', 180)}", asked);
        world.Say(marta, "שלום, גם אצלי", asked, language: "he");
        world.Say(jan, string.Join("\n\n", Enumerable.Repeat("Jogurt, partia, plastik, sklep, paragon, zdjęcie.", 30)), asked, language: "pl");
        for (var i = 0; i < 40; i++)
        {
            world.Say(i % 2 == 0 ? marta : jan, i % 2 == 0 ? "Same lot here." : "Ta sama partia u mnie.", asked, language: i % 2 == 0 ? "en" : "pl");
        }

        return asked;
    }
}
