using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.Situations;
using Holdfast.Escalation;
using Holdfast.People;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Escalation.EscalationHouse;

namespace Holdfast.App.Tests.Escalation;

public sealed class EscalationDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_declared_situation_pages_the_lead_in_her_language_and_the_timeline_says_so()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await house.WorkAsync();

        var mail = Assert.Single(await house.OutboxAsync());
        Assert.StartsWith("Ania-", mail.To, StringComparison.Ordinal);
        Assert.StartsWith("Poziom 3 · United", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("the hotline is full", mail.Body, StringComparison.Ordinal);
        Assert.Contains("2026-03-02 13:00 Europe/Warsaw", mail.Body, StringComparison.Ordinal);
        Assert.Contains("https://holdfast.example.org/a/", mail.Body, StringComparison.Ordinal);
        var timeline = await house.TimelineAsync(situation);
        Assert.Single(timeline.OfType<PageStarted>());
        var attempted = Assert.Single(timeline.OfType<PageAttempted>());
        Assert.Equal((house.Ania, "Outbox", "Confirmed", false), (attempted.Person, attempted.Way, attempted.Outcome, attempted.PossibleRepeat));
    }

    [Fact]
    public async Task The_steps_follow_the_plan_until_somebody_has_it()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await house.WorkAsync();
        await house.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Single(await house.OutboxAsync());
        await house.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await house.OutboxAsync()).Count);

        Assert.Equal(PageReason.Acknowledged, await house.Desk.AcknowledgeAsync(await house.PageAsync(situation), house.Marek, Cancel));
        await house.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(3, (await house.OutboxAsync()).Count);
        var taken = Assert.Single((await house.TimelineAsync(situation)).OfType<PageAcknowledged>());
        Assert.Equal((house.Marek, "App"), (taken.Person, taken.How));
    }

    [Fact]
    public async Task A_link_takes_the_page_once()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await house.WorkAsync();
        var token = Token.Hash(LinkIn((await house.OutboxAsync())[0].Body))!;

        Assert.Equal(LinkReason.Valid, await house.Desk.AcknowledgeByLinkAsync(token, Cancel));
        Assert.Equal(LinkReason.Used, await house.Desk.AcknowledgeByLinkAsync(token, Cancel));
        Assert.Equal(LinkReason.Unknown, await house.Desk.AcknowledgeByLinkAsync(Token.New().Hash, Cancel));
        Assert.Equal("Acknowledged", await house.StateAsync(situation));
        Assert.Equal(house.Ania, Assert.Single((await house.TimelineAsync(situation)).OfType<PageAcknowledged>()).Person);
    }

    [Fact]
    public async Task One_link_pressed_by_twenty_at_once_counts_once()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await house.WorkAsync();
        var token = Token.Hash(LinkIn((await house.OutboxAsync())[0].Body))!;
        var reasons = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Desk.AcknowledgeByLinkAsync(token, Cancel)));
        Assert.Equal(1, reasons.Count(reason => reason == LinkReason.Valid));
        Assert.Single((await house.TimelineAsync(situation)).OfType<PageAcknowledged>());
    }

    [Fact]
    public async Task A_link_ends_after_a_day()
    {
        var house = await NewAsync(database);
        await house.DeclareAsync();
        await house.WorkAsync();
        var token = Token.Hash(LinkIn((await house.OutboxAsync())[0].Body))!;
        house.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(LinkReason.Expired, await house.Desk.AcknowledgeByLinkAsync(token, Cancel));
    }

    [Fact]
    public async Task A_resolved_situation_sends_nothing_more_and_its_links_say_so()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await house.WorkAsync();
        await house.ActAsync(situation, s => SituationDecisions.Resolve(s, "it is over"));
        await house.PassAsync(TimeSpan.FromHours(2));
        Assert.Single(await house.OutboxAsync());
        Assert.Equal("Void", await house.StateAsync(situation));
        Assert.Equal("Resolved", Assert.Single((await house.TimelineAsync(situation)).OfType<PageVoided>()).Reason);
        Assert.Equal(LinkReason.Over, await house.Desk.AcknowledgeByLinkAsync(Token.Hash(LinkIn((await house.OutboxAsync())[0].Body))!, Cancel));
    }

    [Fact]
    public async Task What_was_written_but_not_sent_when_it_is_resolved_never_leaves()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await house.ActAsync(situation, s => SituationDecisions.Resolve(s, "a mistake"));
        await house.WorkAsync();
        Assert.Empty(await house.OutboxAsync());
    }

    [Fact]
    public async Task A_higher_level_pages_again_though_somebody_had_it()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        await house.WorkAsync();
        await house.Desk.AcknowledgeAsync(await house.PageAsync(situation), house.Ania, Cancel);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        await house.ActAsync(situation, s => SituationDecisions.Raise(s, Level.Four, "it is in the news"));
        await house.WorkAsync();
        Assert.StartsWith("Poziom 4 ·", (await house.OutboxAsync())[^1].Subject, StringComparison.Ordinal);
        Assert.Equal(1, await house.ScalarAsync<long>("select count(*) from page where situation_id = @situation", new { situation }));
    }

    [Fact]
    public async Task At_level_four_a_page_that_was_taken_and_then_left_alone_comes_back()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync(Level.Four);
        await house.WorkAsync();
        await house.Desk.AcknowledgeAsync(await house.PageAsync(situation), house.Marek, Cancel);

        await house.PassAsync(TimeSpan.FromMinutes(20));
        await house.ActAsync(situation, s => SituationDecisions.Note(s, "we are on it"));
        await house.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Single(await house.OutboxAsync());

        await house.PassAsync(TimeSpan.FromMinutes(10));
        var after = (await house.OutboxAsync()).Skip(1).ToList();
        Assert.Equal(["Ania", "Marek"], after.Select(m => m.To[..m.To.IndexOf('-', StringComparison.Ordinal)]).Order());
        Assert.Contains(after, m => m.Subject.StartsWith("Still on it?", StringComparison.Ordinal));
        Assert.Equal(house.Marek, Assert.Single((await house.TimelineAsync(situation)).OfType<PageLapsed>()).Owner);
    }

    [Fact]
    public async Task Rounds_end_and_the_administrator_is_told()
    {
        var house = await NewAsync(database);
        var situation = await house.DeclareAsync();
        for (var i = 0; i < 200 && await house.StateAsync(situation) == "Running"; i++)
        {
            await house.PassAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Equal("Exhausted", await house.StateAsync(situation));
        await house.WorkAsync();
        Assert.Contains(await house.OutboxAsync(), m => m.To.StartsWith("Admin-", StringComparison.Ordinal) && m.Subject.StartsWith("Nobody answered", StringComparison.Ordinal));
        Assert.Single((await house.TimelineAsync(situation)).OfType<PageExhausted>());
    }

    [Fact]
    public async Task A_brand_without_a_plan_pages_its_administrators()
    {
        var house = await NewAsync(database);
        await house.ExecuteAsync("delete from plan where brand_id = @Brand", new { house.Brand });
        await house.DeclareAsync();
        await house.WorkAsync();
        Assert.StartsWith("Admin-", Assert.Single(await house.OutboxAsync()).To, StringComparison.Ordinal);
    }
}
