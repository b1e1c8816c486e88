using Holdfast.Escalation;
using Holdfast.Testing.Database;
using Microsoft.Extensions.Logging.Abstractions;
using static Holdfast.App.Tests.Escalation.EscalationHouse;

namespace Holdfast.App.Tests.Escalation;

public sealed class WatchTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_page_that_is_a_minute_late_is_told_to_the_administrators_once_an_hour()
    {
        var house = await NewAsync(database);
        await house.ExecuteAsync("delete from worker");
        await house.DeclareAsync();
        var watch = Watch(house, new SignsOfLife(house.Time));

        house.Time.Advance(TimeSpan.FromSeconds(59));
        await watch.LookAsync(Cancel);
        Assert.Equal(0, await ToldAsync(house));

        house.Time.Advance(TimeSpan.FromSeconds(2));
        await watch.LookAsync(Cancel);
        await watch.LookAsync(Cancel);
        Assert.Equal(1, await ToldAsync(house));
        await house.WorkAsync();
        Assert.Contains(await house.OutboxAsync(), m => m.To.StartsWith("Admin-", StringComparison.Ordinal) && m.Subject == "Holdfast itself needs a look");
    }

    [Fact]
    public async Task A_worker_of_which_none_lives_is_told_and_one_that_left_in_good_order_is_not()
    {
        var house = await NewAsync(database);
        await house.ExecuteAsync("delete from worker");
        var signs = new SignsOfLife(house.Time);
        signs.Beat("attempts");
        var watch = Watch(house, signs);
        await watch.LookAsync(Cancel);

        house.Time.Advance(TimeSpan.FromSeconds(61));
        await watch.LookAsync(Cancel);
        Assert.Equal("worker:attempts", await house.ScalarAsync<string>("select note from attempt where cause = 'Watch'", new { }));

        await watch.StopAsync(Cancel);
        Assert.Equal(0, await house.ScalarAsync<long>("select count(*) from worker", new { }));
    }

    private static WatchWorker Watch(EscalationHouse house, SignsOfLife signs) =>
        new(house.Store, signs, house.Settings, house.Time, NullLogger<WatchWorker>.Instance);

    private static Task<long> ToldAsync(EscalationHouse house) =>
        house.ScalarAsync<long>("select count(*) from attempt where cause = 'Watch'", new { });
}
