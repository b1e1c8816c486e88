using Dapper;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Publishing;
using Holdfast.Situations;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Responses.ResponsesHouse;

namespace Holdfast.App.Tests.Responses;

/// <summary>Where the problem is first.</summary>
public sealed class OriginFirstTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_statement_waits_until_the_answer_at_the_origin_is_there_for_all_to_see()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        var situation = await house.BeginAsync(post);
        await house.Worker.WorkAsync(Cancel);
        var statement = await house.ApprovedAsync(situation);
        Assert.Equal(StatementState.Waiting, Ok(await house.Releases.ReleaseAsync(statement, house.House.Admin, null, Cancel)).State);
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(0, await house.PostsAsync());

        Ok(await house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(), house.House.Ania, Cancel));
        await house.Worker.WorkAsync(Cancel);
        // Written is not posted.
        Assert.Equal(1, await house.PostsAsync());

        await house.SentAsync();
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(3, await house.PostsAsync());
        Assert.Equal(StatementState.Published, (await house.ReadAsync(statement)).State);
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(3, await house.PostsAsync());
    }

    [Fact]
    public async Task The_answer_and_the_statement_go_in_one_act_and_the_prepared_text_is_taken_along()
    {
        var house = await NewAsync(database);
        var prepared = await house.WriteAsync(null);
        Ok(await house.Statements.SubmitAsync(prepared, house.House.Marek, Cancel));
        Ok(await house.ApproveAsync(prepared, house.House.Ania));
        var post = await house.HearAsync();
        var situation = await house.BeginAsync(post);
        await house.Worker.WorkAsync(Cancel);
        var waiting = Ok(await house.Releases.AnswerAndReleaseAsync(house.Brand, post, situation, house.Answer(), prepared, house.House.Admin, Cancel));
        Assert.Equal(StatementState.Waiting, waiting.State);
        Assert.NotEqual(prepared, waiting.Id);
        await house.SentAsync();
        await Task.WhenAll(house.Worker.WorkAsync(Cancel), house.Worker.WorkAsync(Cancel));
        Assert.Equal(3, await house.PostsAsync());
        var told = (await house.House.TimelineAsync(situation)).OfType<ResponseEvent>().Select(e => e.GetType().Name);
        Assert.Equal([nameof(OriginSet), nameof(ReplyWritten), nameof(StatementWaits), nameof(StatementPublished)], told);
    }

    /// <summary>A freeze by level closes the gate while it holds its situation: who waits for that situation must not stand in the gate.</summary>
    [Fact]
    public async Task Who_writes_on_a_timeline_waits_for_it_before_the_gate()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        var situation = await house.BeginAsync(post);
        var statement = await house.ApprovedAsync(situation);
        await house.Releases.OverrideOriginAsync(situation, "The author asked us to.", house.House.Admin, Cancel);
        await using var holding = await database.Store.OpenAsync(Cancel);
        await using var transaction = await holding.BeginTransactionAsync(Cancel);
        await TimelineSql.HoldAsync(transaction, situation, Cancel);
        Task[] writers =
        [
            house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(), house.House.Ania, Cancel),
            house.Releases.ReleaseAsync(statement, house.House.Admin, null, Cancel),
        ];
        while (await house.House.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", new { }) < writers.Length)
        {
            await Task.Delay(20, Cancel);
        }

        // PostgreSQL would end a circle after a second by letting one of them fail; here there is none to end.
        await holding.ExecuteAsync("set local lock_timeout = '500ms'", transaction: transaction);
        await GateSql.CloseAsync(transaction, Cancel);
        await transaction.CommitAsync(Cancel);
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task Where_the_statement_is_refused_the_answer_does_not_go_either()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        var situation = await house.BeginAsync(post);
        await house.Worker.WorkAsync(Cancel);
        var draft = await house.WriteAsync(situation);
        Assert.Equal("statement.not-approved", Refused(await house.Releases.AnswerAndReleaseAsync(house.Brand, post, situation, house.Answer(), draft, house.House.Admin, Cancel)));
        Assert.Equal(0, await house.PostsAsync());
        Ok(await house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(), house.House.Ania, Cancel));
    }

    [Fact]
    public async Task A_person_may_decide_not_to_wait_and_says_why()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        var situation = await house.BeginAsync(post);
        var statement = await house.ApprovedAsync(situation);
        Assert.Equal("response.reason", Refused(await house.Releases.OverrideOriginAsync(situation, "", house.House.Admin, Cancel)));
        Ok(await house.Releases.OverrideOriginAsync(situation, "The post was deleted by its author.", house.House.Admin, Cancel));
        Assert.Equal(StatementState.Published, Ok(await house.Releases.ReleaseAsync(statement, house.House.Admin, null, Cancel)).State);
        Assert.Equal(2, await house.PostsAsync());
        Assert.Contains(await house.House.TimelineAsync(situation), e => e is OriginOverridden);
    }

    [Fact]
    public async Task An_edit_while_it_waits_takes_it_back_to_the_approvers()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        var situation = await house.BeginAsync(post);
        await house.Worker.WorkAsync(Cancel);
        var statement = await house.ApprovedAsync(situation);
        Ok(await house.Releases.ReleaseAsync(statement, house.House.Admin, null, Cancel));
        var edited = (await house.ReadAsync(statement)).Versions.Select(version => version with { Text = "Not what was approved." });
        Ok(await house.Statements.WriteAsync(statement, [.. edited], house.House.Marek, Cancel));
        Ok(await house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(), house.House.Ania, Cancel));
        await house.SentAsync();
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(1, await house.PostsAsync());
        Assert.Equal(StatementState.InReview, (await house.ReadAsync(statement)).State);
    }

    [Fact]
    public async Task A_situation_declared_by_hand_gets_its_first_post_by_its_address_and_is_then_answered_there_first()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync(intent: 3, @class: 1);
        await house.House.ExecuteAsync("update post set url = 'https://social.example/@anna/117' where id = @post", new { post });
        var situation = await house.BeginAsync();
        Assert.Equal("origin.not-heard", Refused(await house.Origins.SetAsync(situation, "https://social.example/@anna/118", house.House.Ania, Cancel)));
        Assert.Equal("origin.not-heard", Refused(await house.Origins.SetAsync(situation, " ", house.House.Ania, Cancel)));
        Assert.Equal(post, Ok(await house.Origins.SetAsync(situation, " https://social.example/@anna/117/?lang=pl#x ", house.House.Ania, Cancel)));

        var statement = await house.ApprovedAsync(situation);
        Assert.Equal(StatementState.Waiting, Ok(await house.Releases.ReleaseAsync(statement, house.House.Admin, null, Cancel)).State);
        Ok(await house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(), house.House.Ania, Cancel));
        await house.SentAsync();
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(StatementState.Published, (await house.ReadAsync(statement)).State);
        var told = await house.House.TimelineAsync(situation);
        Assert.Contains(told, e => e is OriginSet set && set.Post == post);
        Assert.Contains(told, e => e is ReplyWritten { Origin: true });
    }

    [Fact]
    public async Task Another_post_can_be_called_the_first_one_later()
    {
        var house = await NewAsync(database);
        var (first, second) = (await house.HearAsync(), await house.HearAsync("It began with me"));
        var situation = await house.BeginAsync(first);
        await house.Worker.WorkAsync(Cancel);
        await house.House.ExecuteAsync("update post set network_id = 'at://did:plc:anna/app.bsky.feed.post/3kq', author_id = 'did:plc:anna' where id = @second", new { second });
        Assert.Equal(second, Ok(await house.Origins.SetAsync(situation, "https://bsky.app/profile/did:plc:anna/post/3kq", house.House.Ania, Cancel)));
        Assert.Equal("origin.not-heard", Refused(await house.Origins.SetAsync(situation, "https://bsky.app/profile/did:plc:other/post/3kq", house.House.Ania, Cancel)));
        var statement = await house.ApprovedAsync(situation);
        Ok(await house.Replies.AnswerAsync(house.Brand, first, situation, house.Answer(), house.House.Ania, Cancel));
        await house.SentAsync();
        Assert.Equal(StatementState.Waiting, Ok(await house.Releases.ReleaseAsync(statement, house.House.Admin, null, Cancel)).State);
        Assert.Equal(1, await house.House.ScalarAsync<int>("select count(*)::int from reply_item where post_id = @second and situation_id = @situation", new { second, situation }));
    }
}
