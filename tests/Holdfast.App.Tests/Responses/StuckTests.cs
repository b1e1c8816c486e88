using Holdfast.Core.Responses;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Responses.ResponsesHouse;

namespace Holdfast.App.Tests.Responses;

/// <summary>What was written and cannot go out does not wait in silence.</summary>
public sealed class StuckTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Theory]
    [InlineData("Disconnected")]
    [InlineData("SignInNeeded")]
    public async Task A_waiting_statement_whose_account_is_lost_is_told_to_its_author_and_the_duty_once_and_again_when_it_is_lost_again(string lost)
    {
        var house = await NewAsync(database);
        var id = await WaitingAsync(house);
        Assert.Empty(await ToldAsync(house));
        await house.AccountAsync(lost);
        Assert.Equal(["Ania", "Marek"], (await ToldAsync(house)).Select(to => to.Split('-')[0]));
        Assert.Equal("account", await StuckAsync(house, id));
        Assert.Equal(2, (await ToldAsync(house)).Count);

        await house.AccountAsync("Connected");
        await ToldAsync(house);
        Assert.Null(await StuckAsync(house, id));
        await house.AccountAsync(lost);
        Assert.Equal(4, (await ToldAsync(house)).Count);
    }

    [Fact]
    public async Task A_statement_whose_approval_ends_while_it_waits_is_told_and_can_be_asked_for_again()
    {
        var house = await NewAsync(database);
        var id = await WaitingAsync(house);
        house.Time.Advance(ApprovalRules.ApprovalLives);
        Assert.NotEmpty(await ToldAsync(house));
        Assert.Equal("approvals", await StuckAsync(house, id));
        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        Ok(await house.ApproveAsync(id, house.House.Ania));
        await ToldAsync(house);
        Assert.Null(await StuckAsync(house, id));
        Assert.Equal(StatementState.Waiting, Ok(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel)).State);
    }

    [Fact]
    public async Task An_answer_that_its_account_cannot_send_is_told_to_who_wrote_it()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        Ok(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(), house.House.Marek, Cancel));
        await house.House.ExecuteAsync("update scheduled_post set state = 'Held', held_because = 'Account'");
        Assert.Contains(await ToldAsync(house), to => to.StartsWith("Marek", StringComparison.OrdinalIgnoreCase));
        var told = (await ToldAsync(house)).Count;
        Assert.Equal(1, await house.House.ScalarAsync<int>("select count(*)::int from reply_item where stuck_because = 'account'", new { }));
        await house.SentAsync();
        await house.House.ExecuteAsync("update scheduled_post set state = 'Sent', held_because = null");
        Assert.Equal(told, (await ToldAsync(house)).Count);
        Assert.Equal(0, await house.House.ScalarAsync<int>("select count(*)::int from reply_item where stuck_because is not null", new { }));
    }

    [Fact]
    public async Task A_statement_that_a_network_refused_is_told()
    {
        var house = await NewAsync(database);
        var id = await house.ApprovedAsync(await house.BeginAsync());
        Ok(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel));
        await house.SentAsync("Rejected");
        Assert.NotEmpty(await ToldAsync(house));
        Assert.Equal("rejected", await StuckAsync(house, id));
    }

    /// <summary>Marek wrote it; the first post is not answered.</summary>
    private static async Task<StatementId> WaitingAsync(ResponsesHouse house)
    {
        var post = await house.HearAsync();
        var id = await house.ApprovedAsync(await house.BeginAsync(post));
        Assert.Equal(StatementState.Waiting, Ok(await house.Releases.ReleaseAsync(id, house.House.Marek, null, Cancel)).State);
        return id;
    }

    /// <summary>Everyone who has been told by now that something cannot go out.</summary>
    private static async Task<IReadOnlyList<string>> ToldAsync(ResponsesHouse house)
    {
        await house.Worker.WorkAsync(Cancel);
        await house.House.WorkAsync();
        return [.. (await house.House.OutboxAsync())
            .Where(mail => mail.Subject.Contains("annot", StringComparison.Ordinal) || mail.Subject.Contains("nie może", StringComparison.OrdinalIgnoreCase))
            .Select(mail => mail.To).Order(StringComparer.OrdinalIgnoreCase)];
    }

    private static Task<string?> StuckAsync(ResponsesHouse house, StatementId id) =>
        house.House.ScalarAsync<string?>("select stuck_because from statement where id = @id", new { id });
}
