using System.Text.Json.Nodes;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Drills.Simulators;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Freezing;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;
using Holdfast.Publishing;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Http;

namespace Holdfast.App.Tests.Publishing;

/// <summary>What somebody left on a Mastodon server's own scheduler, through a freeze and after it.</summary>
public sealed class SchedulerTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private PublishingHouse _house = null!;
    private MastodonSimulator _server = null!;
    private NetworkHttp _http = null!;
    private SimulatedAccount _us = null!;
    private SchedulerDesk _desk = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await PublishingHouse.NewAsync(database);
        _server = await MastodonSimulator.StartAsync(_house.Time, 0, Cancel);
        _http = new NetworkHttp(_house.Time);
        _us = _server.World.AddAccount("united");
        _desk = new SchedulerDesk(_house.Store, new Publishers([new MastodonPublisher(_http, _house.Time)]), _house.Accounts, _house.Time);
        await _house.ExecuteAsync(
            """
            insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, connected_at)
            values (@id, @Brand, 'mastodon', @server, @network, 'united@mastodon.example', @secret, '{}', 'Connected', @Noon)
            """,
            new
            {
                id = Ids.New(_house.Time),
                _house.Brand,
                server = _server.Address.ToString(),
                network = MastodonJson.Id(_us.Id),
                secret = _house.Accounts.Seal(new JsonObject { ["token"] = _us.Token }.ToJsonString()),
                PublishingHouse.Noon,
            });
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _server.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task A_freeze_withdraws_what_waits_there_and_the_certificate_says_so()
    {
        Schedule("Lunch", TimeSpan.FromHours(1));
        Schedule("Dinner", TimeSpan.FromHours(7));
        var freeze = await _house.FreezeAsync();
        await LookAsync();
        Assert.Empty(_server.World.ScheduledOf(_us));
        Assert.Equal(new CertifiedScheduler("united@mastodon.example", "mastodon", "Withdrawn", 2, null), Assert.Single(await _desk.LinesAsync(freeze.Id, Cancel)));
        _house.Time.Advance(TimeSpan.FromHours(8));
        Assert.Empty(_server.World.Statuses);
    }

    [Fact]
    public async Task What_is_scheduled_there_during_the_freeze_is_withdrawn_too()
    {
        var freeze = await _house.FreezeAsync();
        await LookAsync();
        Assert.Equal("None", Assert.Single(await _desk.LinesAsync(freeze.Id, Cancel)).State);
        Schedule("Lunch", TimeSpan.FromHours(1));
        await LookAsync();
        Assert.Single(_server.World.ScheduledOf(_us));
        _house.Time.Advance(TimeSpan.FromMinutes(6));
        await LookAsync();
        Assert.Empty(_server.World.ScheduledOf(_us));
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named_and_tried_again()
    {
        Schedule("Lunch", TimeSpan.FromHours(1));
        var down = true;
        _server.Faults = _ => down ? Fault.Answer(503) : Fault.None;
        var freeze = await _house.FreezeAsync();
        await LookAsync();
        var line = Assert.Single(await _desk.LinesAsync(freeze.Id, Cancel));
        Assert.Equal(("Unreachable", 0), (line.State, line.Withdrawn));
        Assert.Contains("503", line.Note, StringComparison.Ordinal);
        down = false;
        _house.Time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync();
        Assert.Equal(("Withdrawn", 1), (Assert.Single(await _desk.LinesAsync(freeze.Id, Cancel)).State, Assert.Single(await _desk.LinesAsync(freeze.Id, Cancel)).Withdrawn));
    }

    [Fact]
    public async Task A_withdrawal_whose_answer_was_lost_is_known_by_looking_again()
    {
        Schedule("Lunch", TimeSpan.FromHours(1));
        _server.FailNext(Fault.LoseAnswer, request => HttpMethods.IsDelete(request.Method));
        var freeze = await _house.FreezeAsync();
        await LookAsync();
        Assert.Equal("Failed", Assert.Single(await _desk.PostsAsync(freeze.Id, Cancel)).State);
        _house.Time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync();
        Assert.Equal("Withdrawn", Assert.Single(await _desk.PostsAsync(freeze.Id, Cancel)).State);
        Assert.Single(_server.Arrivals);
    }

    [Fact]
    public async Task What_was_withdrawn_is_put_back_by_a_person_after_the_lift_and_not_before()
    {
        Schedule("Lunch", TimeSpan.FromHours(1));
        var freeze = await _house.FreezeAsync();
        await LookAsync();
        var post = Assert.Single(await _desk.PostsAsync(freeze.Id, Cancel));
        var frozen = (await _desk.PutBackAsync(freeze.Id, post.Id, null, Cancel)).Value;
        Assert.Equal("Withdrawn", frozen.State);
        Assert.Empty(_server.World.ScheduledOf(_us));

        _ = (await _house.Freezes.LiftAsync(freeze.Id, "It is over.", PublishingHouse.Someone, Cancel)).Value;
        await LookAsync();
        Assert.Empty(_server.World.ScheduledOf(_us));
        Assert.Equal("PutBack", (await _desk.PutBackAsync(freeze.Id, post.Id, PublishingHouse.Noon.AddHours(2), Cancel)).Value.State);
        var there = Assert.Single(_server.World.ScheduledOf(_us));
        Assert.Equal(("Lunch", PublishingHouse.Noon.AddHours(2)), (there.Draft.Text, there.At));
        Assert.NotEmpty((await _desk.PutBackAsync(freeze.Id, post.Id, null, Cancel)).Refusals);
    }

    private async Task LookAsync()
    {
        while (await _desk.LookAsync(Cancel))
        {
        }
    }

    private void Schedule(string text, TimeSpan after) => _server.World.Schedule(new SimulatedScheduled(
        0, _us, _house.Time.GetUtcNow() + after, new JsonObject { ["text"] = text, ["visibility"] = "public" }, new SimulatedStatus(0, _us, text, default)));
}
