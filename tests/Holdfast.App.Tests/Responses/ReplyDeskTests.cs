using Dapper;
using Holdfast.Core.Detection;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Situations;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Responses.ResponsesHouse;

namespace Holdfast.App.Tests.Responses;

public sealed class ReplyDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    /// <summary>Item before situation was a deadlock with everybody who locks them the other way round.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Whoever_waits_for_the_situation_holds_nothing_of_the_queue_meanwhile(bool person)
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        var situation = await house.BeginAsync();
        await house.House.ExecuteAsync("update reply_item set situation_id = @id, clock_at = @now where post_id = @post", new { id = situation.Value, now = house.Time.GetUtcNow(), post = post.Value });

        await using var connection = await house.House.Store.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await TimelineSql.HoldAsync(transaction, situation, Cancel);
        Task waits = person ? house.Replies.LeaveAsync(house.Brand, post, "Nothing to say.", house.House.Ania, Cancel) : house.Worker.WorkAsync(Cancel);
        while (await house.House.ScalarAsync<long>("select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()", new { }) == 0)
        {
            Assert.False(waits.IsCompleted);
        }

        await connection.ExecuteAsync("select from reply_item where post_id = @post for update nowait", new { post = post.Value }, transaction);
        await transaction.RollbackAsync(Cancel);
        await waits;
    }

    [Fact]
    public async Task Of_many_who_answer_at_once_exactly_one_does()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        var people = new[] { house.House.Ania, house.House.Marek, house.House.Admin };
        var answers = await Task.WhenAll(Enumerable.Range(0, 9).Select(i => house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(), people[i % 3], Cancel)));
        Assert.Single(answers, answer => answer.Succeeded(out _));
        Assert.Equal(1, await house.PostsAsync());
    }

    [Fact]
    public async Task Of_two_who_take_one_the_second_is_told_until_the_first_goes_home()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        var takes = await Task.WhenAll(
            house.Replies.TakeAsync(house.Brand, post, house.House.Ania, Cancel), house.Replies.TakeAsync(house.Brand, post, house.House.Marek, Cancel));
        var winner = Assert.Single(takes, take => take.Succeeded(out _)).Value.TakenBy!.Value;
        var other = winner == house.House.Ania ? house.House.Marek : house.House.Ania;
        Assert.Equal("reply.is-taken", Refused(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(), other, Cancel)));
        house.Time.Advance(ReplyDecisions.TakeLives);
        Ok(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(), other, Cancel));
    }

    [Fact]
    public async Task The_queue_takes_up_what_wants_an_answer_and_nothing_else()
    {
        var house = await NewAsync(database);
        await house.HearAsync("Where is it?");
        await house.HearAsync("Lovely yogurt", intent: 3, @class: 1);
        await house.HearAsync("Our own words", voice: 3);
        await house.HearAsync("They burned my hand", intent: 4, @class: -1, risk: 5);
        await house.Worker.WorkAsync(Cancel);
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(2, await house.House.ScalarAsync<int>("select count(*)::int from reply_item", new { }));
        Assert.Equal(1, await house.House.ScalarAsync<int>("select count(*)::int from reply_item where level = 5", new { }));
    }

    [Fact]
    public async Task What_waits_beyond_its_clock_goes_one_duty_up_and_somebody_is_told_each_time()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync(risk: 5, @class: -1);
        await house.Worker.WorkAsync(Cancel);
        foreach (var duty in new[] { DutyKind.PublicRelations, DutyKind.Lead, DutyKind.Executive })
        {
            house.Time.Advance(Answering.Default.At(Level.Five).Clock);
            var before = (await house.House.OutboxAsync()).Count;
            await house.Worker.WorkAsync(Cancel);
            await house.House.WorkAsync();
            Assert.Equal(duty.ToString(), await house.House.ScalarAsync<string>("select duty from reply_item where post_id = @post", new { post }));
            Assert.True((await house.House.OutboxAsync()).Count > before, $"nobody was told that {duty} has it now");
        }

        Ok(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(), house.House.Ania, Cancel));
        house.Time.Advance(TimeSpan.FromDays(1));
        var told = (await house.House.OutboxAsync()).Count;
        await house.Worker.WorkAsync(Cancel);
        await house.House.WorkAsync();
        Assert.Equal(told, (await house.House.OutboxAsync()).Count);
    }

    [Fact]
    public async Task The_clock_of_the_plan_in_force_is_the_one_that_runs()
    {
        var house = await NewAsync(database);
        await house.AnswerByAsync(Answering.Default with { Levels = [.. Answering.Default.Levels.Select(level => level with { Clock = TimeSpan.FromMinutes(3) })] });
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        house.Time.Advance(TimeSpan.FromMinutes(3));
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(nameof(DutyKind.Social), await house.House.ScalarAsync<string>("select duty from reply_item where post_id = @post", new { post }));
    }

    [Fact]
    public async Task An_answer_that_did_not_get_out_puts_the_post_back_into_the_queue()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        Ok(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(), house.House.Ania, Cancel));
        await house.SentAsync("Rejected");
        await house.Worker.WorkAsync(Cancel);
        Ok(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer("Once more, shorter."), house.House.Marek, Cancel));
    }

    [Fact]
    public async Task Leaving_one_and_answering_elsewhere_need_words()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal("response.reason", Refused(await house.Replies.LeaveAsync(house.Brand, post, " ", house.House.Ania, Cancel)));
        Ok(await house.Replies.AnsweredElsewhereAsync(house.Brand, post, "Zadzwoniłam; wszystko dobrze 🙂", house.House.Ania, Cancel));
        Assert.Equal("reply.answered-already", Refused(await house.Replies.LeaveAsync(house.Brand, post, "spam", house.House.Marek, Cancel)));
    }

    [Theory]
    [InlineData("   ", "reply.no-text")]
    [InlineData("Your parcel comes at {time}.", "statement.empty-field")]
    public async Task An_unfinished_answer_does_not_leave(string text, string code)
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        await house.Worker.WorkAsync(Cancel);
        Assert.Equal(code, Refused(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(text), house.House.Ania, Cancel)));
        Assert.Equal("reply.too-long", Refused(await house.Replies.AnswerAsync(house.Brand, post, null, house.Answer(new string('ż', 301)), house.House.Ania, Cancel)));
        Assert.Equal("reply.no-account", Refused(await house.Replies.AnswerAsync(
            house.Brand, post, null, house.Answer() with { Account = house.Mastodon }, house.House.Ania, Cancel)));
        Assert.Equal(0, await house.PostsAsync());
    }

    [Fact]
    public async Task Hostile_words_are_kept_as_they_are_and_change_nothing_else()
    {
        const string Hostile = "'; drop table post; -- <script>alert(1)</script> \u202Eabc";
        var house = await NewAsync(database);
        var post = await house.HearAsync(Hostile);
        var situation = await house.BeginAsync(post);
        await house.Worker.WorkAsync(Cancel);
        Ok(await house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(Hostile), house.House.Ania, Cancel));
        Assert.Equal(Hostile, await house.House.ScalarAsync<string>("select text from scheduled_post", new { }));
        Assert.Contains(await house.House.TimelineAsync(situation), e => e is ReplyWritten { Origin: true, Text: Hostile });
    }

    [Fact]
    public async Task A_freeze_lets_an_answer_through_only_with_a_reason()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync();
        var situation = await house.BeginAsync(post);
        await house.Worker.WorkAsync(Cancel);
        await house.House.ExecuteAsync("""
            update freeze_gate set epoch = epoch + 1;
            insert into "freeze" (id, epoch, reason, placed_by, placed_at) select gen_random_uuid(), epoch, 'a fire', 'somebody', now() from freeze_gate
            """);
        Assert.Equal("response.frozen", Refused(await house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(), house.House.Admin, Cancel)));
        Assert.Equal(0, await house.PostsAsync());
        Ok(await house.Replies.AnswerAsync(house.Brand, post, situation, house.Answer(pass: "They ask for help."), house.House.Admin, Cancel));
        Assert.Equal(nameof(PostState.Scheduled), await house.House.ScalarAsync<string>("select state from scheduled_post where let_through_reason = 'They ask for help.'", new { }));
        await house.House.ExecuteAsync("delete from \"freeze\"");
    }

    [Fact]
    public async Task Deleting_needs_a_second_person_and_keeps_a_copy()
    {
        var house = await NewAsync(database);
        var post = await house.HearAsync("Her address is …");
        await house.Worker.WorkAsync(Cancel);
        var id = Ok(await house.Deletions.AskAsync(house.Brand, post, "It names a private address.", house.House.Ania, Cancel));
        Assert.Equal("deletion.second-person", Refused(await house.Deletions.DecideAsync(id, true, null, null, house.House.Ania, Cancel)));
        Ok(await house.Deletions.DecideAsync(id, true, "Yes.", null, house.House.Admin, Cancel));
        Assert.Equal("deletion.decided-already", Refused(await house.Deletions.DecideAsync(id, false, null, null, house.House.Marek, Cancel)));
        Assert.Equal("Her address is …", Assert.Single(await house.Deletions.AllAsync(Cancel), each => each.Deletion.Id == id).Deletion.Post.Text);
    }
}
