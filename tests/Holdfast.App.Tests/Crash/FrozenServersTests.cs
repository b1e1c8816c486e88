using System.Diagnostics;
using System.Globalization;
using Holdfast.Core.Publishing;
using Holdfast.Testing.Publishing;

namespace Holdfast.App.Tests.Crash;

/// <summary>Real servers, and clocks that they believe: what is frozen stays, while what is not frozen goes out before our eyes.</summary>
public sealed class FrozenServersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frozen_a_second_server_started_and_every_clock_set_to_tomorrow_nothing_in_scope_leaves()
    {
        await using var rig = await FreezeRig.NewAsync(_ => new(), Cancel);
        // By default a server whose clock is not the database's sends nothing at all: that is not to be what keeps this from leaving.
        var believing = new Dictionary<string, string> { ["Publishing__ClockTolerance"] = "2.00:00:00", ["DOTNET_TieredPGO"] = "0" };
        await using var first = await rig.StartServerAsync(believing);
        var (frozen, free) = (rig.Accounts[0], rig.Accounts[1]);
        var now = TimeProvider.System.GetUtcNow();
        var today = await rig.ScheduleAsync(frozen, now.AddHours(1), Cancel);
        var tomorrow = now.AddDays(1).AddMinutes(-5);
        var held = await rig.ScheduleAsync(frozen, tomorrow, Cancel);
        var past = await rig.ScheduleAsync(frozen, tomorrow, Cancel);
        await rig.FreezeAsync(new FreezeScope.OfAccount(frozen.Id), Cancel);
        // Somebody writes it past everything that knows of freezes.
        await rig.ExecuteAsync("update scheduled_post set state = 'Scheduled', held_because = null where id = @Id", new { past.Id });
        var control = await rig.ScheduleAsync(free, tomorrow, Cancel);

        await using var second = await rig.StartServerAsync(believing);
        foreach (var number in (int[])[1, 2])
        {
            await File.WriteAllTextAsync(rig.ClockFile(number), 86_400.ToString(CultureInfo.InvariantCulture), Cancel);
        }

        await UntilAsync(() => Task.FromResult(rig.Network.Posts.ContainsKey(control.Key)));
        await UntilAsync(async () => (await rig.RowsAsync<string>("select state from scheduled_post where id = @Id", new { past.Id }))[0] == nameof(PostState.Held));
        Assert.Equal([control.Key], rig.Network.Arrivals.Select(arrival => arrival.Post.Key));
        Assert.All(
            await rig.RowsAsync<(string State, string Because)>("select state, held_because from scheduled_post where id = any(@ids)", new { ids = new[] { today.Id.Value, held.Id.Value, past.Id.Value } }),
            row => Assert.Equal(("Held", "Freeze"), row));
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await done())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, "It took too long.");
            await Task.Delay(20, Cancel);
        }
    }
}
