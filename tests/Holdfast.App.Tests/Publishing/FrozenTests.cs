using Dapper;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Publishing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

/// <summary>Everything is frozen, and then somebody tries.</summary>
public sealed class FrozenTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Edited_it_stays() => await StaysAsync((house, post) => ActAsync(
        house, post, (held, gate, _) => PostDecisions.Edit(held, new PostEdit("Other words.", "en", [], null), gate.InForce)));

    [Fact]
    public async Task Moved_to_another_time_it_stays() => await StaysAsync((house, post) => ActAsync(
        house, post, (held, gate, now) => PostDecisions.Schedule(held, now, gate.InForce, now)));

    [Fact]
    public async Task Taken_out_and_put_in_again_it_stays() => await StaysAsync(async (house, post) =>
    {
        await ActAsync(house, post, (held, _, _) => PostDecisions.Unschedule(held));
        await ActAsync(house, post, (draft, gate, now) => PostDecisions.Schedule(draft, now, gate.InForce, now));
    });

    [Fact]
    public async Task Imported_it_is_held_at_once() => await StaysAsync(async (house, _) =>
        Assert.Equal(PostState.Held, (await house.ScheduleAsync()).State));

    [Fact]
    public async Task Approved_late_it_is_held() => await StaysAsync(async (house, _) =>
    {
        var waits = await house.ScheduleAsync(TimeSpan.FromMinutes(1), with: draft => draft with { NeedsApproval = true });
        Assert.Equal(PostState.AwaitingApproval, waits.State);
        await ActAsync(house, waits, (post, gate, now) => PostDecisions.Approve(post, gate.InForce, now));
        Assert.Equal((PostState.Held, HeldBecause.Freeze), ((await house.PostAsync(waits)).State, (await house.PostAsync(waits)).Held));
    });

    [Fact]
    public async Task Its_account_connected_again_it_stays() => await StaysAsync(async (house, _) =>
    {
        await house.ExecuteAsync("update account set state = 'Disconnected'");
        await house.WorkAsync();
        await house.ExecuteAsync("update account set state = 'Connected', connected_at = now(), secret = @secret", new { secret = house.Accounts.Seal("new") });
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

    private async Task StaysAsync(Func<PublishingHouse, ScheduledPost, Task> tries)
    {
        await using var house = await PublishingHouse.NewAsync(database);
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
