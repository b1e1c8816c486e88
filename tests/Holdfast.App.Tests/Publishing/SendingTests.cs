using Holdfast.Core.Publishing;
using Holdfast.Networks.Social.Practice;
using Holdfast.Testing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

public sealed class SendingTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task What_is_due_is_sent_once_and_what_is_not_due_waits()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var due = await house.ScheduleAsync();
        var later = await house.ScheduleAsync(TimeSpan.FromHours(1));
        await house.WorkAsync();
        await house.WorkAsync();
        Assert.Equal([due.Key], house.Network.Arrivals.Select(arrival => arrival.Post.Key));
        Assert.Equal((PostState.Sent, due.Key), ((await house.PostAsync(due)).State, (await house.PostAsync(due)).OnNetwork!.Id));
        Assert.Equal(PostState.Scheduled, (await house.PostAsync(later)).State);
    }

    [Fact]
    public async Task Several_nodes_at_once_send_each_post_once()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        for (var i = 0; i < 40; i++)
        {
            await house.ScheduleAsync();
        }

        var workers = Enumerable.Range(0, 4).Select(_ => house.NewWorker(house.NewSendDesk())).ToList();
        await Task.WhenAll(workers.Select(worker => Task.Run(() => house.WorkAsync(worker), PublishingHouse.Cancel)));
        Assert.Equal(40, house.Network.Arrivals.Count);
        Assert.Equal(40, house.Network.Posts.Count);
    }

    [Theory]
    [InlineData(PracticeMood.LosesTheAnswer)]
    [InlineData(PracticeMood.FailsAfterwards)]
    public async Task A_lost_answer_is_asked_after_and_the_post_is_there_once(PracticeMood mood)
    {
        await using var house = await PublishingHouse.NewAsync(database);
        house.Way = _ => new PracticeWay(mood);
        var post = await house.ScheduleAsync();
        await house.WorkAsync();
        Assert.Equal(PostState.Unknown, (await house.PostAsync(post)).State);
        Assert.True(await house.Asker.AskOneAsync(PublishingHouse.Cancel));
        await house.WorkAsync();
        Assert.Equal(PostState.Sent, (await house.PostAsync(post)).State);
        Assert.Single(house.Network.Arrivals);
    }

    [Theory]
    [InlineData(PracticeMood.Closes)]
    [InlineData(PracticeMood.Fails)]
    public async Task What_did_not_arrive_is_sent_again_only_after_the_network_has_said_so_for_sure(PracticeMood mood)
    {
        await using var house = await PublishingHouse.NewAsync(database);
        house.Way = _ => new PracticeWay(house.Network.Arrivals.Count == 0 ? mood : PracticeMood.Answers);
        var post = await house.ScheduleAsync();
        await house.WorkAsync();
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        await house.WorkAsync();
        Assert.Equal(PostState.Unknown, (await house.PostAsync(post)).State);
        house.Time.Advance(house.Settings.Grace);
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        await house.WorkAsync();
        Assert.Equal(PostState.Sent, (await house.PostAsync(post)).State);
        Assert.Equal([false, true], house.Network.Arrivals.Select(arrival => arrival.Published));
    }

    [Fact]
    public async Task What_the_network_asks_to_wait_with_waits_and_then_goes()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        house.Way = _ => new PracticeWay(house.Network.Arrivals.Count == 0 ? PracticeMood.AsksToWait : PracticeMood.Answers);
        var post = await house.ScheduleAsync();
        await house.WorkAsync();
        Assert.Equal((PostState.Scheduled, 1), ((await house.PostAsync(post)).State, house.Network.Arrivals.Count));
        house.Time.Advance(PostDecisions.FirstRetryAfter);
        await house.WorkAsync();
        Assert.Equal(PostState.Sent, (await house.PostAsync(post)).State);
    }

    [Fact]
    public async Task A_backlog_is_not_fired_after_an_outage()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        house.Time.Advance(ScheduledPost.Lateness + TimeSpan.FromMinutes(1));
        await house.WorkAsync();
        Assert.Equal((PostState.Held, HeldBecause.Missed), ((await house.PostAsync(post)).State, (await house.PostAsync(post)).Held));
        Assert.Empty(house.Network.Arrivals);
    }

    [Fact]
    public async Task A_node_whose_clock_is_wrong_sends_nothing()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        await house.ScheduleAsync();
        // The tests' clock stands years from the database's.
        var wrong = house.NewSendDesk(tolerance: TimeSpan.FromSeconds(30));
        Assert.Equal((null, false), ((await wrong.ClaimAsync(PublishingHouse.Cancel)).Claimed, await wrong.TakeBackAsync(PublishingHouse.Cancel)));
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        Assert.Equal(PostReason.NotOurs, await wrong.DepartAsync(claimed.Post.Id, claimed.Post.Fence, PublishingHouse.Cancel));
    }

    [Fact]
    public async Task What_a_node_with_a_wrong_clock_writes_down_does_not_put_off_the_next_question()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        Assert.Equal(PostReason.Leaves, await house.Sending.DepartAsync(post.Id, claimed.Post.Fence, PublishingHouse.Cancel));
        var tomorrow = new FakeTime(TimeProvider.System.GetUtcNow().AddDays(1));
        var wrong = house.NewSendDesk(tomorrow, tolerance: TimeSpan.FromSeconds(30));
        await wrong.SettleAsync(claimed, new SendResult.Unknown("No answer."), PublishingHouse.Cancel);
        Assert.NotNull(await wrong.TakeToAskAsync(PublishingHouse.Cancel));
        await wrong.AskedAsync(claimed, new AskResult.CannotTell("Away."), graceIsOver: false, PublishingHouse.Cancel);
        Assert.InRange((await house.PostAsync(post)).AskedAt!.Value, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task An_account_that_is_gone_holds_its_posts()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        await house.ExecuteAsync("update account set state = 'Disconnected'");
        await house.WorkAsync();
        Assert.Equal(HeldBecause.Account, (await house.PostAsync(post)).Held);
        Assert.Empty(house.Network.Arrivals);
    }

    [Fact]
    public async Task A_network_that_fails_before_anything_leaves_is_tried_a_few_times_with_pauses_and_not_for_ever_at_once()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        await house.ExecuteAsync("update account set network = 'mastodon', secret = @secret", new { secret = house.Accounts.Seal("{}") });
        var post = await house.ScheduleAsync(account: house.Account with { Network = "mastodon" });
        for (var tries = 1; tries <= PostDecisions.MaxTries; tries++)
        {
            await house.WorkAsync();
            Assert.Equal(tries, (await house.PostAsync(post)).Tries);
            house.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(PostState.Rejected, (await house.PostAsync(post)).State);
    }
}
