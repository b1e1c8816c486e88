using System.Diagnostics;
using Holdfast.Core.Publishing;
using Holdfast.Networks.Social.Practice;
using Holdfast.Testing.Alerts;
using Holdfast.Testing.Publishing;
using Npgsql;

namespace Holdfast.App.Tests.Crash;

/// <summary>
/// kill -9 of the real server between every two steps of sending a post. It is held there from outside: by the network, which
/// waits, or by the database, which lets a transaction wait; the program knows nothing of it. What happened says the network's own log.
/// </summary>
public sealed class SendingKillTests(SendingKillTests.House house) : IClassFixture<SendingKillTests.House>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
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
        await arrived.Task.WaitAsync(Patience, Cancel);
        await House.UntilAsync(() => before || house.Rig.Network.Posts.ContainsKey(house.Post.Key));
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

    /// <summary>One real server at a time on a PostgreSQL of its own, and a practice network.</summary>
    public sealed class House : IAsyncLifetime
    {
        private const int Lock = 4711;

        /// <summary>A lease that does not run out while its holder lives, however slow the machine is; and a grace longer than a request lives here.</summary>
        private static readonly Dictionary<string, string> Settings = new()
        {
            ["Publishing__Lease"] = "00:10:00",
            ["Publishing__Grace"] = "00:00:02",
            ["Publishing__AskEvery"] = "00:00:00.2",
            ["DOTNET_TieredPGO"] = "0",
        };

        private FreezeRig? _rig;
        private ServerProcess? _server;

        internal FreezeRig Rig => _rig!;

        internal ScheduledPost Post { get; private set; } = null!;

        /// <summary>How the network treats the next request.</summary>
        internal Func<PracticePost, PracticeWay> Way { get; set; } = _ => new PracticeWay();

        /// <summary>How often the network carried the post out.</summary>
        internal int Arrivals => Rig.Network.Arrivals.Count(arrival => arrival.Done && arrival.Post.Key == Post.Key);

        public async ValueTask InitializeAsync()
        {
            _rig = await FreezeRig.NewAsync(post => Way(post), CancellationToken.None);
            await StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await KillAsync();
            await Rig.DisposeAsync();
        }

        /// <summary>Another server, when the dead one's lease is over.</summary>
        internal async Task StartAsync()
        {
            await Rig.ExecuteAsync("update scheduled_post set lease_until = now() where lease_until is not null");
            _server = await Rig.StartServerAsync(Settings);
        }

        internal async Task KillAsync()
        {
            if (_server is { } server)
            {
                await server.KillAsync();
                await server.DisposeAsync();
                _server = null;
            }
        }

        internal async Task ScheduleAsync() => Post = await Rig.ScheduleAsync(Rig.Accounts[0], TimeProvider.System.GetUtcNow(), Cancel);

        internal async Task<PostState> StateAsync() => Enum.Parse<PostState>((await Rig.RowsAsync<string>("select state from scheduled_post where id = @Id", new { Post.Id }))[0]);

        /// <summary>What the dead one wrote down.</summary>
        internal async Task<string> LeftBehindAsync() =>
            (await Rig.RowsAsync<string>("select state || case when departed_at is null then '' else ', departed' end from scheduled_post where id = @Id", new { Post.Id }))[0];

        /// <summary>Until somebody stands where we hold.</summary>
        internal Task HeldAsync() => UntilAsync(async () => (await Rig.RowsAsync<long>($"select count(*) from pg_locks where locktype = 'advisory' and objid = {Lock} and not granted"))[0] > 0);

        internal Task SettledAsync() => UntilAsync(async () => await StateAsync() is not (PostState.Scheduled or PostState.Sending or PostState.Unknown));

        internal static Task UntilAsync(Func<bool> done) => UntilAsync(() => Task.FromResult(done()));

        /// <summary>A change of a post for which the condition holds waits, in its statement or in its commit, until this is disposed of.</summary>
        internal async Task<IAsyncDisposable> HoldAsync(bool deferred, string condition)
        {
            await Rig.ExecuteAsync($"""
                create or replace function hold_here() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock({Lock}); return null; end $$;
                drop trigger if exists hold_here on scheduled_post;
                create constraint trigger hold_here after update on scheduled_post {(deferred ? "deferrable initially deferred" : "")}
                  for each row when ({condition}) execute function hold_here();
                """);
            var connection = new NpgsqlConnection(Rig.ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"select pg_advisory_lock({Lock})", connection);
            await command.ExecuteNonQueryAsync();
            return new Holding(this, connection);
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

        private sealed class Holding(House house, NpgsqlConnection connection) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                await connection.DisposeAsync();
                await house.Rig.ExecuteAsync("drop trigger hold_here on scheduled_post");
            }
        }
    }
}
