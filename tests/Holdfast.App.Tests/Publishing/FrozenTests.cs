using Dapper;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

/// <summary>Everything is frozen, and then somebody tries.</summary>
public sealed class FrozenTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly PersonId Ania = new(new Guid(7, 7, 7, new byte[8]));
    private static readonly PersonId Marek = new(new Guid(8, 8, 8, new byte[8]));

    [Fact]
    public async Task Edited_it_stays() => await StaysAsync(async (house, post) =>
    {
        var set = (await house.Posts.SetOfAsync(post.Id, PublishingHouse.Cancel))!.Value;
        Assert.True((await house.Posts.SaveAsync(set, Form(house, "Other words.", PostWish.Keep), Ania, PublishingHouse.Cancel)).Succeeded(out _));
        Assert.Equal("Other words.", (await house.PostAsync(post)).Text);
        Assert.Equal("post.frozen", (await house.Posts.SaveAsync(set, Form(house, "Other words.", PostWish.Schedule), Ania, PublishingHouse.Cancel)).Refusals[0].Code);
    });

    [Fact]
    public async Task Moved_to_another_time_it_stays() => await StaysAsync(async (house, post) =>
        Assert.Equal("post.frozen", (await house.Posts.MoveAsync(post.Id, new DateTime(2026, 3, 2, 13, 1, 0), null, Ania, PublishingHouse.Cancel)).Refusals[0].Code));

    [Fact]
    public async Task Taken_out_and_put_in_again_it_stays() => await StaysAsync(async (house, post) =>
    {
        await ActAsync(house, post, (held, _, _) => PostDecisions.Unschedule(held));
        await ActAsync(house, post, (draft, gate, now) => PostDecisions.Schedule(draft, now, gate.InForce, now));
    });

    [Fact]
    public async Task Imported_it_is_held_at_once() => await StaysAsync(async (house, _) =>
    {
        var file = "date;time;account;text\n02.03.2026;13:01;united;Dzień dobry\n"u8.ToArray();
        var taken = (await house.Plans.TakeAsync(house.Brand, file, PostWish.Schedule, Ania)).Value;
        Assert.Equal((1, 1), (taken.Kept, taken.Held));
        Assert.Equal(2, await house.CountAsync("select count(*) from scheduled_post where state = 'Held' and held_because = 'Freeze'"));
    });

    [Fact]
    public async Task Approved_late_it_is_held() => await StaysAsync(async (house, _) =>
    {
        var set = (await house.Posts.SaveAsync(null, Form(house, "For approval.", PostWish.Ask), Ania, PublishingHouse.Cancel)).Value;
        var waits = Assert.Single(await house.Approvals.WaitingAsync(PublishingHouse.Cancel), row => row.Set == set);
        var approved = (await house.Approvals.ApproveAsync(waits.Id, Convert.ToHexString(waits.Content()), Marek, PublishingHouse.Cancel)).Value;
        Assert.Equal((PostState.Held, HeldBecause.Freeze), (approved.State, approved.Held));
    });

    [Fact]
    public async Task Its_account_connected_again_it_stays() => await StaysAsync(async (house, _) =>
    {
        await house.Connecting.DisconnectAsync(house.Account.Id, Ania, PublishingHouse.Cancel);
        await house.WorkAsync();
        var form = new AccountForm { Brand = house.Brand.Value, Network = house.Account.Network, Server = house.Account.Server, Name = house.Account.Handle, Password = "new" };
        Assert.Equal(house.Account.Id, (await house.Connecting.ConnectAsync(form, house.Account.Id, Ania, PublishingHouse.Cancel)).Value);
    });

    [Fact]
    public async Task With_a_second_server_it_stays() => await StaysAsync((house, _) => house.WorkAsync(house.NewWorker(house.NewSendDesk())));

    [Fact]
    public async Task With_the_clock_set_to_tomorrow_it_stays() => await StaysAsync(async (house, _) =>
    {
        house.Time.Advance(TimeSpan.FromDays(1));
        await house.WorkAsync();
    });

    [Fact]
    public async Task Written_past_the_desk_as_scheduled_it_is_held_by_who_would_send_it() => await StaysAsync(async (house, post) =>
    {
        await house.ExecuteAsync("update scheduled_post set state = 'Scheduled', held_because = null where id = @Id", new { post.Id });
        await house.WorkAsync();
        Assert.Equal((PostState.Held, HeldBecause.Freeze), ((await house.PostAsync(post)).State, (await house.PostAsync(post)).Held));
    });

    [Fact]
    public async Task An_answer_that_a_person_lets_through_leaves_and_the_next_freeze_holds_it_again()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        await house.FreezeAsync();
        var person = new PersonId(Ids.New(house.Time));
        var situation = await SituationAsync(house);
        ScheduledPost Answer(ScheduledPost draft) => draft with { Purpose = PostPurpose.Reply, Situation = situation };
        PostAct through = (post, gate, now) => PostDecisions.LetThrough(post, person, "They wait for it.", gate.Epoch).Succeeded(out var let)
            ? PostDecisions.Schedule(let, now, gate.InForce, now)
            : post;
        var first = (await house.Desk.AddAsync(Answer(house.Desk.Draft(house.Account, PostPurpose.Reply, "We hear you.")), new(), Ids.New(house.Time), person, through, PublishingHouse.Cancel)).Value;
        await house.WorkAsync();
        Assert.Equal(PostState.Sent, (await house.PostAsync(first)).State);

        var second = (await house.Desk.AddAsync(Answer(house.Desk.Draft(house.Account, PostPurpose.Reply, "We know more.")), new(), Ids.New(house.Time), person, through, PublishingHouse.Cancel)).Value;
        await house.FreezeAsync();
        await house.WorkAsync();
        Assert.Equal((PostState.Held, 1), ((await house.PostAsync(second)).State, house.Network.Arrivals.Count));
    }

    private static PostForm Form(PublishingHouse house, string text, PostWish wish) => new(
        house.Brand.Value, text, [house.Account.Id.Value], new Dictionary<Guid, string>(), "en", null, null, [], "2026-03-02", "13:01", null, AllTheSame: true, wish);

    private async Task StaysAsync(Func<PublishingHouse, ScheduledPost, Task> tries)
    {
        await using var house = await PublishingHouse.NewAsync(database);
        await house.ExecuteAsync("update account set limits = @limits::jsonb", new { limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Graphemes, 500), 4, 8_000_000, 1_500, ["image/png"])) });
        var post = await house.ScheduleAsync();
        await house.FreezeAsync();
        await tries(house, post);
        house.Time.Advance(TimeSpan.FromMinutes(2));
        await house.WorkAsync();
        house.Time.Advance(TimeSpan.FromDays(1));
        await house.WorkAsync();
        Assert.Empty(house.Network.Arrivals);
    }

    private static async Task ActAsync(PublishingHouse house, ScheduledPost post, PostAct act) =>
        _ = await house.Desk.ActAsync(post.Id, act, PublishingHouse.Cancel);

    private static async Task<SituationId> SituationAsync(PublishingHouse house)
    {
        var id = new SituationId(Ids.New(house.Time));
        await using var connection = await house.Store.OpenAsync(PublishingHouse.Cancel);
        await connection.ExecuteAsync(
            """
            insert into situation (id, brand_id, title, cause, state, level, opened_at, changed_at, last_seq, last_hash)
            values (@id, @Brand, 'A fire', 'ByHand', 'Open', 3, @Noon, @Noon, 0, ''::bytea)
            """,
            new { id, house.Brand, PublishingHouse.Noon });
        return id;
    }
}
