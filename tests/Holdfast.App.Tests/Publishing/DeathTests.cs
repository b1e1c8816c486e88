using Holdfast.Core.Publishing;
using Holdfast.Networks.Social.Practice;
using Holdfast.Publishing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

/// <summary>A worker that dies between any two steps of sending: what it knew is gone, and what it wrote stays.</summary>
public sealed class DeathTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Dead_before_the_request_it_leaves_nothing_and_another_sends_it_once()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        _ = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        house.Time.Advance(house.Settings.Lease);
        await house.WorkAsync();
        Assert.Equal((PostState.Sent, 1), ((await house.PostAsync(post)).State, house.Network.Arrivals.Count));
    }

    [Fact]
    public async Task Dead_after_the_gates_yes_and_before_the_first_byte_it_is_asked_after_and_only_then_sent()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        Assert.Equal(PostReason.Leaves, await house.Sending.DepartAsync(post.Id, claimed.Post.Fence, PublishingHouse.Cancel));
        house.Time.Advance(house.Settings.Lease);
        await house.WorkAsync();
        Assert.Equal((PostState.Unknown, 0), ((await house.PostAsync(post)).State, house.Network.Arrivals.Count));
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        await house.WorkAsync();
        Assert.Equal(PostState.Unknown, (await house.PostAsync(post)).State);
        house.Time.Advance(house.Settings.Grace);
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        await house.WorkAsync();
        Assert.Equal((PostState.Sent, 1), ((await house.PostAsync(post)).State, house.Network.Arrivals.Count));
    }

    [Theory]
    [InlineData(PracticeMood.LosesTheAnswer)]
    [InlineData(PracticeMood.Answers)]
    public async Task Dead_after_the_first_byte_or_before_it_writes_down_the_answer_it_is_found_on_the_network_and_not_sent_again(PracticeMood mood)
    {
        await using var house = await PublishingHouse.NewAsync(database);
        house.Way = _ => new PracticeWay(mood);
        var post = await house.ScheduleAsync();
        await SendAndDieAsync(house);
        house.Time.Advance(house.Settings.Lease);
        await house.WorkAsync();
        Assert.Equal(PostState.Unknown, (await house.PostAsync(post)).State);
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        await house.WorkAsync();
        Assert.Equal((PostState.Sent, 1), ((await house.PostAsync(post)).State, house.Network.Arrivals.Count));
    }

    [Fact]
    public async Task Where_the_network_cannot_be_asked_it_stays_unknown_until_a_person_has_looked()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        await SendAndDieAsync(house);
        house.Time.Advance(house.Settings.Lease);
        await house.WorkAsync();
        await house.Network.DisposeAsync();
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        house.Time.Advance(house.Settings.Grace);
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        Assert.Equal(PostState.Unknown, (await house.PostAsync(post)).State);
        _ = (await house.Desk.ActAsync(post.Id, (unknown, _, now) => PostDecisions.Looked(unknown, new PostReference("seen"), now), PublishingHouse.Cancel)).Value;
        Assert.Equal(PostState.Sent, (await house.PostAsync(post)).State);
    }

    [Fact]
    public async Task Who_cannot_ask_the_gate_does_not_leave()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        var away = new SendDesk(new Holdfast.Database.Store("Host=127.0.0.1;Port=1;Timeout=1"), house.Settings, house.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<SendDesk>.Instance);
        var gate = new PublishGate(away, claimed, house.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.False(await gate.MayLeaveAsync(PublishingHouse.Cancel));
        Assert.False(gate.Left);
    }

    private static async Task SendAndDieAsync(PublishingHouse house)
    {
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        var gate = new PublishGate(house.Sending, claimed, house.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var access = (await house.Accounts.OpenAsync(claimed.Post.Account, PublishingHouse.Cancel))!;
        _ = await house.Networks.Find(PracticePublisher.Name)!.SendAsync(access, claimed.Outgoing, gate, PublishingHouse.Cancel);
        Assert.Single(house.Network.Arrivals);
    }
}
