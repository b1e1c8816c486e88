using Holdfast.App.Tests.Publishing;
using Holdfast.App.Tests.Situations;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Networks.Social.Practice;
using Holdfast.Publishing;
using Holdfast.Responses;
using Holdfast.Situations;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Publishing.PublishingHouse;
using static Holdfast.App.Tests.Responses.ResponsesHouse;

namespace Holdfast.App.Tests.Responses;

/// <summary>What two agreed to delete, on a network that keeps its own log.</summary>
public sealed class DeletionTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly PersonId Ania = new(new Guid(1, 2, 3, new byte[8]));
    private static readonly PersonId Marek = new(new Guid(3, 2, 1, new byte[8]));
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_two_agreed_on_is_taken_away_and_said_on_the_timeline_and_the_copy_stays()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var desk = Desk(house);
        var situation = await SituationAsync(house);
        var sent = await SentAsync(house, situation);
        var id = Ok(await desk.AskAsync(sent.Id, "It names a private address.", Ania, Stop));
        Assert.Equal("deletion.second-person", Refused(await desk.DecideAsync(id, true, null, null, Ania, Stop)));
        await house.WorkAsync();
        Assert.Single(house.Network.Posts);
        Assert.Empty(house.Network.Deletions);

        Ok(await desk.DecideAsync(id, true, "Yes.", null, Marek, Stop));
        await house.WorkAsync();
        Assert.Empty(house.Network.Posts);
        Assert.True(await desk.EndOneAsync(Stop));
        Assert.False(await desk.EndOneAsync(Stop));
        var stands = await OneAsync(desk, id);
        Assert.Equal((nameof(PostState.Sent), "Good morning."), (stands.State, stands.Post.Text));
        Assert.NotNull(stands.EndedAt);
        Assert.Equal(PostState.Sent, (await house.PostAsync(sent)).State);
        Assert.Equal(
            [nameof(DeletionAsked), nameof(DeletionDecided), nameof(DeletionEnded)],
            (await TimelineAsync(house, situation)).OfType<ResponseEvent>().Select(e => e.GetType().Name));
        Assert.Single(house.Network.Deletions);
    }

    [Fact]
    public async Task Asking_twice_for_the_same_post_is_one_wish()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var sent = await SentAsync(house);
        var id = Ok(await Desk(house).AskAsync(sent.Id, "wrong", Ania, Stop));
        Assert.Equal("deletion.asked-already", Refused(await Desk(house).AskAsync(sent.Id, "wrong", Marek, Stop)));
        Ok(await Desk(house).DecideAsync(id, false, "It stays.", null, Marek, Stop));
        Ok(await Desk(house).AskAsync(sent.Id, "still wrong", Ania, Stop));
    }

    [Theory]
    [InlineData(PracticeMood.LosesTheAnswer, true)]
    [InlineData(PracticeMood.FailsAfterwards, true)]
    [InlineData(PracticeMood.Closes, false)]
    [InlineData(PracticeMood.Fails, false)]
    public async Task A_lost_answer_is_not_known_until_the_network_was_asked_and_then_it_is_gone_or_asked_for_again(PracticeMood mood, bool arrived)
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var id = await AgreedAsync(house, await SentAsync(house));
        house.Way = _ => new PracticeWay(mood);
        await house.WorkAsync();
        Assert.Equal(nameof(PostState.Unknown), (await OneAsync(Desk(house), id)).State);
        Assert.False(await Desk(house).EndOneAsync(Stop));
        await house.WorkAsync();
        Assert.Single(house.Network.Deletions);

        house.Way = _ => new PracticeWay();
        Assert.True(await house.Asker.AskOneAsync(Stop));
        Assert.Equal(arrived ? nameof(PostState.Sent) : nameof(PostState.Unknown), (await OneAsync(Desk(house), id)).State);
        if (!arrived)
        {
            // "Still there" proves nothing while the request may be on its way.
            house.Time.Advance(ScheduledPost.Grace);
            Assert.True(await house.Asker.AskOneAsync(Stop));
            await house.WorkAsync();
        }

        Assert.Equal(nameof(PostState.Sent), (await OneAsync(Desk(house), id)).State);
        Assert.Empty(house.Network.Posts);
    }

    [Fact]
    public async Task A_post_that_is_gone_already_counts_as_deleted()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var sent = await SentAsync(house);
        var first = await AgreedAsync(house, sent);
        await house.WorkAsync();
        await Desk(house).EndOneAsync(Stop);
        var second = await AgreedAsync(house, sent);
        await house.WorkAsync();
        Assert.Equal(nameof(PostState.Sent), (await OneAsync(Desk(house), first)).State);
        Assert.Equal(nameof(PostState.Sent), (await OneAsync(Desk(house), second)).State);
    }

    [Fact]
    public async Task A_freeze_holds_a_deletion_and_the_crisis_team_lets_it_through_with_a_reason()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var id = await AgreedAsync(house, await SentAsync(house));
        await house.FreezeAsync();
        await house.WorkAsync();
        Assert.Empty(house.Network.Deletions);
        var held = await OneAsync(Desk(house), id);
        Assert.Equal((nameof(PostState.Held), nameof(HeldBecause.Freeze)), (held.State, held.Held));
        Assert.Equal("response.frozen", Refused(await Desk(house).ActAsync(id, DeletionAct.Again, null, Marek, Stop)));
        await house.WorkAsync();
        Assert.Empty(house.Network.Deletions);
        Ok(await Desk(house).ActAsync(id, DeletionAct.Again, "It shows where the injured live.", Marek, Stop));
        await house.WorkAsync();
        Assert.Empty(house.Network.Posts);
    }

    [Fact]
    public async Task Agreed_on_during_a_freeze_it_goes_only_with_a_reason()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var sent = await SentAsync(house);
        await house.FreezeAsync();
        var id = Ok(await Desk(house).AskAsync(sent.Id, "wrong", Ania, Stop));
        Assert.Equal("response.frozen", Refused(await Desk(house).DecideAsync(id, true, null, null, Marek, Stop)));
        Assert.Null((await OneAsync(Desk(house), id)).Agreed);
        Assert.True(Assert.Single(await Desk(house).AllAsync(Stop), each => each.Deletion.Id == id).Frozen);
        Ok(await Desk(house).DecideAsync(id, true, null, "It endangers people.", Marek, Stop));
        await house.WorkAsync();
        Assert.Empty(house.Network.Posts);
    }

    [Fact]
    public async Task What_the_network_cannot_say_a_person_looks_at()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var id = await AgreedAsync(house, await SentAsync(house));
        house.Way = _ => new PracticeWay(PracticeMood.Closes);
        await house.WorkAsync();
        house.Time.Advance(ScheduledPost.Grace);
        Ok(await Desk(house).ActAsync(id, DeletionAct.There, null, Marek, Stop));
        Assert.Equal(nameof(HeldBecause.NotArrived), (await OneAsync(Desk(house), id)).Held);
        Ok(await Desk(house).ActAsync(id, DeletionAct.Drop, null, Marek, Stop));
        Assert.True(await Desk(house).EndOneAsync(Stop));
        Assert.Equal(nameof(PostState.Dropped), (await OneAsync(Desk(house), id)).State);
        Assert.Single(house.Network.Posts);
    }

    [Fact]
    public async Task A_worker_that_dies_after_its_request_left_leaves_a_deletion_that_is_asked_after()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var id = await AgreedAsync(house, await SentAsync(house));
        var claimed = (await house.Sending.ClaimAsync(Stop)).Claimed!;
        Assert.Equal(PostReason.Leaves, await house.Sending.DepartAsync(claimed.Post.Id, claimed.Post.Fence, Stop));
        house.Time.Advance(house.Settings.Lease);
        await house.WorkAsync();
        Assert.Equal(nameof(PostState.Unknown), (await OneAsync(Desk(house), id)).State);
        Assert.Empty(house.Network.Deletions);
        await house.Asker.AskOneAsync(Stop);
        house.Time.Advance(ScheduledPost.Grace);
        await house.Asker.AskOneAsync(Stop);
        await house.WorkAsync();
        Assert.Empty(house.Network.Posts);
        Assert.Single(house.Network.Deletions);
    }

    [Fact]
    public async Task The_calendar_does_not_show_deletions_as_posts()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        await AgreedAsync(house, await SentAsync(house));
        await using var connection = await house.Store.OpenAsync(Stop);
        var rows = await CalendarSql.BetweenAsync(connection, house.Brand, Noon.AddDays(-1), Noon.AddDays(1), null, Stop);
        Assert.Single(rows);
    }

    private static DeletionDesk Desk(PublishingHouse house) => new(house.Store, house.Desk, house.Time);

    private static async Task<ScheduledPost> SentAsync(PublishingHouse house, SituationId? situation = null)
    {
        var post = await house.ScheduleAsync(with: draft => draft with { Situation = situation });
        await house.WorkAsync();
        Assert.Single(house.Network.Posts);
        return post;
    }

    private static async Task<Guid> AgreedAsync(PublishingHouse house, ScheduledPost sent)
    {
        var id = Ok(await Desk(house).AskAsync(sent.Id, "wrong", Ania, Stop));
        Ok(await Desk(house).DecideAsync(id, true, null, null, Marek, Stop));
        return id;
    }

    private static async Task<Deletion> OneAsync(DeletionDesk desk, Guid id) => Assert.Single(await desk.AllAsync(Stop), each => each.Deletion.Id == id).Deletion;

    private static async Task<SituationId> SituationAsync(PublishingHouse house) =>
        (await new SituationDesk(house.Store, new PageCalls(), new FreezeCalls(), house.Time).DeclareAsync(
            new Declaration(house.Brand, "a private address", Level.Two, "somebody called"), Ania, Stop)).Value;

    private static async Task<IReadOnlyList<TimelineEvent>> TimelineAsync(PublishingHouse house, SituationId situation)
    {
        await using var connection = await house.Store.OpenAsync(Stop);
        return [.. (await TimelineSql.EntriesAsync(connection, situation, Stop)).Select(entry => entry.Event)];
    }
}
