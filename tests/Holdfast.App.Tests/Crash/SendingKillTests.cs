using Holdfast.Core.Publishing;
using Holdfast.Networks.Social.Practice;

namespace Holdfast.App.Tests.Crash;

/// <summary>
/// kill -9 of the real server between every two steps of sending a post. It is held there from outside: by the network, which
/// waits, or by the database, which lets a transaction wait; the program knows nothing of it. What happened says the network's own log.
/// </summary>
public sealed class SendingKillTests(SendingHouse house) : IClassFixture<SendingHouse>
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A trigger that fires within the statement holds what is then undone by the death; one that fires within the commit holds what is
    // then committed although nobody is left to hear it.
    [Theory]
    [InlineData("claimed, and its commit not heard", "deferred", "old.state = 'Scheduled' and new.state = 'Sending'", "Sending", 0)]
    [InlineData("asking the gate", "at once", "old.departed_at is null and new.departed_at is not null", "Sending", 0)]
    [InlineData("the gate's yes committed, no byte has left", "deferred", "old.departed_at is null and new.departed_at is not null", "Sending, departed", 0)]
    [InlineData("answered, and not written down", "at once", "old.state = 'Sending' and new.state = 'Sent'", "Sending, departed", 1)]
    [InlineData("answered, and its commit not heard", "deferred", "old.state = 'Sending' and new.state = 'Sent'", "Sent, departed", 1)]
    public async Task Killed_in_the_database_it_is_published_once(string step, string when, string condition, string leaves, int arrived)
    {
        await using (await house.HoldAsync(when == "deferred", condition))
        {
            await house.ScheduleAsync();
            await house.HeldAsync();
            await house.KillAsync();
        }

        Assert.Equal((step, leaves, arrived), (step, await house.LeftBehindAsync(), house.Arrivals));
        await PublishedOnceAsync(step);
    }

    [Theory]
    [InlineData("the first byte has left, and the network does it after our death", PracticeMood.Answers, true)]
    [InlineData("the first byte has left, and the network never does it", PracticeMood.Closes, true)]
    [InlineData("the network has done it, and has not answered", PracticeMood.Answers, false)]
    public async Task Killed_on_the_way_it_is_published_once(string step, PracticeMood mood, bool before)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goesOn = new ManualResetEventSlim(!before);
        // The network's thread belongs to no test: what ends this one must be taken along.
        var cancel = Cancel;
        house.Way = _ =>
        {
            arrived.TrySetResult();
            goesOn.Wait(cancel);
            return new PracticeWay(mood, After: before ? default : Never);
        };
        await house.ScheduleAsync();
        await arrived.Task.WaitAsync(SendingHouse.Patience, Cancel);
        await SendingHouse.UntilAsync(() => before || house.Rig.Network.Posts.ContainsKey(house.Post.Key));
        await house.KillAsync();
        house.Way = _ => new PracticeWay();
        goesOn.Set();
        Assert.Equal((step, "Sending, departed"), (step, await house.LeftBehindAsync()));
        await PublishedOnceAsync(step);
    }

    [Theory]
    [InlineData("claimed, and its commit not heard", "old.state = 'Scheduled' and new.state = 'Sending'")]
    [InlineData("the gate's yes committed, no byte has left", "old.departed_at is null and new.departed_at is not null")]
    public async Task Killed_and_frozen_before_the_next_server_starts_it_does_not_leave(string step, string condition)
    {
        await using (await house.HoldAsync(deferred: true, condition))
        {
            await house.ScheduleAsync();
            await house.HeldAsync();
            await house.KillAsync();
        }

        var freeze = await house.Rig.FreezeAsync(new FreezeScope.Everything(), Cancel);
        await house.StartAsync();
        await house.SettledAsync();
        Assert.Equal((PostState.Held, 0), (await house.StateAsync(), house.Arrivals));
        _ = (await house.Rig.Freezes.LiftAsync(freeze.Freeze.Id, step, Core.Situations.Actor.Clock, Cancel)).Value;
    }

    private async Task PublishedOnceAsync(string step)
    {
        // Dead, and before anyone else looks: what is written down as sent is on the network.
        Assert.True(await house.StateAsync() != PostState.Sent || house.Rig.Network.Posts.ContainsKey(house.Post.Key), $"{step}: sent, and not there");
        await house.StartAsync();
        await house.SettledAsync();
        Assert.Equal((step, PostState.Sent, 1), (step, await house.StateAsync(), house.Arrivals));
        Assert.Contains(house.Post.Key, house.Rig.Network.Posts.Keys);
    }
}
