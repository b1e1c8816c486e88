using Holdfast.Core.Publishing;
using Holdfast.Drills.Simulators;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social.Mastodon;

public sealed class MastodonSearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Plain words")]
    [InlineData("Two\nlines\n\nand a paragraph ")]
    [InlineData("@ola@mastodon.example see https://www.example.org/a/very/long/address/that/is/cut?x=1&y=<2> #Łódź & \"more\" 👩‍👩‍👧‍👦")]
    [InlineData("e\u0301clair &amp; co")]
    public async Task What_arrived_is_found_again_by_its_words(string text)
    {
        await using var town = await Town.BuildAsync();
        var post = town.Post(text);
        town.World.Say(town.Newsroom, "Another one");
        Assert.IsType<FindOutcome.NotThere>(await town.Publisher.FindAsync(town.Account, post, Cancel));
        var sent = await town.SentAsync(post);
        Assert.Equal(sent, Assert.IsType<FindOutcome.Found>(await town.Publisher.FindAsync(town.Account, post, Cancel)).Post);
    }

    [Fact]
    public async Task Asking_never_writes()
    {
        await using var town = await Town.BuildAsync();
        await town.Publisher.FindAsync(town.Account, town.Post("Hm"), Cancel);
        Assert.Empty(town.Server.Arrivals);
    }

    [Fact]
    public async Task The_same_words_elsewhere_are_another_post()
    {
        await using var town = await Town.BuildAsync();
        var asked = town.World.Say(town.Ola, "Is it true?");
        town.World.Say(town.Newsroom, "Yes");
        town.World.Say(town.Ola, "No");
        Assert.IsType<FindOutcome.NotThere>(await town.Publisher.FindAsync(town.Account, town.Post("Yes") with { ReplyTo = new PostReference(MastodonJson.Id(asked.Id)) }, Cancel));
        Assert.IsType<FindOutcome.NotThere>(await town.Publisher.FindAsync(town.Account, town.Post("Yes") with { Options = new PostOptions(Warning: "Careful") }, Cancel));
        Assert.IsType<FindOutcome.NotThere>(await town.Publisher.FindAsync(town.Account, town.Post("No"), Cancel));
    }

    [Fact]
    public async Task The_same_words_of_yesterday_are_another_post()
    {
        var time = new FakeTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var town = await Town.BuildAsync(time);
        town.World.Say(town.Newsroom, "Good morning");
        time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<FindOutcome.NotThere>(await town.Publisher.FindAsync(town.Account, town.Post("Good morning"), Cancel));
    }

    [Fact]
    public async Task A_busy_account_is_read_page_by_page_and_beyond_400_posts_nobody_pretends_to_know()
    {
        await using var town = await Town.BuildAsync();
        var post = town.Post("The one");
        var sent = await town.SentAsync(post);
        for (var i = 0; i < 390; i++)
            town.World.Say(town.Newsroom, $"Another {i}");
        Assert.Equal(sent.Id, Assert.IsType<FindOutcome.Found>(await town.Publisher.FindAsync(town.Account, post, Cancel)).Post.Id);
        for (var i = 0; i < 20; i++)
            town.World.Say(town.Newsroom, $"And {i}");
        Assert.IsType<FindOutcome.CannotTell>(await town.Publisher.FindAsync(town.Account, post, Cancel));
    }

    [Fact]
    public async Task A_post_that_was_edited_since_may_be_the_one()
    {
        await using var town = await Town.BuildAsync();
        var post = town.Post("The first wording");
        var sent = await town.SentAsync(post);
        town.World.Edit(long.Parse(sent.Id, System.Globalization.CultureInfo.InvariantCulture), "Another wording");
        Assert.Contains(sent.Url!, Assert.IsType<FindOutcome.CannotTell>(await town.Publisher.FindAsync(town.Account, post, Cancel)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task A_server_that_does_not_answer_cannot_tell(int status)
    {
        await using var town = await Town.BuildAsync();
        town.Server.FailNext(Fault.Answer(status), _ => true);
        Assert.IsType<FindOutcome.CannotTell>(await town.Publisher.FindAsync(town.Account, town.Post("Hm"), Cancel));
    }

    [Fact]
    public async Task A_server_that_keeps_no_source_is_compared_by_what_it_shows()
    {
        await using var town = await Town.BuildAsync();
        var post = town.Post("Two lines\nand https://www.example.org/a/very/long/address/that/is/cut");
        await town.SentAsync(post);
        town.Server.Faults = r => r.Path.Value!.EndsWith("/source", StringComparison.Ordinal) ? Fault.Answer(404) : Fault.None;
        Assert.IsType<FindOutcome.Found>(await town.Publisher.FindAsync(town.Account, post, Cancel));
    }
}
