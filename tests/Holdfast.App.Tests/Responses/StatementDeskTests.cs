using System.Text.RegularExpressions;
using Holdfast.Core.Detection;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Responses.ResponsesHouse;

namespace Holdfast.App.Tests.Responses;

public sealed partial class StatementDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_plan_that_asks_for_nobody_at_this_level_lets_a_statement_out_at_once()
    {
        var house = await NewAsync(database);
        await house.AnswerByAsync(Answering.Default with { Levels = [.. Answering.Default.Levels.Select(level => level with { Approvals = [] })] });
        var id = await house.WriteAsync(await house.BeginAsync());
        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        Ok(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel));
        Assert.Equal(2, await house.PostsAsync());
    }

    [Fact]
    public async Task An_edit_asks_again_however_small()
    {
        var house = await NewAsync(database);
        var id = await house.ApprovedAsync(await house.BeginAsync());
        Assert.True(StatementDecisions.MayGo(await house.ReadAsync(id), house.Time.GetUtcNow()));

        var edited = (await house.ReadAsync(id)).Versions.Select(version => version with { Text = version.Text.Replace("15:00", "16:00", StringComparison.Ordinal) });
        Ok(await house.Statements.WriteAsync(id, [.. edited], house.House.Marek, Cancel));
        Assert.Equal("statement.not-approved", Refused(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel)));
        Assert.Equal(0, await house.PostsAsync());

        Ok(await house.ApproveAsync(id, house.House.Ania));
        Ok(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel));
        Assert.Equal(2, await house.PostsAsync());
    }

    [Fact]
    public async Task Another_account_is_another_text()
    {
        var house = await NewAsync(database);
        var id = await house.ApprovedAsync(await house.BeginAsync());
        IReadOnlyList<StatementVersion> one = [(await house.ReadAsync(id)).Versions[0]];
        Ok(await house.Statements.WriteAsync(id, one, house.House.Marek, Cancel));
        Assert.Equal("statement.not-approved", Refused(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel)));
    }

    [Fact]
    public async Task Who_wrote_a_word_of_it_never_approves_it()
    {
        var house = await NewAsync(database);
        var id = await house.WriteAsync(await house.BeginAsync());
        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        Assert.Equal("statement.own-words", Refused(await house.ApproveAsync(id, house.House.Marek)));

        // The approver mends a word: she is a writer now, and the deputy who began is one already.
        var edited = (await house.ReadAsync(id)).Versions.Select(version => version with { Text = version.Text + " Thank you." });
        Ok(await house.Statements.WriteAsync(id, [.. edited], house.House.Ania, Cancel));
        Assert.Equal("statement.own-words", Refused(await house.ApproveAsync(id, house.House.Ania)));
        Ok(await house.ApproveAsync(id, house.House.Admin));
    }

    [Fact]
    public async Task What_was_changed_while_it_was_read_is_not_approved_by_mistake()
    {
        var house = await NewAsync(database);
        var id = await house.WriteAsync(await house.BeginAsync());
        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        var seen = (await house.ReadAsync(id)).Content;
        var edited = (await house.ReadAsync(id)).Versions.Select(version => version with { Text = "Something else altogether." });
        Ok(await house.Statements.WriteAsync(id, [.. edited], house.House.Marek, Cancel));
        Assert.Equal("statement.other-words", Refused(await house.Statements.AnswerAsync(id, house.House.Ania, seen, true, null, Cancel)));
    }

    [Fact]
    public async Task An_approval_lapses_and_so_does_the_question()
    {
        var house = await NewAsync(database);
        var id = await house.WriteAsync(await house.BeginAsync());
        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        house.Time.Advance(ApprovalRules.AskLives);
        Assert.Equal("statement.ask-expired", Refused(await house.ApproveAsync(id, house.House.Ania)));

        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        Ok(await house.ApproveAsync(id, house.House.Ania));
        house.Time.Advance(ApprovalRules.ApprovalLives);
        Assert.Equal("statement.not-approved", Refused(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel)));
    }

    [Fact]
    public async Task At_level_four_the_law_must_say_yes_too_and_may_do_so_by_link()
    {
        var house = await NewAsync(database);
        var situation = await house.BeginAsync(level: Level.Four);
        var id = await house.ApprovedAsync(situation);
        Assert.Equal("statement.not-approved", Refused(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel)));

        Ok(await house.Guests.InviteAsync(id, DutyKind.Legal, "Mec. Żółć", "law@example.org", "pl", house.House.Admin, Cancel));
        await house.House.WorkAsync();
        var letter = (await house.House.OutboxAsync()).Single(row => row.To == "law@example.org");
        Assert.Contains("prosi o zatwierdzenie", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("Our site is down", letter.Body, StringComparison.Ordinal);
        var token = Link().Match(letter.Body).Groups[1].Value;

        Assert.True((await house.Guests.LookAsync(token, Cancel))!.Value.Open);
        Assert.True((await house.Guests.LookAsync(token, Cancel))!.Value.Open);
        Ok(await house.Guests.AnswerAsync(token, true, null, Cancel));
        Assert.Equal("link.gone", Refused(await house.Guests.AnswerAsync(token, true, null, Cancel)));
        Ok(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel));
        Assert.Contains(await house.House.TimelineAsync(situation), e => e is StatementApproved { Guest: "Mec. Żółć" });
    }

    [Fact]
    public async Task A_link_of_yesterday_or_for_other_words_says_yes_to_nothing()
    {
        var house = await NewAsync(database);
        var id = await house.ApprovedAsync(await house.BeginAsync(level: Level.Four));
        Ok(await house.Guests.InviteAsync(id, DutyKind.Legal, "Counsel", "law@example.org", "en", house.House.Admin, Cancel));
        await house.House.WorkAsync();
        var token = Link().Match((await house.House.OutboxAsync()).Single(row => row.To == "law@example.org").Body).Groups[1].Value;
        var edited = (await house.ReadAsync(id)).Versions.Select(version => version with { Text = "We did nothing wrong." });
        Ok(await house.Statements.WriteAsync(id, [.. edited], house.House.Marek, Cancel));
        Assert.Equal("statement.other-words", Refused(await house.Guests.AnswerAsync(token, true, null, Cancel)));

        house.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal("link.gone", Refused(await house.Guests.AnswerAsync(token, true, null, Cancel)));
        Assert.Equal("link.gone", Refused(await house.Guests.AnswerAsync("not a token at all", true, null, Cancel)));
    }

    [Fact]
    public async Task Two_presses_of_one_link_at_once_count_once()
    {
        var house = await NewAsync(database);
        var id = await house.ApprovedAsync(await house.BeginAsync(level: Level.Four));
        Ok(await house.Guests.InviteAsync(id, DutyKind.Legal, "Counsel", "law@example.org", "en", house.House.Admin, Cancel));
        await house.House.WorkAsync();
        var token = Link().Match((await house.House.OutboxAsync()).Single(row => row.To == "law@example.org").Body).Groups[1].Value;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => house.Guests.AnswerAsync(token, i % 2 == 0, "because", Cancel)));
        Assert.Single(answers, answer => answer.Succeeded(out _));
    }

    [Fact]
    public async Task Breaking_the_glass_needs_a_reason_and_tells_everyone_passed_over()
    {
        var house = await NewAsync(database);
        var situation = await house.BeginAsync();
        var id = await house.WriteAsync(situation);
        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        Assert.Equal("response.reason", Refused(await house.Statements.BreakGlassAsync(id, house.House.Marek, "  ", Cancel)));
        Ok(await house.Statements.BreakGlassAsync(id, house.House.Admin, "People stand in the smoke.", Cancel));
        await house.House.WorkAsync();
        var told = await house.House.OutboxAsync();
        Assert.Contains(told, row => row.To.StartsWith("Ania", StringComparison.Ordinal) && row.Body.Contains("People stand in the smoke.", StringComparison.Ordinal));
        Ok(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel));
        Assert.Contains(await house.House.TimelineAsync(situation), e => e is GlassBroken { Reason: "People stand in the smoke." });

        // The glass was broken for these words only.
        var other = await house.WriteAsync(situation, "Other words.");
        Ok(await house.Statements.SubmitAsync(other, house.House.Marek, Cancel));
        Assert.Equal("statement.not-approved", Refused(await house.Releases.ReleaseAsync(other, house.House.Admin, null, Cancel)));
    }

    [Fact]
    public async Task A_no_holds_it_until_the_words_change()
    {
        var house = await NewAsync(database);
        var id = await house.WriteAsync(await house.BeginAsync());
        Ok(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel));
        var content = (await house.ReadAsync(id)).Content;
        Assert.Equal("response.reason", Refused(await house.Statements.AnswerAsync(id, house.House.Ania, content, false, " ", Cancel)));
        Ok(await house.Statements.AnswerAsync(id, house.House.Ania, content, false, "Too vague.", Cancel));
        Assert.Equal("statement.not-approved", Refused(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel)).Replace("said-no", "not-approved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_prepared_text_brings_its_approvals_with_it()
    {
        var house = await NewAsync(database);
        var prepared = await house.WriteAsync(null);
        Ok(await house.Statements.SubmitAsync(prepared, house.House.Marek, Cancel));
        Ok(await house.ApproveAsync(prepared, house.House.Ania));
        house.Time.Advance(TimeSpan.FromDays(40));
        var taken = Ok(await house.Statements.TakeAsync(prepared, await house.BeginAsync(), house.House.Marek, Cancel));
        Ok(await house.Releases.ReleaseAsync(taken, house.House.Admin, null, Cancel));
        Assert.Equal("statement.no-situation", Refused(await house.Releases.ReleaseAsync(prepared, house.House.Admin, null, Cancel)));
    }

    [Fact]
    public async Task An_empty_field_is_never_published()
    {
        var house = await NewAsync(database);
        var id = await house.WriteAsync(await house.BeginAsync(level: Level.Two), "We write again at {time of the next news}.");
        Assert.Equal("statement.empty-field", Refused(await house.Statements.SubmitAsync(id, house.House.Marek, Cancel)));
        Assert.Equal("statement.empty-field", Refused(await house.Releases.ReleaseAsync(id, house.House.Admin, null, Cancel)));
    }

    [GeneratedRegex(@"/s/([\w-]+)")]
    private static partial Regex Link();
}
