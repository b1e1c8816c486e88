using Holdfast.App.Tests.Situations;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social.Practice;
using Holdfast.Publishing;
using Holdfast.Situations;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

public sealed class FreezeTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task What_is_frozen_is_held_when_it_falls_due_and_after_the_lift_and_until_a_person_decides()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync(TimeSpan.FromMinutes(5));
        var answer = (await house.Freezes.PlaceAsync(new FreezeOrder(new FreezeScope.Everything(), "A fire."), PublishingHouse.Someone, PublishingHouse.Cancel)).Value;
        Assert.Equal((1, 0), (answer.Held, answer.Settling));
        house.Time.Advance(TimeSpan.FromMinutes(5));
        await house.WorkAsync();
        Assert.Equal((PostState.Held, HeldBecause.Freeze, answer.Freeze.Id), await WhereAsync(house, post));
        _ = (await house.Freezes.LiftAsync(answer.Freeze.Id, "It is over.", PublishingHouse.Someone, PublishingHouse.Cancel)).Value;
        await house.WorkAsync();
        Assert.Equal(PostState.Held, (await house.PostAsync(post)).State);
        Assert.Empty(house.Network.Arrivals);

        _ = (await house.Desk.ActAsync(post.Id, (held, gate, now) => PostDecisions.Schedule(held, now, gate.InForce, now), PublishingHouse.Cancel)).Value;
        await house.WorkAsync();
        Assert.Single(house.Network.Arrivals);
    }

    [Fact]
    public async Task A_freeze_does_to_the_rows_what_Core_decides_of_each_post()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var other = await house.AddAccountAsync("other");
        var posts = new List<ScheduledPost>();
        foreach (var state in Enum.GetValues<PostState>())
        {
            foreach (var account in (Account[])[house.Account, other])
            {
                var post = await house.ScheduleAsync(account: account);
                await house.ExecuteAsync("update scheduled_post set state = @state, fence = 3 where id = @Id", new { state = state.ToString(), post.Id });
                posts.Add(post);
                if (state == PostState.Sending)
                {
                    var left = await house.ScheduleAsync(account: account);
                    await house.ExecuteAsync("update scheduled_post set state = 'Sending', fence = 3, departed_at = @Noon where id = @Id", new { left.Id, PublishingHouse.Noon });
                    posts.Add(left);
                }
            }
        }

        var before = await Task.WhenAll(posts.Select(house.PostAsync));
        var freeze = await house.FreezeAsync(new FreezeScope.OfAccount(house.Account.Id));
        var after = await Task.WhenAll(posts.Select(house.PostAsync));
        Assert.Equal(before.Select(post => Comparable(PostDecisions.Freeze(post, freeze).Post)), after.Select(Comparable));

        static object Comparable(ScheduledPost post) => new { post.Id, post.State, post.Held, post.Fence, post.Freeze, post.DepartedAt, post.LeaseUntil };
    }

    [Fact]
    public async Task A_claim_that_has_not_left_does_not_leave_any_more()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        await house.FreezeAsync();
        Assert.Equal(PostReason.NotOurs, await house.Sending.DepartAsync(post.Id, claimed.Post.Fence, PublishingHouse.Cancel));
        await house.Sending.SettleAsync(claimed, new SendResult.Stopped(""), PublishingHouse.Cancel);
        Assert.Equal(PostState.Held, (await house.PostAsync(post)).State);
    }

    [Fact]
    public async Task What_had_left_is_named_until_it_is_settled()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        Assert.Equal(PostReason.Leaves, await house.Sending.DepartAsync(post.Id, claimed.Post.Fence, PublishingHouse.Cancel));
        var freeze = await house.FreezeAsync();
        Assert.Equal(1, await OpenAsync(house, freeze));
        await house.Sending.SettleAsync(claimed, new SendResult.Sent(new PostReference("there")), PublishingHouse.Cancel);
        Assert.Equal((PostState.Sent, 0), ((await house.PostAsync(post)).State, await OpenAsync(house, freeze)));
    }

    [Fact]
    public async Task A_freeze_waits_for_who_is_leaving_and_keeps_the_next_one_in()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        var passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leaver = house.Store.InTransactionAsync(async transaction =>
        {
            await GateSql.PassAsync(transaction, PublishingHouse.Cancel);
            passed.SetResult();
            await passing.Task;
        }, PublishingHouse.Cancel);
        await passed.Task;
        var freeze = Task.Run(() => house.FreezeAsync(), PublishingHouse.Cancel);
        await house.WaitingAtTheGateAsync();
        // The freeze is next: who comes now stands behind it, though others still share the gate.
        var departure = Task.Run(() => house.Sending.DepartAsync(post.Id, claimed.Post.Fence, PublishingHouse.Cancel), PublishingHouse.Cancel);
        await house.WaitingAtTheGateAsync(2);
        Assert.False(freeze.IsCompleted || departure.IsCompleted);
        passing.SetResult();
        await leaver;
        await freeze;
        Assert.Equal(PostReason.NotOurs, await departure);
    }

    [Fact]
    public async Task At_level_four_two_people_lift()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var freeze = (await house.PlaceAsync(level: Level.Four)).Freeze;
        var first = await house.Freezes.LiftAsync(freeze.Id, "Calm again.", PublishingHouse.Someone, PublishingHouse.Cancel);
        Assert.True(first.Value.IsInForce);
        Assert.Equal("freeze.second-person", (await house.Freezes.LiftAsync(freeze.Id, "I say so.", PublishingHouse.Someone, PublishingHouse.Cancel)).Refusals[0].Code);
        Assert.False((await house.Freezes.LiftAsync(freeze.Id, "I agree.", PublishingHouse.Another, PublishingHouse.Cancel)).Value.IsInForce);
    }

    [Fact]
    public async Task During_a_freeze_a_post_that_is_on_its_way_and_is_lost_is_asked_after_and_never_sent_again()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        house.Way = _ => new PracticeWay(PracticeMood.Closes);
        var post = await house.ScheduleAsync();
        await house.WorkAsync();
        await house.FreezeAsync();
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        house.Time.Advance(house.Settings.Grace);
        await house.Asker.AskOneAsync(PublishingHouse.Cancel);
        await house.WorkAsync();
        Assert.Equal((PostState.Held, HeldBecause.NotArrived), ((await house.PostAsync(post)).State, (await house.PostAsync(post)).Held));
        Assert.Single(house.Network.Arrivals);
    }

    [Fact]
    public async Task A_situation_that_reaches_level_four_freezes_its_brand_once_and_not_another()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await house.ScheduleAsync(TimeSpan.FromMinutes(5));
        var situations = new SituationDesk(house.Store, new PageCalls(), new LevelFreezes(house.Freezes), house.Time);
        var person = new PersonId(Ids.New(house.Time));
        var declared = (await situations.DeclareAsync(new Declaration(house.Brand, "Kettles explode", Level.Three, "Seen it."), person, PublishingHouse.Cancel)).Value;
        Assert.Equal(PostState.Scheduled, (await house.PostAsync(post)).State);
        _ = (await situations.ActAsync(declared, person, (s, _) => SituationDecisions.Raise(s, Level.Four, "It is worse."), PublishingHouse.Cancel)).Value;
        Assert.Equal((PostState.Held, HeldBecause.Freeze), ((await house.PostAsync(post)).State, (await house.PostAsync(post)).Held));
        _ = (await situations.ActAsync(declared, person, (s, _) => SituationDecisions.Raise(s, Level.Five, "Worse still."), PublishingHouse.Cancel)).Value;
        await using var connection = await house.Store.OpenAsync(PublishingHouse.Cancel);
        var standing = (await GateSql.ReadAsync(connection, null, PublishingHouse.Cancel)).InForce;
        Assert.Equal([Level.Four, Level.Five], standing.Select(freeze => freeze.Level!.Value));
        Assert.All(standing, freeze => Assert.Equal(new FreezeScope.OfBrand(house.Brand), freeze.Scope));
    }

    private static async Task<(PostState State, HeldBecause? Held, FreezeId? Freeze)> WhereAsync(PublishingHouse house, ScheduledPost post)
    {
        var now = await house.PostAsync(post);
        return (now.State, now.Held, now.Freeze);
    }

    private static async Task<long> OpenAsync(PublishingHouse house, Freeze freeze)
    {
        await using var connection = await house.Store.OpenAsync(PublishingHouse.Cancel);
        return await FreezeSql.OpenAsync(connection, freeze.Id, PublishingHouse.Cancel);
    }
}
