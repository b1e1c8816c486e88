using System.Globalization;
using System.Text;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.Publishing;

namespace Holdfast.App.Tests.Crash;

/// <summary>kill -9 of the real server while it takes a month's plan in.</summary>
public sealed class PlanFileKillTests(SendingHouse house) : IClassFixture<SendingHouse>
{
    private const int Rows = 1_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_whose_servers_are_killed_is_gone_on_with_by_the_next_and_each_row_is_kept_once()
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(1).UtcDateTime;
        var plan = Encoding.UTF8.GetBytes("date,time,account,text\n" + string.Concat(Enumerable.Range(0, Rows).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{from.AddMinutes(10 * row):yyyy-MM-dd,HH:mm},aurelka,Post number {row} of the plan\n"))));
        var id = (await house.Rig.Plans.ReadAsync(house.Rig.Accounts[0].Brand.Value, "plan.csv", plan, Cancel)).Value;
        Assert.True((await house.Rig.Plans.TakeAsync(id, PostWish.Schedule, again: false, new PersonId(Ids.New(TimeProvider.System)), Cancel)).Succeeded(out _));

        var done = 0;
        for (var kill = 0; kill < 2; kill++)
        {
            var before = done;
            await house.RunningAsync();
            await SendingHouse.UntilAsync(async () => (await RowAsync(id)).Done > before + 60);
            await house.KillAsync();
            done = (await RowAsync(id)).Done;
        }

        Assert.InRange(done, 120, Rows - 1);
        await house.StartAsync();
        await SendingHouse.UntilAsync(async () => (await RowAsync(id)).EndedAt is not null);
        Assert.Equal((Rows, Rows, 0), ((await RowAsync(id)).Done, (await RowAsync(id)).Kept, (await RowAsync(id)).Left.Count));
        Assert.Equal((Rows, Rows), (await house.Rig.RowsAsync<(int, int)>("select count(*)::int, count(distinct text)::int from scheduled_post where text like '% of the plan'"))[0]);
    }

    private async Task<PlanFileRow> RowAsync(Guid id) => (await house.Rig.Plans.FindAsync(id, Cancel))!.Row;
}
