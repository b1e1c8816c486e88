using Holdfast.Core.Escalation;
using Holdfast.Core.Situations;
using Holdfast.Escalation;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Escalation.EscalationHouse;

namespace Holdfast.App.Tests.Escalation;

public sealed class AttemptDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Twenty_senders_claim_one_message_once()
    {
        var house = await NewAsync(database);
        await house.DeclareAsync();
        var due = Assert.Single(await DueAsync(house));
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Attempts.ClaimAsync(due, Cancel)));
        Assert.Single(claims, claim => claim is not null);
        Assert.Empty(await DueAsync(house));
    }

    [Fact]
    public async Task A_message_whose_sender_died_goes_out_again_marked_as_a_possible_repeat()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        var lost = (await house.Attempts.ClaimAsync(Assert.Single(await DueAsync(house)), Cancel))!;
        Assert.False(lost.Claimed.PossibleRepeat);

        house.Time.Advance(house.Settings.Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await DueAsync(house));
        await house.PassAsync(TimeSpan.FromSeconds(1));
        var mail = Assert.Single(await house.OutboxAsync());
        Assert.StartsWith("(możliwe powtórzenie)", mail.Subject, StringComparison.Ordinal);
        Assert.True(Assert.Single((await house.TimelineAsync(situation)).OfType<PageAttempted>()).PossibleRepeat);

        // The dead sender comes back from the dead: its word counts no more.
        await house.Attempts.SettleAsync(lost.Claimed, PageWay.Mail, Delivery.Rejected(DeliveryFailure.Busy, true, "late"), Cancel);
        Assert.Equal("Confirmed", await house.ScalarAsync<string>("select state from attempt where id = @Id", new { lost.Claimed.Attempt.Id }));
        Assert.Single((await house.TimelineAsync(situation)).OfType<PageAttempted>());
    }

    [Fact]
    public async Task A_busy_server_is_tried_again_and_each_try_is_on_the_timeline()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await FailAsync(house, new Delivery(DeliveryState.Rejected, DeliveryFailure.Busy, true, "451 greylisted"));
        await house.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["Rejected", "Confirmed"], Outcomes(await house.TimelineAsync(situation), house.Ania));
    }

    [Fact]
    public async Task When_nobody_of_the_plan_can_be_reached_the_administrators_are_told_and_the_page_says_so()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        for (var i = 0; i < 2; i++)
        {
            await FailAsync(house, new Delivery(DeliveryState.Rejected, DeliveryFailure.RecipientRefused, false, "550"));
            await house.Steps.TakeDueAsync(Cancel);
        }

        Assert.True(await house.ScalarAsync<bool>("select unreachable from page where situation_id = @situation", new { situation }));
        await house.WorkAsync();
        Assert.Contains(await house.OutboxAsync(), m => m.To.StartsWith("Admin-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_delivery_is_not_sent_again()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await FailAsync(house, Delivery.Unknown("the answer was lost"));
        await house.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Empty(await house.OutboxAsync());
        Assert.Equal(["Unknown"], Outcomes(await house.TimelineAsync(situation), house.Ania));
    }

    private static async Task<IReadOnlyList<DueAttempt>> DueAsync(EscalationHouse house)
    {
        await using var connection = await house.Store.OpenAsync(Cancel);
        return await AttemptSql.DueAsync(connection, house.Time.GetUtcNow(), Cancel);
    }

    private static async Task FailAsync(EscalationHouse house, Delivery delivery)
    {
        foreach (var due in await DueAsync(house))
        {
            var claimed = (await house.Attempts.ClaimAsync(due, Cancel))!;
            await house.Attempts.SettleAsync(claimed.Claimed, PageWay.Mail, delivery, Cancel);
        }
    }

    private static IEnumerable<string> Outcomes(IReadOnlyList<TimelineEvent> timeline, Core.People.PersonId person) =>
        timeline.OfType<PageAttempted>().Where(a => a.Person == person).Select(a => a.Outcome);
}
