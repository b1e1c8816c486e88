using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Publishing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

/// <summary>Two posts of the same words on a network that is asked by words: what stands there once is one of them, and never both.</summary>
public sealed class SameWordsTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly PostReference There = new("4711", Url: "https://network.example/4711");
    private static readonly PersonId Person = new(new Guid(7, 7, 7, new byte[8]));

    [Fact]
    public async Task Asked_for_a_lost_post_the_network_shows_another_that_was_sent_and_the_lost_one_stays_unknown()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var (sent, lost) = (await LeavingAsync(house), await LeavingAsync(house));
        await house.Sending.SettleAsync(sent, new SendResult.Sent(There), PublishingHouse.Cancel);
        await house.Sending.SettleAsync(lost, new SendResult.Unknown("No answer."), PublishingHouse.Cancel);

        await AskAsync(house, lost);
        var after = await house.PostAsync(lost.Post);
        Assert.Equal((PostState.Unknown, null), (after.State, after.OnNetwork));
        Assert.Contains("another post of the same words", after.Outcome, StringComparison.Ordinal);
        Assert.Equal(PostState.Sent, (await house.PostAsync(sent.Post)).State);
    }

    [Fact]
    public async Task Of_two_that_were_lost_one_is_found_and_the_other_stays_unknown()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var (first, second) = (await LeavingAsync(house), await LeavingAsync(house));
        await house.Sending.SettleAsync(first, new SendResult.Unknown("No answer."), PublishingHouse.Cancel);
        await house.Sending.SettleAsync(second, new SendResult.Unknown("No answer."), PublishingHouse.Cancel);

        // Two nodes ask at once.
        await Task.WhenAll(((Claimed[])[first, second]).Select(each => Task.Run(() => AskAsync(house, each), PublishingHouse.Cancel)));
        Assert.Equal([PostState.Sent, PostState.Unknown], new[] { (await house.PostAsync(first.Post)).State, (await house.PostAsync(second.Post)).State }.Order());
    }

    [Fact]
    public async Task The_networks_own_answer_takes_the_post_from_the_one_that_was_only_found_to_look_like_it()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var (lost, slow) = (await LeavingAsync(house), await LeavingAsync(house));
        await house.Sending.SettleAsync(lost, new SendResult.Unknown("No answer."), PublishingHouse.Cancel);
        await AskAsync(house, lost);
        Assert.Equal(PostState.Sent, (await house.PostAsync(lost.Post)).State);

        await house.Sending.SettleAsync(slow, new SendResult.Sent(There), PublishingHouse.Cancel);
        Assert.Equal((PostState.Sent, There.Id), ((await house.PostAsync(slow.Post)).State, (await house.PostAsync(slow.Post)).OnNetwork!.Id));
        Assert.Equal((PostState.Unknown, null), ((await house.PostAsync(lost.Post)).State, (await house.PostAsync(lost.Post)).OnNetwork));
    }

    [Fact]
    public async Task A_person_decides_and_cannot_take_another_posts_link_for_it()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var (sent, lost) = (await LeavingAsync(house), await LeavingAsync(house));
        await house.Sending.SettleAsync(sent, new SendResult.Sent(There), PublishingHouse.Cancel);
        await house.Sending.SettleAsync(lost, new SendResult.Unknown("No answer."), PublishingHouse.Cancel);
        Assert.Equal("post.anothers", (await house.Desk.LookedAsync(lost.Post.Id, there: true, There.Url, Person, PublishingHouse.Cancel)).Refusals[0].Code);
        Assert.Equal("post.too-soon", (await house.Desk.LookedAsync(lost.Post.Id, there: false, null, Person, PublishingHouse.Cancel)).Refusals[0].Code);
        house.Time.Advance(ScheduledPost.Grace);
        _ = (await house.Desk.LookedAsync(lost.Post.Id, there: false, null, Person, PublishingHouse.Cancel)).Value;
        Assert.Equal((PostState.Held, HeldBecause.NotArrived), ((await house.PostAsync(lost.Post)).State, (await house.PostAsync(lost.Post)).Held));
    }

    private static async Task<Claimed> LeavingAsync(PublishingHouse house)
    {
        await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        Assert.Equal(PostReason.Leaves, await house.Sending.DepartAsync(claimed.Post.Id, claimed.Post.Fence, PublishingHouse.Cancel));
        return claimed;
    }

    /// <summary>Of two who write the same at once the database lets one through; the other asks again, as its worker does.</summary>
    private static async Task AskAsync(PublishingHouse house, Claimed asked)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            try
            {
                await house.Sending.AskedAsync(asked, new AskResult.Found(There), graceIsOver: true, PublishingHouse.Cancel);
                return;
            }
            catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
            {
            }
        }

        Assert.Fail("Asked twice, and both times another was just being written.");
    }
}
