using Holdfast.Core.Listening;
using Holdfast.Drills.Simulators;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social.Mastodon;

public sealed class MastodonSourceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_mentions_us_and_what_we_follow_is_heard_as_it_is_said(bool overWebSocket)
    {
        await using var town = await Town.BuildAsync();
        if (overWebSocket)
            town.Server.Faults = r => r.Path.StartsWithSegments("/api/v1/streaming/user", StringComparison.Ordinal) ? Fault.Answer(404) : Fault.None;
        town.World.Follow(town.Newsroom, town.Ola);
        var stranger = town.World.AddAccount("tom@elsewhere.example", "Tom", followers: 12);
        await using var ear = new Ear(town, MastodonChannel.Account);
        await ear.UntilAsync(_ => town.Server.Streams.Open == 1 && ear.Batches.Count(b => b.Trouble is null) > 1);
        town.World.Say(town.Ola, "From whom we follow\nin two lines", language: "en");
        town.World.Say(stranger, "@newsroom is it on fire?");
        town.World.Say(stranger, "Not for us");
        town.World.Say(town.Newsroom, "Our own");
        await ear.UntilAsync(e => e.Texts.Count >= 3);
        Assert.Equal(["@newsroom is it on fire?", "From whom we follow\nin two lines", "Our own"], ear.Texts.Order(StringComparer.Ordinal));
        var posts = ear.Batches.SelectMany(b => b.Posts).Select(p => p.Post).ToDictionary(p => p.Text);
        Assert.Equal(("tom@elsewhere.example", "Tom", 12L, Voice.Public), Who(posts["@newsroom is it on fire?"]));
        Assert.Equal($"ola@{town.Server.Address.Authority}", posts["From whom we follow\nin two lines"].Author.Handle);
        Assert.Equal(("mastodon", "en"), (posts["From whom we follow\nin two lines"].Network, posts["From whom we follow\nin two lines"].Language));
        Assert.Equal(Voice.Staff, posts["Our own"].Author.Voice);
    }

    [Fact]
    public async Task Edits_and_deletions_are_heard()
    {
        await using var town = await Town.BuildAsync();
        await using var ear = new Ear(town, MastodonChannel.Public);
        await ear.UntilAsync(_ => town.Server.Streams.Open == 1 && ear.Batches.Count > 0);
        var said = town.World.Say(town.Ola, "First");
        await ear.UntilAsync(e => e.Texts.Contains("First"));
        town.World.Edit(said.Id, "Second");
        await ear.UntilAsync(e => e.Texts.Contains("Second"));
        town.World.Delete(said.Id);
        await ear.UntilAsync(e => e.Batches.Any(b => b.DeletedIds.Contains(MastodonJson.Id(said.Id))));
        Assert.Equal([MastodonJson.Id(said.Id)], ear.Batches.SelectMany(b => b.Posts).Select(p => p.Post.NetworkId).Distinct());
    }

    [Fact]
    public async Task After_the_stream_broke_the_gap_is_filled_and_the_trouble_told()
    {
        await using var town = await Town.BuildAsync();
        await using var ear = new Ear(town, MastodonChannel.Public);
        await ear.UntilAsync(_ => town.Server.Streams.Open == 1 && ear.Batches.Count > 0);
        town.World.Say(town.Ola, "Before");
        await ear.UntilAsync(e => e.Texts.Contains("Before"));
        var down = true;
        town.Server.Faults = _ => Volatile.Read(ref down) ? Fault.Close : Fault.None;
        town.Server.Streams.Cut();
        await ear.UntilAsync(e => e.Batches.Any(b => b.Trouble is not null));
        for (var i = 0; i < 95; i++)
            town.World.Say(town.Ola, $"In the gap {i}");
        Volatile.Write(ref down, false);
        await ear.UntilAsync(e => e.Texts.Distinct().Count() == 96);
        await ear.UntilAsync(_ => town.Server.Streams.Open == 1);
        town.World.Say(town.Ola, "After");
        await ear.UntilAsync(e => e.Texts.Contains("After"));
    }

    [Fact]
    public async Task A_new_reader_goes_on_where_the_last_batch_ended()
    {
        await using var town = await Town.BuildAsync();
        town.World.Follow(town.Newsroom, town.Ola);
        string? cursor;
        await using (var ear = new Ear(town, MastodonChannel.Account))
        {
            await ear.UntilAsync(_ => town.Server.Streams.Open == 1 && ear.Batches.Count(b => b.Trouble is null) > 1);
            town.World.Say(town.Ola, "@newsroom heard");
            await ear.UntilAsync(e => e.Texts.Contains("@newsroom heard"));
            cursor = ear.Cursor;
        }

        town.World.Say(town.Ola, "@newsroom missed");
        await using var again = new Ear(town, MastodonChannel.Account, cursor);
        await again.UntilAsync(e => e.Texts.Contains("@newsroom missed"));
    }

    [Fact]
    public async Task After_trouble_a_server_that_has_nothing_new_is_known_to_be_well_again()
    {
        await using var town = await Town.BuildAsync();
        var first = town.World.Say(town.Ola, "Seen");
        var refused = true;
        town.Server.Faults = _ => Volatile.Read(ref refused) ? Fault.Answer(503) : Fault.None;
        await using var ear = new Ear(town, MastodonChannel.Public, new MastodonCursor(MastodonJson.Id(first.Id), null).ToString());
        await ear.UntilAsync(e => e.Batches.Count > 0);
        Assert.All(ear.Batches, b => Assert.NotNull(b.Trouble));
        Volatile.Write(ref refused, false);
        await ear.UntilAsync(e => e.Batches[^1] is { Trouble: null, Posts.Count: 0 });
    }

    [Fact]
    public async Task A_quiet_stream_gives_a_sign_of_life()
    {
        var time = new FakeTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var town = await Town.BuildAsync(time);
        await using var ear = new Ear(town, MastodonChannel.Public);
        await ear.UntilAsync(_ => town.Server.Streams.Open == 1 && ear.Batches.Count > 0);
        var before = ear.Batches.Count(b => b.Trouble is null);
        await ear.UntilAsync(e =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return e.Batches.Count(b => b.Trouble is null) > before;
        });
        Assert.All(ear.Batches, b => Assert.True(b.Posts.Count == 0));
    }

    /// <summary>Going on with the stream would move the cursor over what is missing.</summary>
    [Fact]
    public async Task A_gap_that_cannot_be_filled_keeps_the_cursor_where_it_was()
    {
        await using var town = await Town.BuildAsync();
        var first = town.World.Say(town.Ola, "Seen");
        var cursor = new MastodonCursor(MastodonJson.Id(first.Id), null).ToString();
        town.World.Say(town.Ola, "Missed");
        var refused = true;
        town.Server.Faults = r => Volatile.Read(ref refused) && r.Path.StartsWithSegments("/api/v1/timelines", StringComparison.Ordinal) ? Fault.Answer(503) : Fault.None;
        await using var ear = new Ear(town, MastodonChannel.Public, cursor);
        await ear.UntilAsync(e => e.Batches.Count(b => b.Trouble is not null) >= 2);
        town.World.Say(town.Ola, "Meanwhile");
        Assert.All(ear.Batches, b => Assert.Equal(cursor, b.Cursor));
        Volatile.Write(ref refused, false);
        await ear.UntilAsync(e => e.Texts.Contains("Missed") && e.Texts.Contains("Meanwhile"));
    }

    [Fact]
    public async Task A_tag_is_followed()
    {
        await using var town = await Town.BuildAsync();
        await using var ear = new Ear(town, MastodonChannel.Hashtag("#Łódź"));
        await ear.UntilAsync(_ => town.Server.Streams.Open == 1 && ear.Batches.Count > 0);
        town.World.Say(town.Ola, "Smoke over #łódź");
        town.World.Say(town.Ola, "Smoke over #elsewhere");
        town.World.Say(town.Ola, "Again #Łódź");
        await ear.UntilAsync(e => e.Texts.Contains("Again #Łódź"));
        Assert.DoesNotContain("Smoke over #elsewhere", ear.Texts);
        Assert.Contains("Smoke over #łódź", ear.Texts);
    }

    [Fact]
    public async Task Without_an_account_the_public_timeline_is_asked()
    {
        await using var town = await Town.BuildAsync();
        var first = town.World.Say(town.Ola, "One");
        town.World.Say(town.Ola, "Two");
        await using var ear = new Ear(town, MastodonChannel.Public, new MastodonCursor(MastodonJson.Id(first.Id), null).ToString(), signedIn: false);
        await ear.UntilAsync(e => e.Texts.Contains("Two"));
        Assert.Equal(0, town.Server.Streams.Open);
    }

    [Fact]
    public async Task A_revoked_token_is_told_as_what_it_is()
    {
        await using var town = await Town.BuildAsync();
        town.World.Revoke(town.Newsroom.Token);
        await using var ear = new Ear(town, MastodonChannel.Account);
        await ear.UntilAsync(e => e.Batches.Any(b => b.Trouble?.Kind == NetworkFailure.SignInNeeded));
    }

    [Fact]
    public void A_cursor_survives_being_written_and_nonsense_is_none()
    {
        Assert.Equal(new MastodonCursor("109", "68"), MastodonCursor.Read(new MastodonCursor("109", "68").ToString()));
        Assert.Equal(new MastodonCursor(null, null), MastodonCursor.Read("t=../../x;n=;q"));
        Assert.Equal("1000", MastodonCursor.Later("999", "1000"));
        Assert.Equal("1000", MastodonCursor.Later("1000", "999"));
    }

    private static (string, string?, long?, Voice) Who(Post post) => (post.Author.Handle, post.Author.Name, post.Author.Followers, post.Author.Voice);
}
