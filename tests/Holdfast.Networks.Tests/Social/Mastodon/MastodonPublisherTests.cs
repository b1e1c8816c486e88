using Holdfast.Core.Publishing;
using Holdfast.Drills.Simulators;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Microsoft.AspNetCore.Http;

namespace Holdfast.Networks.Tests.Social.Mastodon;

public sealed class MastodonPublisherTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_says_whose_it_is()
    {
        await using var town = await Town.BuildAsync();
        var signedIn = await town.Publisher.SignInAsync(new SignIn(town.Server.Address, "", town.Newsroom.Token + "\n"), Cancel);
        Assert.Equal(MastodonJson.Id(town.Newsroom.Id), signedIn.Value!.NetworkId);
        Assert.Equal($"newsroom@{town.Server.Address.Authority}", signedIn.Value.Handle);
        Assert.Equal("The newsroom", signedIn.Value.DisplayName);
        Assert.Contains(town.Newsroom.Token, signedIn.Value.Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(town.Newsroom.Token, signedIn.Value.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("żółw")]
    public async Task A_token_that_is_none_is_refused_with_a_sentence(string token)
    {
        await using var town = await Town.BuildAsync();
        var refused = await town.Publisher.SignInAsync(new SignIn(town.Server.Address, "", token), Cancel);
        Assert.Equal(NetworkFailure.SignInNeeded, refused.Failure!.Kind);
        Assert.Contains("access token", refused.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_those_the_server_says()
    {
        await using var town = await Town.BuildAsync();
        town.Server.Limits = new() { MaxCharacters = 1_234, CharactersPerLink = 17, MaxMedia = 6, ImageBytes = 5_000, MaxAlt = 99, MediaTypes = ["image/png"] };
        var limits = (await town.Publisher.LimitsAsync(town.Account, Cancel)).Value!;
        Assert.Equal(new TextRule(TextCount.Mastodon, 1_234, LinkLength: 17), limits.Text);
        Assert.Equal((6, 5_000L, 99), (limits.MaxMedia, limits.MaxMediaBytes, limits.MaxAlt));
        Assert.Equal(["image/png"], limits.MediaTypes);
    }

    [Fact]
    public async Task All_of_a_post_arrives()
    {
        await using var town = await Town.BuildAsync();
        var asked = town.World.Say(town.Ola, "@newsroom is it true?");
        var gate = Departure.Free();
        var post = town.Post("@ola It is.\n\nMore at https://example.org/a?b=c&d #fire <3 \"quoted\"") with
        {
            Language = "pl",
            ReplyTo = new PostReference(MastodonJson.Id(asked.Id)),
            Options = new PostOptions("unlisted", "Fire"),
            Media = [new OutgoingMedia("image/png", Png, "A hall full of smoke – “hala”")],
        };
        var sent = Assert.IsType<SendOutcome.Sent>(await town.Publisher.SendAsync(town.Account, post, gate, Cancel));
        var status = town.World.Statuses[^1];
        Assert.Equal((sent.Post.Id, post.Text, "pl", "unlisted", "Fire", post.Key), (MastodonJson.Id(status.Id), status.Text, status.Language, status.Visibility, status.Warning, status.Key));
        Assert.Equal(asked.Id, status.InReplyTo);
        var picture = Assert.Single(status.Media);
        Assert.Equal("A hall full of smoke – “hala”", picture.Alt);
        Assert.Equal(Png, picture.Bytes.ToArray());
        Assert.Equal($"{town.Server.Address}@newsroom/{sent.Post.Id}", sent.Post.Url);
        Assert.Equal(2, gate.Asked);
    }

    [Fact]
    public async Task The_same_key_twice_is_one_post()
    {
        await using var town = await Town.BuildAsync();
        var first = await town.SentAsync(town.Post("Once"));
        Assert.Equal(first, await town.SentAsync(town.Post("Once")));
        Assert.NotEqual(first, await town.SentAsync(town.Post("Once", "key-2")));
        Assert.Equal(2, town.World.Statuses.Count);
    }

    [Fact]
    public async Task A_post_that_is_too_long_is_refused_before_anything_leaves()
    {
        await using var town = await Town.BuildAsync();
        var gate = Departure.Free();
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(town.Account, town.Post(new string('a', 512)), gate, Cancel));
        Assert.Equal(NetworkFailure.TooLong, refused.Failure.Kind);
        Assert.Equal("Too long by 12 characters as Mastodon counts them (512 of 500).", refused.Failure.Detail);
        Assert.Equal(0, gate.Asked);
        Assert.Empty(town.Server.Arrivals);
    }

    [Fact]
    public async Task A_server_that_became_stricter_says_so_itself()
    {
        await using var town = await Town.BuildAsync();
        await town.SentAsync(town.Post("Short"));
        town.Server.Limits = town.Server.Limits with { MaxCharacters = 100 };
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(town.Account, town.Post(new string('a', 200), "key-2"), Departure.Free(), Cancel));
        Assert.Equal((NetworkFailure.TooLong, false), (refused.Failure.Kind, refused.Failure.Retryable));
        Assert.Contains("character limit of 100", refused.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_post_that_is_gone_says_so()
    {
        await using var town = await Town.BuildAsync();
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(
            town.Account, town.Post("Where are you?") with { ReplyTo = new PostReference("99") }, Departure.Free(), Cancel));
        Assert.Equal(NetworkFailure.ReplyGone, refused.Failure.Kind);
    }

    [Fact]
    public async Task A_picture_that_is_worked_on_is_waited_for()
    {
        await using var town = await Town.BuildAsync();
        town.Server.Limits = town.Server.Limits with { Processing = TimeSpan.FromSeconds(2) };
        await town.SentAsync(town.Post("Look") with { Media = [new OutgoingMedia("image/png", Png, "x")] });
        Assert.Single(Assert.Single(town.World.Statuses).Media);
    }

    [Fact]
    public async Task A_picture_the_server_does_not_take_is_refused_and_nothing_published()
    {
        await using var town = await Town.BuildAsync();
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(
            town.Account, town.Post("Look") with { Media = [new OutgoingMedia("image/png", "this is text"u8.ToArray(), "x")] }, Departure.Free(), Cancel));
        Assert.Equal(NetworkFailure.MediaRefused, refused.Failure.Kind);
        Assert.Contains("File content type is invalid", refused.Failure.Detail, StringComparison.Ordinal);
        Assert.Empty(town.World.Statuses);
    }

    [Theory]
    [InlineData("image/tiff", 10, "x", "image/tiff")]
    [InlineData("image/png", 20_000_000, "x", "19.1 MB")]
    [InlineData("image/png", 10, "long", "too long by 1 characters")]
    public async Task Pictures_are_checked_before_anything_leaves(string type, int size, string alt, string says)
    {
        await using var town = await Town.BuildAsync();
        var media = new OutgoingMedia(type, new byte[size], alt == "long" ? new string('a', 1_501) : alt);
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(town.Account, town.Post("Look") with { Media = [media] }, Departure.Free(), Cancel));
        Assert.Contains(says, refused.Failure.Detail, StringComparison.Ordinal);
        Assert.Empty(town.Server.Arrivals);
    }

    [Fact]
    public async Task A_freeze_between_the_picture_and_the_post_stops_the_post()
    {
        await using var town = await Town.BuildAsync();
        var post = town.Post("Look") with { Media = [new OutgoingMedia("image/png", Png, "x")] };
        Assert.IsType<SendOutcome.Stopped>(await town.Publisher.SendAsync(town.Account, post, new Departure(asked => asked == 1), Cancel));
        Assert.Equal("/api/v2/media", Assert.Single(town.Server.Arrivals).Path);
        Assert.IsType<SendOutcome.Stopped>(await town.Publisher.SendAsync(town.Account, post, Departure.Shut(), Cancel));
        Assert.Single(town.Server.Arrivals);
        Assert.Empty(town.World.Statuses);
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_and_a_repeat_with_the_same_key_finds_the_same_post()
    {
        await using var town = await Town.BuildAsync();
        town.Server.FailNext(Fault.LoseAnswer, r => HttpMethods.IsPost(r.Method));
        Assert.IsType<SendOutcome.Unknown>(await town.Publisher.SendAsync(town.Account, town.Post("Did it?"), Departure.Free(), Cancel));
        var there = Assert.Single(town.World.Statuses);
        Assert.Equal(MastodonJson.Id(there.Id), (await town.SentAsync(town.Post("Did it?"))).Id);
        Assert.Single(town.World.Statuses);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Trouble_of_the_server_is_unknown_for_it_may_have_published(int status)
    {
        await using var town = await Town.BuildAsync();
        town.Server.FailNext(Fault.Answer(status), r => HttpMethods.IsPost(r.Method));
        Assert.IsType<SendOutcome.Unknown>(await town.Publisher.SendAsync(town.Account, town.Post("Hm"), Departure.Free(), Cancel));
    }

    [Theory]
    [InlineData(null, 300)]
    [InlineData(42, 42)]
    public async Task Too_many_requests_says_how_long_to_wait(int? retryAfter, int seconds)
    {
        await using var town = await Town.BuildAsync();
        town.Server.FailNext(Fault.TooMany(retryAfter is { } s ? TimeSpan.FromSeconds(s) : null), r => HttpMethods.IsPost(r.Method));
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(town.Account, town.Post("Hm"), Departure.Free(), Cancel));
        Assert.Equal((NetworkFailure.RateLimited, true), (refused.Failure.Kind, refused.Failure.Retryable));
        Assert.InRange(refused.Failure.RetryAfter!.Value.TotalSeconds, seconds - 60, seconds);
    }

    [Fact]
    public async Task A_revoked_token_needs_a_new_sign_in()
    {
        await using var town = await Town.BuildAsync();
        town.World.Revoke(town.Newsroom.Token);
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(town.Account, town.Post("Hm"), Departure.Free(), Cancel));
        Assert.Equal((NetworkFailure.SignInNeeded, false), (refused.Failure.Kind, refused.Failure.Retryable));
    }

    [Theory]
    [InlineData("public", "public")]
    [InlineData("unlisted", "unlisted")]
    [InlineData("direct", "direct")]
    public async Task An_answer_is_seen_by_no_more_people_than_what_it_answers(string asked, string answered)
    {
        await using var town = await Town.BuildAsync();
        var question = town.World.Say(town.Ola, "@newsroom only for you?", visibility: asked);
        await town.SentAsync(town.Post("@ola yes") with { ReplyTo = new PostReference(MastodonJson.Id(question.Id)) });
        Assert.Equal(answered, town.World.Statuses[^1].Visibility);
        await town.SentAsync(town.Post("@ola and in public", "key-2") with { ReplyTo = new PostReference(MastodonJson.Id(question.Id)), Options = new PostOptions("public") });
        Assert.Equal("public", town.World.Statuses[^1].Visibility);
    }

    [Fact]
    public async Task A_post_is_deleted_and_one_that_is_gone_counts_as_deleted()
    {
        await using var town = await Town.BuildAsync();
        var sent = await town.SentAsync(town.Post("Oh no"));
        Assert.IsType<SendOutcome.Stopped>(await town.Publisher.DeleteAsync(town.Account, sent, Departure.Shut(), Cancel));
        Assert.Single(town.World.Statuses);
        Assert.IsType<FindOutcome.Found>(await town.Publisher.LookAsync(town.Account, sent, Cancel));
        Assert.IsType<SendOutcome.Sent>(await town.Publisher.DeleteAsync(town.Account, sent, Departure.Free(), Cancel));
        Assert.Empty(town.World.Statuses);
        Assert.IsType<FindOutcome.NotThere>(await town.Publisher.LookAsync(town.Account, sent, Cancel));
        Assert.IsType<SendOutcome.Sent>(await town.Publisher.DeleteAsync(town.Account, sent, Departure.Free(), Cancel));
    }

    [Fact]
    public async Task A_deletion_whose_answer_was_lost_is_unknown_and_the_server_knows_that_it_is_gone()
    {
        await using var town = await Town.BuildAsync();
        var sent = await town.SentAsync(town.Post("Oh no"));
        town.Server.FailNext(Fault.LoseAnswer, r => HttpMethods.IsDelete(r.Method));
        Assert.IsType<SendOutcome.Unknown>(await town.Publisher.DeleteAsync(town.Account, sent, Departure.Free(), Cancel));
        Assert.IsType<FindOutcome.NotThere>(await town.Publisher.LookAsync(town.Account, sent, Cancel));
    }

    [Fact]
    public async Task A_deletion_that_the_server_fell_over_is_unknown_and_a_wrong_token_is_refused()
    {
        await using var town = await Town.BuildAsync();
        var sent = await town.SentAsync(town.Post("Oh no"));
        town.Server.FailNext(Fault.Answer(500), r => HttpMethods.IsDelete(r.Method));
        Assert.IsType<SendOutcome.Unknown>(await town.Publisher.DeleteAsync(town.Account, sent, Departure.Free(), Cancel));
        Assert.IsType<FindOutcome.Found>(await town.Publisher.LookAsync(town.Account, sent, Cancel));
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.DeleteAsync(town.With("worn-out"), sent, Departure.Free(), Cancel));
        Assert.Equal(NetworkFailure.SignInNeeded, refused.Failure.Kind);
    }

    [Fact]
    public async Task Repeating_what_was_deleted_meanwhile_is_no_second_post()
    {
        await using var town = await Town.BuildAsync();
        var sent = await town.SentAsync(town.Post("Oh no"));
        await town.Publisher.DeleteAsync(town.Account, sent, Departure.Free(), Cancel);
        var refused = Assert.IsType<SendOutcome.Rejected>(await town.Publisher.SendAsync(town.Account, town.Post("Oh no"), Departure.Free(), Cancel));
        Assert.Contains("deleted since", refused.Failure.Detail, StringComparison.Ordinal);
        Assert.Empty(town.World.Statuses);
    }
}
