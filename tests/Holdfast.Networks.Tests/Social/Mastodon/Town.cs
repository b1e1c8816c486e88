using Holdfast.Core.Publishing;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;

namespace Holdfast.Networks.Tests.Social.Mastodon;

/// <summary>A simulated server with our newsroom and somebody else on it, and our client.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly NetworkHttp _http;

    private Town(MastodonSimulator server, TimeProvider time)
    {
        Server = server;
        _http = new NetworkHttp(time);
        Publisher = new MastodonPublisher(_http, time);
        Reader = new MastodonReader(_http, time);
        Newsroom = server.World.AddAccount("newsroom", "The newsroom");
        Ola = server.World.AddAccount("ola", "Ola Kern", followers: 70_000);
        Account = new AccountAccess(server.Address, MastodonJson.Id(Newsroom.Id), "newsroom@mastodon.example", MastodonSecret.Write(Newsroom.Token), (_, _) => Task.CompletedTask);
        Time = time;
    }

    public MastodonSimulator Server { get; }

    public MastodonWorld World => Server.World;

    public MastodonPublisher Publisher { get; }

    public MastodonReader Reader { get; }

    public NetworkHttp Http => _http;

    public SimulatedAccount Newsroom { get; }

    public SimulatedAccount Ola { get; }

    public AccountAccess Account { get; }

    public TimeProvider Time { get; }

    public static async Task<Town> BuildAsync(TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        return new(await MastodonSimulator.StartAsync(time, 0, TestContext.Current.CancellationToken), time);
    }

    public AccountAccess With(string token) => new(Server.Address, Account.NetworkId, Account.Handle, MastodonSecret.Write(token), (_, _) => Task.CompletedTask);

    public OutgoingPost Post(string text, string key = "key-1") => new(key, text, "en", null, [], new PostOptions(), Time.GetUtcNow());

    public async Task<PostReference> SentAsync(OutgoingPost post) =>
        Assert.IsType<SendOutcome.Sent>(await Publisher.SendAsync(Account, post, Departure.Free(), TestContext.Current.CancellationToken)).Post;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _http.Dispose();
    }
}
