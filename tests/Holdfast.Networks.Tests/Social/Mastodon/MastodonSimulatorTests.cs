using Holdfast.Drills.Simulators;
using Holdfast.Networks.Social;
using Holdfast.Testing;
using Microsoft.AspNetCore.Http;

namespace Holdfast.Networks.Tests.Social.Mastodon;

public sealed class MastodonSimulatorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_301st_request_in_five_minutes_is_one_too_many_and_the_next_window_is_a_new_one()
    {
        var time = new FakeTime(Noon);
        await using var town = await Town.BuildAsync(time);
        for (var i = 0; i < 300; i++)
            Assert.Null((await town.Publisher.LimitsAsync(town.Account, Cancel)).Failure);
        time.Advance(TimeSpan.FromMinutes(2));
        var refused = (await town.Publisher.LimitsAsync(town.Account, Cancel)).Failure!;
        Assert.Equal((NetworkFailure.RateLimited, true, TimeSpan.FromMinutes(3)), (refused.Kind, refused.Retryable, refused.RetryAfter));
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Null((await town.Publisher.LimitsAsync(town.Account, Cancel)).Failure);
    }

    [Fact]
    public async Task A_key_is_remembered_for_an_hour_and_no_longer()
    {
        var time = new FakeTime(Noon);
        await using var town = await Town.BuildAsync(time);
        var post = town.Post("Once");
        await town.SentAsync(post);
        time.Advance(TimeSpan.FromMinutes(59));
        await town.SentAsync(post);
        Assert.Single(town.World.Statuses);
        time.Advance(TimeSpan.FromMinutes(2));
        await town.SentAsync(post);
        Assert.Equal(2, town.World.Statuses.Count);
    }

    [Fact]
    public async Task Every_writing_request_that_arrived_is_on_the_log_whatever_became_of_it()
    {
        await using var town = await Town.BuildAsync();
        Fault[] faults = [Fault.Close, Fault.LoseAnswer, Fault.Answer(500), Fault.TooMany(), Fault.None];
        foreach (var (fault, index) in faults.Select((fault, index) => (fault, index)))
        {
            town.Server.FailNext(fault, r => HttpMethods.IsPost(r.Method));
            await town.Publisher.SendAsync(town.Account, town.Post($"Post {index}", $"key-{index}"), Departure.Free(), Cancel);
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"key-{i}"), town.Server.Arrivals.Select(a => a.Key));
        Assert.Equal([null, null, 500, 429, 200], town.Server.Arrivals.Select(a => a.Status));
        Assert.All(town.Server.Arrivals, a => Assert.Equal(("/api/v1/statuses", town.Newsroom.Token), (a.Path, a.Token)));
        Assert.Equal(["Post 1", "Post 4"], town.World.Statuses.Select(s => s.Text));
    }

    [Fact]
    public async Task Two_requests_with_one_key_at_the_same_time_are_one_post()
    {
        await using var town = await Town.BuildAsync();
        var post = town.Post("Once");
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => town.Publisher.SendAsync(town.Account, post, Departure.Free(), Cancel)));
        Assert.Single(sent.Select(s => Assert.IsType<SendOutcome.Sent>(s).Post).Distinct());
        Assert.Single(town.World.Statuses);
    }

    [Fact]
    public async Task A_slow_server_holds_the_request_and_then_does_it()
    {
        await using var town = await Town.BuildAsync();
        town.Server.FailNext(Fault.Slow(TimeSpan.FromMilliseconds(300)), r => HttpMethods.IsPost(r.Method));
        var sending = town.Publisher.SendAsync(town.Account, town.Post("Slowly"), Departure.Free(), Cancel);
        Assert.IsType<SendOutcome.Sent>(await sending);
    }
}
