using System.Text.Json;
using Holdfast.Core.Publishing;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Testing.AtProto;
using Holdfast.Testing.Social;

namespace Holdfast.App.Tests.Crash;

/// <summary>
/// kill -9 of the real server while it sends to Bluesky's own server, and to a Mastodon: what is on the network is counted there, and what
/// was asked and sent is read off the line in between.
/// </summary>
public sealed class NetworkKillTests(SendingHouse house, NetworkKillTests.Pds pds) : IClassFixture<SendingHouse>, IClassFixture<NetworkKillTests.Pds>, IAsyncLifetime
{
    private const string Put = "com.atproto.repo.putRecord", Get = "com.atproto.repo.getRecord";
    private const string Statuses = "POST /api/v1/statuses ";
    private Between? _line;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Between Line => _line!;

    [Theory]
    [InlineData("the first byte has left, and the server never gets it", 0, false, 2)]
    [InlineData("the first byte has left, and the server gets it together with the repeat", 0, true, 2)]
    [InlineData("the server has done it, and its answer is lost", 1, false, 1)]
    public async Task Killed_on_the_way_to_Bluesky_it_is_there_once(string step, int there, bool together, int puts)
    {
        var bluesky = await pds.StartedAsync();
        var did = await ConnectAsync(bluesky, line =>
        {
            var put = line.Contains(Put, StringComparison.Ordinal) ? Puts : 0;
            if (together && put == 2)
            {
                Line.LetGo();
            }

            return put == 1 ? Hold(there) : Between.Fate.Pass;
        });
        await Line.Held.WaitAsync(SendingHouse.Patience, Cancel);
        await house.KillAsync();
        Assert.Equal((step, "Sending, departed", there), (step, await house.LeftBehindAsync(), (await bluesky.PostsAsync(did)).Count));
        await ThereOnceAsync(bluesky, did, step, puts);
    }

    [Fact]
    public async Task Killed_after_Blueskys_answer_and_before_it_is_written_down_it_is_there_once()
    {
        var bluesky = await pds.StartedAsync();
        string did;
        await using (await house.HoldAsync(deferred: false, "old.state = 'Sending' and new.state = 'Sent'"))
        {
            did = await ConnectAsync(bluesky, _ => Between.Fate.Pass);
            await house.HeldAsync();
            await house.KillAsync();
        }

        Assert.Equal(("Sending, departed", 1), (await house.LeftBehindAsync(), (await bluesky.PostsAsync(did)).Count));
        await ThereOnceAsync(bluesky, did, "answered, and not written down", puts: 1);
    }

    [Theory]
    [InlineData("the first byte has left, and the server never gets it", 0, 2)]
    [InlineData("the server has done it, and its answer is lost", 1, 1)]
    public async Task Killed_on_the_way_to_Mastodon_it_is_there_once(string step, int there, int sent)
    {
        await using var mastodon = await MastodonSimulator.StartAsync(TimeProvider.System, 0, Cancel);
        var newsroom = mastodon.World.AddAccount("newsroom");
        _line = new(mastodon.Address, line => line.StartsWith(Statuses, StringComparison.Ordinal) && Count(Statuses) == 1 ? Hold(there) : Between.Fate.Pass);
        var secret = JsonSerializer.Serialize(new { token = newsroom.Token });
        await house.ScheduleAsync(await house.Rig.AddAccountAsync("mastodon", Line.Address, MastodonJson.Id(newsroom.Id), "newsroom", secret));
        await Line.Held.WaitAsync(SendingHouse.Patience, Cancel);
        await house.KillAsync();
        Assert.Equal((step, "Sending, departed", there), (step, await house.LeftBehindAsync(), mastodon.World.Statuses.Count));

        await house.StartAsync();
        await house.SettledAsync();
        Assert.Equal((step, PostState.Sent, sent), (step, await house.StateAsync(), Count(Statuses)));
        Assert.Equal(house.Post.Text, Assert.Single(mastodon.World.Statuses).Text);
        Assert.Equal(house.Post.Key, Assert.Single(mastodon.Arrivals, a => a.Method == "POST").Key);
        Assert.Contains(Line.Arrived.SkipWhile(l => !l.StartsWith(Statuses, StringComparison.Ordinal)).Take(3), l => l.StartsWith("GET /api/v1/accounts/", StringComparison.Ordinal));
    }

    public ValueTask InitializeAsync() => house.RunningAsync();

    public async ValueTask DisposeAsync()
    {
        if (_line is not null)
        {
            await _line.DisposeAsync();
        }
    }

    private static Between.Fate Hold(int there) => there == 0 ? Between.Fate.Late : Between.Fate.AnswersLate;

    private int Puts => Count(Put);

    private int Count(string what) => Line.Arrived.Count(l => l.Contains(what, StringComparison.Ordinal));

    /// <summary>An account whose server is reached over our line, and a post of it that is due.</summary>
    private async Task<string> ConnectAsync(AtProtoProcess bluesky, Func<string, Between.Fate> fate)
    {
        _line = new(bluesky.Address, fate);
        var (handle, password) = await bluesky.NewAccountAsync();
        var session = await bluesky.PostAsync("com.atproto.server.createSession", null, new { identifier = handle, password });
        var did = session.GetProperty("did").GetString()!;
        var secret = JsonSerializer.Serialize(new { Access = session.GetProperty("accessJwt"), Refresh = session.GetProperty("refreshJwt"), Pds = Line.Address });
        await house.ScheduleAsync(await house.Rig.AddAccountAsync("bluesky", Line.Address, did, handle, secret));
        return did;
    }

    /// <summary>The next server asks by the name that is ours, and what it then writes down is what stands there.</summary>
    private async Task ThereOnceAsync(AtProtoProcess bluesky, string did, string step, int puts)
    {
        await house.StartAsync();
        await house.SettledAsync();
        Assert.Equal((step, PostState.Sent, puts), (step, await house.StateAsync(), Puts));
        var post = Assert.Single(await bluesky.PostsAsync(did));
        Assert.Equal(house.Post.Text, post.GetProperty("value").GetProperty("text").GetString());
        var uri = post.GetProperty("uri").GetString()!;
        Assert.Equal([uri], await house.Rig.RowsAsync<string>("select network_ref ->> 'id' from scheduled_post where id = @Id", new { house.Post.Id }));
        var asked = Line.Arrived.SkipWhile(l => !l.Contains(Put, StringComparison.Ordinal)).First(l => !l.Contains(Put, StringComparison.Ordinal));
        Assert.Contains(Get, asked);
        Assert.Contains($"rkey={uri.Split('/')[^1]}", asked);
    }

    /// <summary>Bluesky's own server, for all of them; started within a test, which is skipped where it cannot be had.</summary>
    public sealed class Pds : IAsyncDisposable
    {
        private AtProtoProcess? _process;

        public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

        internal async Task<AtProtoProcess> StartedAsync() => _process ??= await AtProtoProcess.StartAsync(new { });
    }
}
