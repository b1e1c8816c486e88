using Dapper;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Listening;
using Holdfast.Publishing;
using Holdfast.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Listening;

/// <summary>From a Mastodon server to the stored post: an account connected as a person does it, and what mentions it heard.</summary>
public sealed class MastodonListeningTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly PersonId Someone = new(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
    private AppHost _app = null!;
    private MastodonSimulator _server = null!;
    private SimulatedAccount _us = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AppHost.StartAsync();
        _server = await MastodonSimulator.StartAsync(TimeProvider.System, 0, Cancel);
        _us = _server.World.AddAccount("acorn", "Acorn Air");
        await _app.Services.GetRequiredService<ImportDesk>().PrepareAsync("Acorn Air", "mastodon", Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_mentions_the_connected_account_is_stored_and_its_deletion_marked()
    {
        var account = await ConnectAsync();
        var made = await _app.Services.GetRequiredService<NetworkSourceDesk>().CreateAsync(new() { Kind = "MastodonAccount", Name = "Our mentions", Account = account.Value }, null, Someone, Cancel);
        Assert.Empty(made.Refusals);
        await UntilAsync("select cursor from network_source", _ => _server.Streams.Open == 1);
        var ann = _server.World.AddAccount("ann@elsewhere.example", "Ann", followers: 12);
        var said = _server.World.Say(ann, "@acorn Acorn Air lost my bag");
        _server.World.Say(ann, "nothing about anyone");
        await UntilAsync("select text from post", text => text == "@acorn Acorn Air lost my bag");
        Assert.Equal("ann@elsewhere.example", await OneAsync("select handle from post"));
        _server.World.Delete(said.Id);
        await UntilAsync("select network_id from post where deleted_at is not null", id => id == MastodonJson.Id(said.Id));

        // A server that is restarted: what was said meanwhile is read afterwards.
        _server.Streams.Cut();
        _server.World.Say(ann, "@acorn Acorn Air lost my other bag");
        await UntilAsync("select text from post where text like '%other%'", text => text is not null);
    }

    [Fact]
    public async Task A_wrong_token_connects_nothing_and_says_why()
    {
        var refused = await _app.Services.GetRequiredService<AccountDesk>().ConnectAsync(await FormAsync("wrong"), again: null, Someone, Cancel);
        Assert.NotEmpty(refused.Refusals);
        Assert.Equal("0", await OneAsync("select count(*)::text from account"));
    }

    private async Task<AccountId> ConnectAsync()
    {
        var connected = await _app.Services.GetRequiredService<AccountDesk>().ConnectAsync(await FormAsync(_us.Token), again: null, Someone, Cancel);
        Assert.Empty(connected.Refusals);
        return connected.Value;
    }

    private async Task<AccountForm> FormAsync(string token) => new()
    {
        Brand = Guid.Parse((await OneAsync("select id::text from brand"))!),
        Network = "mastodon",
        Server = _server.Address.ToString(),
        Name = "acorn",
        Password = token,
    };

    private async Task<string?> OneAsync(string sql)
    {
        await using var connection = await _app.Store.OpenAsync(Cancel);
        return await connection.QueryFirstOrDefaultAsync<string?>(sql);
    }

    private async Task UntilAsync(string sql, Func<string?, bool> enough)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!enough(await OneAsync(sql)))
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
