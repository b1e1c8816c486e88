using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;
using Holdfast.Publishing;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.App.Tests.Publishing;

public sealed class AccountDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private readonly AccountBook _book = new(database.Store, new EphemeralDataProtectionProvider());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_who_the_network_says_and_connected_again_it_is_the_same_one()
    {
        await using var server = await MastodonSimulator.StartAsync(TimeProvider.System, 0, Cancel);
        var house = await PlanningHouse.NewAsync(database);
        var desk = Desk(house);
        var token = server.World.AddAccount("aurelka", "Aurelka").Token;
        var id = (await desk.ConnectAsync(Form(house, server, token), null, house.Ania, Cancel)).Value;

        var account = (await desk.FindAsync(id, Cancel))!;
        Assert.StartsWith("aurelka@", account.Handle, StringComparison.Ordinal);
        Assert.Equal(("Aurelka", AccountState.Connected, 500), (account.Name, account.State, PostCheck.Limits(account).Text.Max));
        Assert.NotNull(await _book.OpenAsync(id, Cancel));

        var other = server.World.AddAccount("somebody").Token;
        Assert.Equal("account.other", Code(await desk.ConnectAsync(Form(house, server, other), id, house.Ania, Cancel)));
        Assert.Equal(id, (await desk.ConnectAsync(Form(house, server, token), id, house.Ania, Cancel)).Value);
        var elsewhere = await PlanningHouse.NewAsync(database);
        Assert.Equal("account.already", Code(await desk.ConnectAsync(Form(elsewhere, server, token), null, house.Ania, Cancel)));
    }

    [Fact]
    public async Task A_wrong_token_a_dead_server_and_an_address_that_is_none_are_refused_and_nothing_is_kept()
    {
        var house = await PlanningHouse.NewAsync(database);
        var desk = Desk(house);
        await using (var server = await MastodonSimulator.StartAsync(TimeProvider.System, 0, Cancel))
        {
            Assert.Equal("account.sign-in", Code(await desk.ConnectAsync(Form(house, server, "wrong"), null, house.Ania, Cancel)));
        }

        Assert.Equal("account.sign-in", Code(await desk.ConnectAsync(new AccountForm { Brand = house.Brand.Value, Network = "mastodon", Server = "http://127.0.0.1:9", Password = "token" }, null, house.Ania, Cancel)));
        foreach (var address in new[] { "http://mastodon.example", "ftp://a.example", "https://me:secret@a.example", "", "javascript:alert(1)" })
        {
            Assert.Equal("account.server", Code(await desk.ConnectAsync(new AccountForm { Brand = house.Brand.Value, Network = "mastodon", Server = address, Password = "token" }, null, house.Ania, Cancel)));
        }

        Assert.Equal(
            ["account.brand", "account.network", "account.server", "account.password"],
            (await desk.ConnectAsync(new AccountForm(), null, house.Ania, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.DoesNotContain(await desk.AllAsync(Cancel), account => account.Brand == house.Brand && account.Server.StartsWith("http://", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disconnected_it_forgets_how_to_enter_and_holds_what_was_scheduled_also_after_it_is_connected_again()
    {
        await using var server = await MastodonSimulator.StartAsync(TimeProvider.System, 0, Cancel);
        var house = await PlanningHouse.NewAsync(database);
        var desk = Desk(house);
        var token = server.World.AddAccount("aurelka").Token;
        var id = (await desk.ConnectAsync(Form(house, server, token), null, house.Ania, Cancel)).Value;
        var set = (await house.Posts.SaveAsync(null, house.Form("On time", accounts: id.Value), house.Ania, Cancel)).Value;

        await desk.DisconnectAsync(id, house.Ania, Cancel);

        Assert.Null(await _book.OpenAsync(id, Cancel));
        await using (var connection = await house.Store.OpenAsync(Cancel))
        {
            Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select octet_length(secret) from account where id = @Value", new { id.Value }));
        }

        var held = await house.OneAsync(set);
        Assert.Equal((PostState.Held, HeldBecause.Account), (held.State, held.Held));
        Assert.Contains(await house.HistoryAsync(set), row => row is { State: "Held", ByName: "Ania" });
        Assert.Equal("post.account-out", Code(await house.Posts.SaveAsync(null, house.Form("Later", accounts: id.Value), house.Ania, Cancel)));

        await desk.ConnectAsync(Form(house, server, token), null, house.Ania, Cancel);
        Assert.Equal(PostState.Held, (await house.OneAsync(set)).State);
    }

    private AccountDesk Desk(PlanningHouse house) =>
        new(house.Store, new Publishers([new MastodonPublisher(new NetworkHttp(TimeProvider.System), TimeProvider.System)]), _book, house.Time);

    private static AccountForm Form(PlanningHouse house, MastodonSimulator server, string token) =>
        new() { Brand = house.Brand.Value, Network = "mastodon", Server = server.Address.ToString(), Password = token };

    private static string Code<T>(Core.Result<T> result) => Assert.Single(result.Refusals).Code;
}
