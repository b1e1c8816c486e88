using Holdfast.Core.Publishing;
using Holdfast.Publishing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

public sealed class ApprovalDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_person_approves_exactly_these_words_and_an_edit_asks_again()
    {
        var house = await PlanningHouse.NewAsync(database);
        var strict = await house.AccountAsync("bluesky", 300, needsApproval: true);
        var set = (await house.Posts.SaveAsync(null, house.Form("These words", accounts: strict), house.Ania, Cancel)).Value;
        var row = await house.OneAsync(set);
        Assert.Equal(PostState.AwaitingApproval, row.State);
        Assert.Contains(await house.Approvals.WaitingAsync(Cancel), each => each.Id == row.Id);

        Assert.Equal("approval.own", Assert.Single((await house.Approvals.ApproveAsync(row.Id, Hash(row), house.Ania, Cancel)).Refusals).Code);
        Assert.Equal(PostState.Scheduled, (await house.Approvals.ApproveAsync(row.Id, Hash(row), house.Marek, Cancel)).Value.State);

        await house.Posts.SaveAsync(set, house.Form("Other words", accounts: strict), house.Ania, Cancel);
        var edited = await house.OneAsync(set);
        Assert.Equal((PostState.AwaitingApproval, false), (edited.State, edited.Approved));
        Assert.Equal("approval.changed", Assert.Single((await house.Approvals.ApproveAsync(row.Id, Hash(row), house.Marek, Cancel)).Refusals).Code);
        Assert.Contains(await house.HistoryAsync(set), each => each is { State: "Approved", ByName: "Marek" });
    }

    [Fact]
    public async Task Who_changes_the_words_of_another_cannot_approve_them()
    {
        var house = await PlanningHouse.NewAsync(database);
        var set = (await house.Posts.SaveAsync(null, house.Form("Words of Ania", PostWish.Ask), house.Ania, Cancel)).Value;
        await house.Posts.SaveAsync(set, house.Form("Words of Marek", PostWish.Ask), house.Marek, Cancel);
        var row = await house.OneAsync(set);
        Assert.Equal("approval.own", Assert.Single((await house.Approvals.ApproveAsync(row.Id, Hash(row), house.Marek, Cancel)).Refusals).Code);
        Assert.True((await house.Approvals.ApproveAsync(row.Id, Hash(row), house.Ania, Cancel)).Succeeded(out _));
    }

    [Fact]
    public async Task Approved_too_late_it_waits_for_a_new_time_and_is_not_sent_at_once()
    {
        var house = await PlanningHouse.NewAsync(database);
        var set = (await house.Posts.SaveAsync(null, house.Form("Soon", PostWish.Ask, "2026-03-02", "13:30"), house.Ania, Cancel)).Value;
        house.Time.Advance(TimeSpan.FromHours(2));
        var row = await house.OneAsync(set);
        await house.Approvals.ApproveAsync(row.Id, Hash(row), house.Marek, Cancel);
        var late = await house.OneAsync(set);
        Assert.Equal((PostState.Held, HeldBecause.ApprovedTooLate), (late.State, late.Held));

        // The words are still approved: only a time was missing.
        Assert.True((await house.Posts.MoveAsync(row.Id, new DateTime(2026, 3, 5, 9, 0, 0), null, house.Ania, Cancel)).Succeeded(out _));
        Assert.Equal(PostState.Scheduled, (await house.OneAsync(set)).State);
    }

    [Fact]
    public async Task Sent_back_it_is_a_draft_with_the_reason_in_its_history()
    {
        var house = await PlanningHouse.NewAsync(database);
        var set = (await house.Posts.SaveAsync(null, house.Form("Too loud", PostWish.Ask), house.Ania, Cancel)).Value;
        var row = await house.OneAsync(set);
        Assert.Equal("approval.reason", Assert.Single((await house.Approvals.DisapproveAsync(row.Id, Hash(row), "  ", house.Marek, Cancel)).Refusals).Code);
        await house.Approvals.DisapproveAsync(row.Id, Hash(row), "Say it more quietly.", house.Marek, Cancel);
        Assert.Equal(PostState.Draft, (await house.OneAsync(set)).State);
        Assert.Contains(await house.HistoryAsync(set), each => each is { State: "Disapproved", Reason: "Say it more quietly.", ByName: "Marek" });
    }

    private static string Hash(SetRow row) => Convert.ToHexString(row.Content());
}
