using Holdfast.Core.Publishing;
using Holdfast.Publishing;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Http;

namespace Holdfast.App.Tests.Publishing;

public sealed class PostDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    // Three by two points.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQMAAACnuvRZAAAABlBMVEUAAP//AADF+ovTAAAADElEQVQI12NIYHgAAAIEAUGP4m1CAAAAAElFTkSuQmCC";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_text_goes_to_several_accounts_with_other_words_where_asked_and_keeps_its_history()
    {
        var house = await PlanningHouse.NewAsync(database);
        var form = house.Form("Zażółć gęślą jaźń", accounts: [house.Bluesky, house.Mastodon]) with
        {
            Own = new Dictionary<Guid, string> { [house.Mastodon] = "Dłużej, bo jest miejsce" },
            Visibility = "unlisted",
        };
        var set = (await house.Posts.SaveAsync(null, form, house.Ania, Cancel)).Value;

        var rows = await house.SetAsync(set);
        Assert.Equal([("bluesky", "Zażółć gęślą jaźń", null), ("mastodon", "Dłużej, bo jest miejsce", "unlisted")], rows.Select(row => (row.Network, row.Text, row.Only.Visibility)));
        // Nine in Warsaw in winter.
        Assert.All(rows, row => Assert.Equal((PostState.Scheduled, new DateTimeOffset(2026, 3, 10, 8, 0, 0, TimeSpan.Zero)), (row.State, row.DueAt)));

        house.Time.Advance(TimeSpan.FromMinutes(1));
        await house.Posts.SaveAsync(set, house.Form("Krócej", PostWish.Draft), house.Marek, Cancel);
        var after = await house.SetAsync(set);
        Assert.Equal([PostState.Draft, PostState.Dropped], after.Select(row => row.State));
        var history = await house.HistoryAsync(set);
        Assert.Contains(history, row => row is { State: "Draft", Words: true, ByName: "Marek" });
        Assert.Equal(2, history.Count(row => row is { State: "Scheduled", ByName: "Ania" }));
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_nothing_is_kept()
    {
        var house = await PlanningHouse.NewAsync(database);
        var picture = Guid.CreateVersion7(PlanningHouse.Noon);
        var saved = await house.Posts.SaveAsync(null, house.Form(new string('ą', 312), day: "", accounts: [house.Bluesky, house.Mastodon]) with { Visibility = "secret", Media = [new(picture, "", false)] }, house.Ania, Cancel);
        Assert.Equal(["post.no-picture", "post.no-time", "post.too-long", "post.visibility"], saved.Refusals.Select(refusal => refusal.Code).Order());
        Assert.Contains(saved.Refusals, refusal => refusal.Message == "Too long by 12 characters, as Bluesky counts them.");
        Assert.Equal("post.no-account", Assert.Single((await house.Posts.SaveAsync(null, house.Form("Words") with { Accounts = [Guid.Empty] }, house.Ania, Cancel)).Refusals).Code);
    }

    [Theory]
    [InlineData("<script>alert('x')</script>")]
    [InlineData("'; drop table scheduled_post; --")]
    [InlineData("👩‍👩‍👧‍👦 \u202Eabc\u202C {0} {{1}} %s")]
    public async Task Whatever_is_typed_is_kept_as_it_is(string text)
    {
        var house = await PlanningHouse.NewAsync(database);
        var set = (await house.Posts.SaveAsync(null, house.Form(text), house.Ania, Cancel)).Value;
        Assert.Equal(text, (await house.OneAsync(set)).Text);
    }

    [Fact]
    public async Task A_huge_text_is_refused_quickly_and_a_draft_of_a_long_one_is_kept()
    {
        var house = await PlanningHouse.NewAsync(database);
        Assert.Equal("post.much-too-long", Assert.Single((await house.Posts.SaveAsync(null, house.Form(new string('x', 5_000_000)), house.Ania, Cancel)).Refusals).Code);
        var set = (await house.Posts.SaveAsync(null, house.Form(new string('x', 2_000), PostWish.Draft), house.Ania, Cancel)).Value;
        Assert.Equal(PostState.Draft, (await house.OneAsync(set)).State);
    }

    [Fact]
    public async Task The_hour_that_is_left_out_is_refused_and_the_one_that_is_there_twice_is_asked_about()
    {
        var house = await PlanningHouse.NewAsync(database);
        var never = await house.Posts.SaveAsync(null, house.Form("Good night, everyone who works", day: "2026-03-29", time: "02:30"), house.Ania, Cancel);
        Assert.Equal("There is no 02:30 on this day: the clocks go forward from 02:00 to 03:00.", Assert.Single(never.Refusals).Message);

        var form = house.Form("Good night, everyone who works", day: "2026-10-25", time: "02:30");
        Assert.Equal("post.time-twice", Assert.Single((await house.Posts.SaveAsync(null, form, house.Ania, Cancel)).Refusals).Code);
        var second = (await house.Posts.SaveAsync(null, form with { Second = true }, house.Ania, Cancel)).Value;
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 1, 30, 0, TimeSpan.Zero), (await house.OneAsync(second)).DueAt);
        Assert.True((await house.Compose.LookAsync(second, null, null, null, Cancel))!.Form.Second);
    }

    [Fact]
    public async Task A_move_over_the_clock_change_keeps_the_time_of_day_of_all_that_are_due_together()
    {
        var house = await PlanningHouse.NewAsync(database);
        var set = (await house.Posts.SaveAsync(null, house.Form("Spring sale", day: "2026-03-27", accounts: [house.Bluesky, house.Mastodon]), house.Ania, Cancel)).Value;
        var post = (await house.SetAsync(set))[0].Id;
        var to = await house.Posts.SameTimeOnAsync(post, new DateOnly(2026, 3, 30), Cancel);
        Assert.True((await house.Posts.MoveAsync(post, to, null, house.Marek, Cancel)).Succeeded(out _));
        Assert.All(await house.SetAsync(set), row => Assert.Equal(new DateTimeOffset(2026, 3, 30, 7, 0, 0, TimeSpan.Zero), row.DueAt));
        Assert.Equal("post.time-past", Assert.Single((await house.Posts.MoveAsync(post, new DateTime(2026, 3, 1, 9, 0, 0), null, house.Marek, Cancel)).Refusals).Code);
    }

    [Fact]
    public async Task What_has_left_is_neither_moved_nor_changed_nor_dropped()
    {
        var house = await PlanningHouse.NewAsync(database);
        var set = (await house.Posts.SaveAsync(null, house.Form("It is out there"), house.Ania, Cancel)).Value;
        await house.ExecuteAsync("update scheduled_post set state = 'Sent' where set_id = @set", new { set });
        var post = (await house.OneAsync(set)).Id;
        Assert.Equal("post.nothing-to-move", Assert.Single((await house.Posts.MoveAsync(post, new DateTime(2026, 4, 1, 9, 0, 0), null, house.Ania, Cancel)).Refusals).Code);
        Assert.False((await house.Posts.DropAsync(set, house.Ania, Cancel)).Succeeded(out _));
        Assert.Equal("It is out there", (await house.OneAsync(set)).Text);
    }

    [Fact]
    public async Task Nearly_the_same_words_near_that_day_are_warned_of_once_and_only_on_that_account()
    {
        var house = await PlanningHouse.NewAsync(database);
        await house.Posts.SaveAsync(null, house.Form("Win one of ten baskets: tell us your best breakfast"), house.Ania, Cancel);
        var again = house.Form("Win one of ten baskets: tell us your best breakfast!", day: "2026-03-12");
        Assert.Equal("post.same", Assert.Single((await house.Posts.SaveAsync(null, again, house.Ania, Cancel)).Refusals).Code);
        Assert.True((await house.Posts.SaveAsync(null, again with { Accounts = [house.Mastodon] }, house.Ania, Cancel)).Succeeded(out _));
        Assert.True((await house.Posts.SaveAsync(null, again with { Day = "2026-05-12" }, house.Ania, Cancel)).Succeeded(out _));
        var meant = (await house.Posts.SaveAsync(null, again with { AllTheSame = true }, house.Ania, Cancel)).Value;
        Assert.True((await house.Posts.SaveAsync(meant, again with { Text = "Win one of ten baskets: tell us your best breakfast, please!", AllTheSame = true }, house.Ania, Cancel)).Succeeded(out _));
    }

    [Fact]
    public async Task A_picture_needs_a_sentence_unless_there_is_nothing_to_tell()
    {
        var house = await PlanningHouse.NewAsync(database);
        var facts = (await house.Pictures.AddAsync(house.Brand, File(Convert.FromBase64String(Png)), house.Ania, Cancel)).Value;
        Assert.Equal(("image/png", 3, 2), (facts.Type, facts.Width, facts.Height));
        Assert.Equal("post.not-a-picture", Assert.Single((await house.Pictures.AddAsync(house.Brand, File("<svg onload=alert(1)>"u8.ToArray()), house.Ania, Cancel)).Refusals).Code);

        var form = house.Form("Look at this") with { Media = [new(facts.Id, "", false)] };
        Assert.Equal(("post.no-alt", $"alt.{facts.Id}"), Named((await house.Posts.SaveAsync(null, form, house.Ania, Cancel)).Refusals));
        Assert.Equal("post.alt-too-long", Named((await house.Posts.SaveAsync(null, form with { Media = [new(facts.Id, new string('a', 21), false)] }, house.Ania, Cancel)).Refusals).Code);
        var kept = (await house.Posts.SaveAsync(null, form with { Media = [new(facts.Id, "", true)] }, house.Ania, Cancel)).Value;
        Assert.Equal(new MediaItem(facts.Id, "image/png", ""), Assert.Single((await house.OneAsync(kept)).Pictures));
    }

    [Fact]
    public async Task Where_a_picture_was_taken_is_not_kept_and_a_picture_that_no_post_has_is_gone_after_a_week()
    {
        var house = await PlanningHouse.NewAsync(database);
        var plain = Convert.FromBase64String(Png);
        byte[] located = [.. plain[..33], 0, 0, 0, 4, .. "tEXt"u8, .. "home"u8, 0, 0, 0, 0, .. plain[33..]];
        var kept = (await house.Pictures.AddAsync(house.Brand, File(located), house.Ania, Cancel)).Value;
        var unused = (await house.Pictures.AddAsync(house.Brand, File(plain), house.Ania, Cancel)).Value;
        Assert.Equal(plain, (await house.Pictures.ReadAsync(kept.Id, Cancel))!.Value.Bytes);
        Assert.Equal("post.picture-broken", Assert.Single((await house.Pictures.AddAsync(house.Brand, File(plain[..60]), house.Ania, Cancel)).Refusals).Code);

        Assert.True((await house.Posts.SaveAsync(null, house.Form("Our gate") with { Media = [new(kept.Id, "", true)] }, house.Ania, Cancel)).Succeeded(out _));
        house.Time.Advance(TimeSpan.FromDays(6));
        await house.Pictures.ClearAsync(Cancel);
        Assert.NotNull(await house.Pictures.ReadAsync(unused.Id, Cancel));
        house.Time.Advance(TimeSpan.FromDays(2));
        await house.Pictures.ClearAsync(Cancel);
        Assert.Null(await house.Pictures.ReadAsync(unused.Id, Cancel));
        Assert.NotNull(await house.Pictures.ReadAsync(kept.Id, Cancel));
    }

    [Fact]
    public async Task What_is_planned_into_a_freeze_is_held_at_once_and_gets_no_new_time_while_it_lasts()
    {
        var house = await PlanningHouse.NewAsync(database);
        var freeze = Guid.CreateVersion7(PlanningHouse.Noon);
        await house.ExecuteAsync(
            "insert into \"freeze\" (id, epoch, scope_brand, reason, placed_by, placed_at) values (@freeze, (select coalesce(max(epoch), 0) + 1 from \"freeze\"), @Brand, 'A fire', 'holdfast', now())",
            new { freeze, house.Brand });
        var set = (await house.Posts.SaveAsync(null, house.Form("As if nothing were the matter"), house.Ania, Cancel)).Value;
        var row = await house.OneAsync(set);
        Assert.Equal((PostState.Held, HeldBecause.Freeze), (row.State, row.Held));
        Assert.Equal("post.frozen", Assert.Single((await house.Posts.MoveAsync(row.Id, new DateTime(2026, 4, 1, 9, 0, 0), null, house.Ania, Cancel)).Refusals).Code);
        Assert.True((await house.Posts.SaveAsync(set, house.Form("Better words", PostWish.Keep), house.Ania, Cancel)).Succeeded(out _));
        Assert.Equal(("Better words", PostState.Held), ((await house.OneAsync(set)).Text, (await house.OneAsync(set)).State));
    }

    [Fact]
    public async Task Two_thousand_posts_of_a_month_are_laid_out()
    {
        var house = await PlanningHouse.NewAsync(database);
        await house.ExecuteAsync(
            """
            insert into scheduled_post (id, set_id, account_id, brand_id, network, purpose, text, state, due_at, key, created_at, changed_at)
            select gen_random_uuid(), gen_random_uuid(), @Bluesky, @Brand, 'bluesky', 'Planned', 'Post ' || n, 'Scheduled',
              timestamptz '2026-03-01 06:00Z' + n * interval '20 minutes', @Brand || '-' || n, now(), now()
            from generate_series(1, 2000) n
            """,
            new { house.Bluesky, house.Brand });
        var month = await house.Calendar.LookAsync(new(house.Brand.Value, CalendarShape.Month, null, null, CalendarOf.All, null), Cancel);
        Assert.Equal((42, 2000), (month.Days.Count, month.Days.Sum(day => day.Entries.Count)));

        var (seen, after) = (new HashSet<ScheduledPostId>(), (string?)null);
        do
        {
            var page = await house.Calendar.LookAsync(new(house.Brand.Value, CalendarShape.List, new DateOnly(2026, 1, 1), null, CalendarOf.All, after), Cancel);
            Assert.All(page.Listed, entry => Assert.True(seen.Add(entry.First.Id)));
            after = page.After;
        }
        while (after is not null);
        Assert.Equal(2000, seen.Count);
    }

    private static FormFile File(byte[] bytes) => new(new MemoryStream(bytes), 0, bytes.Length, "files", "picture.png");

    private static (string Code, string? Property) Named(IReadOnlyList<Core.Refusal> refusals) => (Assert.Single(refusals).Code, refusals[0].Property);
}
