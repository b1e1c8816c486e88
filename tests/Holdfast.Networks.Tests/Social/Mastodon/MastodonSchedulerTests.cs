using System.Text.Json.Nodes;
using Holdfast.Drills.Simulators;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social.Mastodon;

public sealed class MastodonSchedulerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTime _time = new(Noon);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_pages_of_the_servers_scheduler_are_listed()
    {
        await using var town = await Town.BuildAsync(_time);
        for (var i = 0; i < 95; i++)
            Schedule(town, $"Post {i}", Noon.AddDays(i + 1));
        var listed = (await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Value!;
        Assert.Equal(Enumerable.Range(0, 95).Select(i => (Noon.AddDays(i + 1), $"Post {i}")), listed.Select(s => (s.At, s.Text)));
    }

    [Fact]
    public async Task What_is_left_there_is_published_and_what_is_withdrawn_is_not()
    {
        await using var town = await Town.BuildAsync(_time);
        Schedule(town, "Stays", Noon.AddHours(1));
        Schedule(town, "Goes", Noon.AddHours(1));
        var goes = (await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Value!.Single(s => s.Text == "Goes");
        Assert.NotNull((await town.Publisher.WithdrawAsync(town.Account, goes.Id, Departure.Shut(), Cancel)).Failure);
        Assert.Null((await town.Publisher.WithdrawAsync(town.Account, goes.Id, Departure.Free(), Cancel)).Failure);
        _time.Advance(TimeSpan.FromHours(2));
        town.World.PublishDue();
        Assert.Equal("Stays", Assert.Single(town.World.Statuses).Text);
        var late = await town.Publisher.WithdrawAsync(town.Account, goes.Id, Departure.Free(), Cancel);
        Assert.Contains("no longer on the server's scheduler", late.Failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_withdrawn_is_put_back_with_everything_that_was_in_it()
    {
        await using var town = await Town.BuildAsync(_time);
        var asked = town.World.Say(town.Ola, "When?");
        var picture = town.World.AddMedia(town.Newsroom, "image/png", [1], "Alt", TimeSpan.Zero);
        Schedule(town, "Tomorrow", Noon.AddHours(3), draft => draft with { Warning = "Soon", Visibility = "unlisted", Language = "pl", InReplyTo = asked.Id, Media = [picture], Sensitive = true });
        var listed = Assert.Single((await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Value!);
        await town.Publisher.WithdrawAsync(town.Account, listed.Id, Departure.Free(), Cancel);
        Assert.Empty(town.World.ScheduledOf(town.Newsroom));
        var back = await town.Publisher.PutBackAsync(town.Account, listed with { At = Noon.AddHours(5) }, "back-1", Departure.Free(), Cancel);
        Assert.Null(back.Failure);
        var there = Assert.Single(town.World.ScheduledOf(town.Newsroom));
        Assert.Equal((Noon.AddHours(5), MastodonJson.Id(there.Id)), (there.At, back.Value!.Id));
        Assert.Equal(("Tomorrow", "Soon", "unlisted", "pl", true), (there.Draft.Text, there.Draft.Warning, there.Draft.Visibility, there.Draft.Language, there.Draft.Sensitive));
        Assert.Equal((asked.Id, picture.Id), (there.Draft.InReplyTo, Assert.Single(there.Draft.Media).Id));
        Assert.Equal(back.Value.Id, (await town.Publisher.PutBackAsync(town.Account, listed with { At = Noon.AddHours(5) }, "back-1", Departure.Free(), Cancel)).Value!.Id);
        Assert.Single(town.World.ScheduledOf(town.Newsroom));
    }

    [Fact]
    public async Task A_poll_is_put_back_as_a_poll()
    {
        await using var town = await Town.BuildAsync(_time);
        var asked = new JsonObject { ["text"] = "Which?", ["poll"] = new JsonObject { ["options"] = new JsonArray("A", "B"), ["expires_in"] = 3600, ["multiple"] = true, ["hide_totals"] = false } };
        var body = new JsonObject { ["id"] = "1", ["scheduled_at"] = "2026-03-03T12:00:00.000Z", ["params"] = asked, ["media_attachments"] = new JsonArray() }.ToJsonString();
        var back = await town.Publisher.PutBackAsync(town.Account, new NetworkScheduled("1", Noon.AddDays(1), "Which?", body), "k", Departure.Free(), Cancel);
        Assert.Null(back.Failure);
        var poll = Assert.Single(town.World.ScheduledOf(town.Newsroom)).Parameters["poll"]!;
        Assert.Equal(["A", "B"], poll["options"]!.AsArray().Select(o => o!.ToString()));
    }

    [Fact]
    public async Task Pictures_the_server_swept_away_are_said_to_be_gone()
    {
        await using var town = await Town.BuildAsync(_time);
        var picture = town.World.AddMedia(town.Newsroom, "image/png", [1], "Alt", TimeSpan.Zero);
        Schedule(town, "With a picture", Noon.AddHours(3), draft => draft with { Media = [picture] });
        var listed = Assert.Single((await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Value!);
        await town.Publisher.WithdrawAsync(town.Account, listed.Id, Departure.Free(), Cancel);
        town.World.SweepMedia();
        var back = await town.Publisher.PutBackAsync(town.Account, listed, "back-1", Departure.Free(), Cancel);
        Assert.Equal(NetworkFailure.MediaRefused, back.Failure!.Kind);
        Assert.Contains("no longer has the pictures", back.Failure.Detail, StringComparison.Ordinal);
    }

    /// <summary>Mastodon publishes at once what is scheduled for a time that is over, and some versions what is nearer than five minutes.</summary>
    [Theory]
    [InlineData(-10)]
    [InlineData(0)]
    [InlineData(6)]
    public async Task What_would_be_published_at_once_is_not_put_back(int minutes)
    {
        await using var town = await Town.BuildAsync(_time);
        Schedule(town, "Later", Noon.AddHours(3));
        var listed = Assert.Single((await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Value!);
        await town.Publisher.WithdrawAsync(town.Account, listed.Id, Departure.Free(), Cancel);
        var back = await town.Publisher.PutBackAsync(town.Account, listed with { At = Noon.AddMinutes(minutes) }, "back", Departure.Free(), Cancel);
        Assert.NotNull(back.Failure);
        Assert.Empty(town.World.Statuses);
        Assert.DoesNotContain(town.Server.Arrivals, a => a.Method == "POST");
    }

    [Fact]
    public async Task A_page_that_does_not_come_is_a_failure_and_never_a_short_list()
    {
        await using var town = await Town.BuildAsync(_time);
        for (var i = 0; i < 50; i++)
            Schedule(town, $"Post {i}", Noon.AddDays(i + 1));
        town.Server.FailNext(Fault.Answer(503), r => r.Query.ContainsKey("max_id"));
        Assert.NotNull((await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Failure);
    }

    private static void Schedule(Town town, string text, DateTimeOffset at, Func<SimulatedStatus, SimulatedStatus>? more = null)
    {
        var draft = new SimulatedStatus(0, town.Newsroom, text, default);
        draft = more?.Invoke(draft) ?? draft;
        var shown = new JsonObject
        {
            ["text"] = text,
            ["media_ids"] = draft.Media.Count == 0 ? null : new JsonArray([.. draft.Media.Select(m => JsonValue.Create(m.Id))]),
            ["sensitive"] = draft.Sensitive,
            ["spoiler_text"] = draft.Warning,
            ["visibility"] = draft.Visibility,
            ["language"] = draft.Language,
            ["scheduled_at"] = null,
            ["poll"] = null,
            ["idempotency"] = null,
            ["in_reply_to_id"] = draft.InReplyTo,
            ["application_id"] = 1,
        };
        town.World.Schedule(new SimulatedScheduled(0, town.Newsroom, at, shown, draft));
    }
}
