using System.Text;
using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Publishing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

public sealed class PlanFileTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_shown_with_every_error_by_its_row_before_the_good_rows_are_kept()
    {
        var house = await PlanningHouse.NewAsync(database);
        var bytes = Encoding.UTF8.GetBytes("""
            Date,Time,Account,Text,Image URL
            2026-03-10,09:00,bluesky,"Two lines,
            and a comma",
            2026-03-29,02:30,bluesky,The hour that is not there,
            2026-03-11,09:00,myspace,Nobody is there,
            soon,09:00,bluesky,When?,
            2026-02-01,09:00,bluesky,It has passed,
            2026-03-12,09:00,bluesky;mastodon,For both of them,https://a.example/1.png
            2026-03-13,09:00,bluesky
            2026-03-14,09:00,bluesky,,

            """);
        var desk = Desk(house);
        var file = (await desk.LookAsync(house.Brand, bytes)).File!;
        Assert.Equal(
            [(2, ""), (4, "post.no-such-time"), (5, "plan-row.account"), (6, "plan-row.time"), (7, "post.time-past"), (8, ""), (9, "import.bad-row"), (10, "post.no-text")],
            file.Rows.Select(row => ((int)row.Line, row.Refusals is [var first, ..] ? first.Code : "")));
        Assert.Equal("plan-row.media", Assert.Single(file.Rows[5].Notes).Code);

        var taken = (await desk.TakeAsync(house.Brand, bytes, PostWish.Schedule, house.Ania)).Value;
        Assert.Equal((2, 0, 0), (taken.Kept, taken.Held, taken.Left.Count));
        var month = await house.Calendar.LookAsync(new(house.Brand.Value, CalendarShape.Month, new DateOnly(2026, 3, 1), null, CalendarOf.All, null), Cancel);
        var entries = month.Days.SelectMany(day => day.Entries).ToList();
        Assert.Equal(["Two lines,\nand a comma", "For both of them"], entries.Select(entry => entry.First.Text));
        Assert.Equal([1, 2], entries.Select(entry => entry.Posts.Count));
        Assert.All(entries.SelectMany(entry => entry.Posts), post => Assert.Equal(PostState.Scheduled, post.State));
    }

    [Fact]
    public async Task The_same_file_twice_is_noticed_and_taken_only_when_meant()
    {
        var house = await PlanningHouse.NewAsync(database);
        var bytes = "date;time;account;text\n10.03.2026;9:00;bluesky;Dzień dobry\n"u8.ToArray();
        var desk = Desk(house);
        Assert.Equal(1, (await desk.TakeAsync(house.Brand, bytes, PostWish.Draft, house.Ania)).Value.Kept);
        Assert.NotNull((await desk.LookAsync(house.Brand, bytes)).Before);
        Assert.Equal("plan-file.again", Assert.Single((await desk.TakeAsync(house.Brand, bytes, PostWish.Draft, house.Ania)).Refusals).Code);
        Assert.Equal(1, (await desk.TakeAsync(house.Brand, bytes, PostWish.Draft, house.Ania, again: true)).Value.Kept);
    }

    [Fact]
    public async Task A_Polish_sheet_in_an_old_encoding_is_read()
    {
        var house = await PlanningHouse.NewAsync(database);
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1250)!.GetBytes(
            "Data;Godzina;Konto;Treść\r\n10.03.2026;18:30;bluesky;Zażółć gęślą jaźń, wesoły żółwiu\r\n11.03.2026;18:30;bluesky;Świąteczne śniadanie już są\r\n");
        var file = (await Desk(house).LookAsync(house.Brand, bytes)).File!;
        Assert.Equal("windows-1250", file.Encoding);
        Assert.All(file.Rows, row => Assert.True(row.IsGood));
        Assert.Equal(("Zażółć gęślą jaźń, wesoły żółwiu", new DateTime(2026, 3, 10, 18, 30, 0)), (file.Rows[0].Text, file.Rows[0].Form!.Local));
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("PK\u0003\u0004", "import.not-text")]
    [InlineData("who,why\nme,so\n", "plan-file.no-column")]
    [InlineData("[{\"a\":1}]", "import.json-array")]
    public async Task What_is_no_plan_is_refused_with_a_sentence(string content, string code)
    {
        var house = await PlanningHouse.NewAsync(database);
        Assert.Equal(code, Assert.Single((await Desk(house).ReadAsync(house.Brand.Value, "plan.csv", Encoding.Latin1.GetBytes(content), Cancel)).Refusals).Code);
    }

    [Fact]
    public async Task No_bytes_of_any_kind_stop_it()
    {
        var house = await PlanningHouse.NewAsync(database);
        var desk = Desk(house);
        var good = "date,time,account,text\n2026-03-10,09:00,bluesky,\"Hello\"\n2026-03-11,09:00,bluesky,World\n"u8.ToArray();
        var dice = new Random(20261120);
        for (var round = 0; round < 300; round++)
        {
            var bytes = good.ToArray();
            for (var change = dice.Next(1, 6); change > 0; change--)
            {
                bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
            }

            await desk.ReadAsync(house.Brand.Value, "plan.csv", bytes, Cancel);
        }
    }

    [Fact]
    public async Task Five_thousand_rows_are_each_kept_once_though_a_server_goes_away_in_the_middle_and_how_far_it_is_is_always_known()
    {
        const int rows = 5_000;
        var house = await PlanningHouse.NewAsync(database);
        var bytes = Encoding.UTF8.GetBytes("date,time,account,text\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            $"{PlanningHouse.Noon.AddDays(1).AddMinutes(10 * i).UtcDateTime:yyyy-MM-dd,HH:mm},bluesky,Post number {i} of the plan\n")));
        var first = Desk(house);
        var id = (await first.ReadAsync(house.Brand.Value, "plan.csv", bytes, Cancel)).Value;
        var good = (await first.FindAsync(id, Cancel))!.File!.Rows.Count(row => row.IsGood);
        Assert.Equal(rows - 6, good); // the hour that the clocks leave out
        await first.TakeAsync(id, PostWish.Schedule, again: false, house.Ania, Cancel);
        await first.TakeAsync(id, PostWish.Schedule, again: false, house.Ania, Cancel); // pressed twice
        for (var step = 0; step < 100; step++)
        {
            Assert.True(await first.StepAsync(Cancel));
        }

        var half = (await first.FindAsync(id, Cancel))!;
        Assert.Equal((good, 100, 100, null), (half.Row.Posts, half.Row.Done, half.Row.Kept, half.Row.EndedAt));
        Assert.Null(half.File);

        // The first server is gone; two others go on.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            var other = Desk(house);
            while (await other.StepAsync(Cancel) || (await other.FindAsync(id, Cancel))!.Row.EndedAt is null)
            {
            }
        }));
        var ended = (await first.FindAsync(id, Cancel))!.Row;
        Assert.Equal((good, good, 0), (ended.Done, ended.Kept, ended.Left.Count));
        await using var connection = await house.Store.OpenAsync(Cancel);
        Assert.Equal((good, good), await connection.QuerySingleAsync<(int, int)>(
            "select count(*)::int, count(distinct text)::int from scheduled_post where brand_id = @brand and state = 'Scheduled'", new { brand = house.Brand.Value }));
    }

    [Fact]
    public async Task What_cannot_be_kept_any_more_is_said_by_its_row()
    {
        var house = await PlanningHouse.NewAsync(database);
        var desk = Desk(house);
        var bytes = "date,time,account,text\n2026-03-02,13:30,bluesky,Soon\n2026-03-10,09:00,bluesky,Later\n"u8.ToArray();
        var id = (await desk.ReadAsync(house.Brand.Value, "plan.csv", bytes, Cancel)).Value;
        await desk.TakeAsync(id, PostWish.Schedule, again: false, house.Ania, Cancel);
        house.Time.Advance(TimeSpan.FromHours(1));
        while (await desk.StepAsync(Cancel))
        {
        }

        var row = (await desk.FindAsync(id, Cancel))!.Row;
        Assert.Equal((2, 1), (row.Done, row.Kept));
        Assert.Equal((2, "post.time-past"), (Assert.Single(row.Left).Line, row.Left[0].Refusal.Code));
    }

    private static PlanFileDesk Desk(PlanningHouse house) => new(house.Store, house.Posts, house.Time);
}
