using Holdfast.Responses;
using Holdfast.Testing.Database;
using static Holdfast.App.Tests.Responses.ResponsesHouse;

namespace Holdfast.App.Tests.Responses;

public sealed class CommunityTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Theory]
    [InlineData("mastodon", CommunityAct.Thanked, "\"visibility\": null")]
    [InlineData("mastodon", CommunityAct.Invited, "\"visibility\": \"direct\"")]
    [InlineData("bluesky", CommunityAct.Briefed, "\"visibility\": null")]
    public async Task Who_helps_is_written_to_like_everybody_else_and_on_Mastodon_alone_where_it_is_for_them(string network, CommunityAct act, string seenBy)
    {
        var house = await NewAsync(database);
        var (author, draft) = await MarkedAsync(house, network);
        Assert.Equal("statement.empty-field", Refused(await house.Community.WriteAsync(house.Brand, network, author, act, draft with { Text = "Come to {where}" }, house.House.Ania, Cancel)));
        Assert.Equal("reply.no-account", Refused(await house.Community.WriteAsync(
            house.Brand, network, author, act, draft with { Account = network == "bluesky" ? house.Mastodon : house.Bluesky }, house.House.Ania, Cancel)));
        Assert.Null(Assert.Single(await house.Community.AllAsync(Cancel), mark => mark.Brand == house.Brand).Done(act));

        Ok(await house.Community.WriteAsync(house.Brand, network, author, act, draft, house.House.Ania, Cancel));
        Assert.Equal(CommunityStanding.OnItsWay, Assert.Single(await house.Community.AllAsync(Cancel), mark => mark.Brand == house.Brand).Done(act)!.Standing);
        Assert.Contains(seenBy, await house.House.ScalarAsync<string>("select options::text from scheduled_post where purpose = 'Reply' and reply_to ->> 'id' = @author and state = 'Scheduled'", new { author }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Scheduled", CommunityStanding.OnItsWay)]
    [InlineData("Sending", CommunityStanding.OnItsWay)]
    [InlineData("Unknown", CommunityStanding.OnItsWay)]
    [InlineData("Held", CommunityStanding.Held)]
    [InlineData("Sent", CommunityStanding.Done)]
    [InlineData("Rejected", CommunityStanding.NotSent)]
    [InlineData("Dropped", CommunityStanding.NotSent)]
    public async Task Thanks_count_once_the_network_has_them(string state, CommunityStanding standing)
    {
        var house = await NewAsync(database);
        var (author, draft) = await MarkedAsync(house, "bluesky");
        Ok(await house.Community.WriteAsync(house.Brand, "bluesky", author, CommunityAct.Thanked, draft, house.House.Ania, Cancel));
        await house.House.ExecuteAsync("update scheduled_post set state = @state, held_because = case when @state = 'Held' then 'Missed' end where reply_to ->> 'id' = @author", new { state, author });
        var mark = Assert.Single(await house.Community.AllAsync(Cancel), mark => mark.Brand == house.Brand);
        Assert.Equal((standing, null, null), (mark.Done(CommunityAct.Thanked)!.Standing, mark.Done(CommunityAct.Briefed), mark.Done(CommunityAct.Invited)));

        await house.Community.DoneAsync(house.Brand, "bluesky", author, CommunityAct.Thanked, Cancel);
        Assert.Equal(CommunityStanding.Done, Assert.Single(await house.Community.AllAsync(Cancel), one => one.Brand == house.Brand).Done(CommunityAct.Thanked)!.Standing);
    }

    [Fact]
    public async Task A_freeze_holds_thanks_too()
    {
        var house = await NewAsync(database);
        var (author, draft) = await MarkedAsync(house, "bluesky");
        await house.House.ExecuteAsync("""
            update freeze_gate set epoch = epoch + 1;
            insert into "freeze" (id, epoch, reason, placed_by, placed_at) select gen_random_uuid(), epoch, 'a fire', 'somebody', now() from freeze_gate
            """);
        Assert.Equal("response.frozen", Refused(await house.Community.WriteAsync(house.Brand, "bluesky", author, CommunityAct.Thanked, draft, house.House.Ania, Cancel)));
        Assert.Equal(0, await house.PostsAsync());
        await house.House.ExecuteAsync("delete from \"freeze\"");
    }

    private static async Task<(string Author, AnswerDraft Draft)> MarkedAsync(ResponsesHouse house, string network)
    {
        var post = await house.HearAsync("I can tell you how it works", network, intent: 3, @class: 1);
        Ok(await house.Community.MarkAsync(house.Brand, post, CommunityKind.Helper, "Explains it to others.", house.House.Ania, Cancel));
        return (post.Value.ToString("N"), new AnswerDraft(network == "bluesky" ? house.Bluesky : house.Mastodon, "Thank you for helping.", "en", null));
    }
}
