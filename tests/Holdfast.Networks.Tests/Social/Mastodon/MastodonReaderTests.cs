using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Drills.Simulators;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;

namespace Holdfast.Networks.Tests.Social.Mastodon;

public sealed class MastodonReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thread_is_told_from_above_down_to_the_answers_and_what_is_ours_is_known()
    {
        await using var town = await Town.BuildAsync();
        var marek = town.World.AddAccount("marek@elsewhere.example", "Marek");
        var first = town.World.Say(town.Ola, "Smoke over the mill");
        var asked = town.World.Say(marek, "@newsroom Czy to prawda? Żółty dym", first, language: "pl");
        var ours = town.World.Say(town.Newsroom, "We are looking into it.", asked);
        var other = town.World.Say(town.Ola, "I saw it too", asked, visibility: "unlisted");
        var thanks = town.World.Say(marek, "Dzięki!", ours);
        town.World.Say(town.Ola, "Between us: it was Jan", asked, visibility: "direct");

        var thread = (await ReadAsync(town, asked)).Value!;
        Assert.Equal([("Smoke over the mill", $"ola@mastodon.example")], thread.Above.Select(p => (p.Text, p.Author.Handle)));
        Assert.Equal(("@newsroom Czy to prawda? Żółty dym", "marek@elsewhere.example", "pl"), (thread.Post.Text, thread.Post.Author.Handle, thread.Post.Language));
        Assert.Equal([(Id(ours), 1), (Id(thanks), 2), (Id(other), 1)], thread.Answers.Select(a => (a.Post.NetworkId, a.Depth)));
        Assert.Equal([Voice.Staff, Voice.Public, Voice.Public], thread.Answers.Select(a => a.Post.Author.Voice));
        Assert.Equal((0, false), (thread.More, thread.BeganEarlier));
        Assert.Empty(town.Server.Arrivals);
    }

    [Fact]
    public async Task A_post_that_was_deleted_meanwhile_or_is_hidden_from_us_is_said_to_be_gone()
    {
        await using var town = await Town.BuildAsync();
        var asked = town.World.Say(town.Ola, "@newsroom Is it true?");
        var hidden = town.World.Say(town.Ola, "Only for friends", visibility: "private");
        town.World.Delete(asked.Id);
        Assert.Equal(NetworkFailure.ReplyGone, (await ReadAsync(town, asked)).Failure!.Kind);
        Assert.Equal(NetworkFailure.ReplyGone, (await ReadAsync(town, hidden)).Failure!.Kind);
    }

    [Fact]
    public async Task A_proxy_that_has_lost_its_server_does_not_make_a_post_gone()
    {
        await using var server = new RawServer(_ => RawServer.Says("404 Not Found", "<html>nginx</html>", "content-type: text/html\r\n"));
        using var http = new NetworkHttp(TimeProvider.System);
        var account = new AccountAccess(server.Address, "1", "a@b.example", MastodonSecret.Write("token"), (_, _) => Task.CompletedTask);
        Assert.Equal(NetworkFailure.Refused, (await new MastodonReader(http, TimeProvider.System).ThreadAsync(account, new PostReference("7"), Cancel)).Failure!.Kind);
    }

    [Fact]
    public async Task A_server_that_refuses_slows_us_down_or_breaks_off_is_believed()
    {
        await using var town = await Town.BuildAsync();
        var asked = town.World.Say(town.Ola, "@newsroom Is it true?");
        Fault[] faults = [Fault.TooMany(TimeSpan.FromSeconds(90)), Fault.Answer(503), Fault.Close, Fault.Answer(403)];
        foreach (var (fault, kind) in faults.Zip([NetworkFailure.RateLimited, NetworkFailure.ServerTrouble, NetworkFailure.ConnectionLost, NetworkFailure.NotAllowed]))
        {
            // The one half without the other is no thread.
            town.Server.Faults = request => request.Path.Value!.EndsWith("/context", StringComparison.Ordinal) ? fault : Fault.None;
            Assert.Equal(kind, (await ReadAsync(town, asked)).Failure?.Kind);
        }

        town.Server.Faults = _ => Fault.None;
        town.World.Revoke(town.Newsroom.Token);
        Assert.Equal(NetworkFailure.SignInNeeded, (await ReadAsync(town, asked)).Failure!.Kind);
    }

    [Fact]
    public async Task Of_a_storm_no_more_is_told_than_a_person_can_read_and_what_we_said_in_it_is_there()
    {
        await using var town = await Town.BuildAsync();
        var asked = town.World.Say(town.Ola, "@newsroom Is it true?");
        for (var i = 0; i < Conversation.MostAnswers + 20; i++)
            town.World.Say(town.Ola, $"Well? {i}", asked);
        var ours = town.World.Say(town.Newsroom, "It is.", asked);
        var thread = (await ReadAsync(town, asked)).Value!;
        Assert.Equal((Conversation.MostAnswers, 21, Id(ours)), (thread.Answers.Count, thread.More, thread.Answers[^1].Post.NetworkId));
    }

    [Theory, MemberData(nameof(MastodonHostileTests.Answers), MemberType = typeof(MastodonHostileTests))]
    public async Task Whatever_a_server_answers_is_no_thread_and_no_fault(string what, string answer)
    {
        await using var server = new RawServer(_ => answer);
        using var http = new NetworkHttp(TimeProvider.System);
        var account = new AccountAccess(server.Address, "1", "a@b.example", MastodonSecret.Write("token"), (_, _) => Task.CompletedTask);
        foreach (var id in new[] { "7", "../../oauth/token", "7?x=1#y", "" })
        {
            var told = await new MastodonReader(http, TimeProvider.System).ThreadAsync(account, new PostReference(id), Cancel);
            Assert.True(told.Failure is { Detail.Length: > 10 and < 600 }, what);
        }
    }

    [Fact]
    public async Task Of_a_thread_full_of_nonsense_what_can_be_read_is_read()
    {
        await using var town = await Town.BuildAsync();
        var asked = town.Server.Json.Status(town.World.Say(town.Ola, "Is it true?")).ToJsonString();
        var context = $$"""{"ancestors":[{},7,null,{"id":"../x"}],"descendants":[null,{{asked}},{"id":"9","account":{"id":"1","acct":"a"},"created_at":"2026-03-02T12:00:00Z","content":"<p>\ud83d","in_reply_to_id":"9"},{{asked.Replace("\"id\":\"", "\"id\":\"8", StringComparison.Ordinal)}}]}""";
        await using var server = new RawServer(r => RawServer.Ok(r.Line.Contains("/context", StringComparison.Ordinal) ? context : asked));
        using var http = new NetworkHttp(TimeProvider.System);
        var account = new AccountAccess(server.Address, "1", "a@b.example", MastodonSecret.Write("token"), (_, _) => Task.CompletedTask);
        var thread = (await new MastodonReader(http, TimeProvider.System).ThreadAsync(account, new PostReference("7"), Cancel)).Value!;
        Assert.Equal(("Is it true?", "Is it true?"), (thread.Post.Text, Assert.Single(thread.Answers).Post.Text));
        Assert.Empty(thread.Above);
    }

    private static Task<Outcome<Conversation>> ReadAsync(Town town, SimulatedStatus status) =>
        town.Reader.ThreadAsync(town.Account, new PostReference(Id(status)), Cancel);

    private static string Id(SimulatedStatus status) => MastodonJson.Id(status.Id);
}
