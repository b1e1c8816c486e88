using System.Diagnostics;
using Holdfast.Core.Publishing;
using Holdfast.Networks.Social.Practice;
using Holdfast.Testing.Alerts;
using Holdfast.Testing.Publishing;
using Npgsql;

namespace Holdfast.App.Tests.Crash;

/// <summary>One real server at a time on a PostgreSQL of its own, a practice network, and places to hold the server at.</summary>
public sealed class SendingHouse : IAsyncLifetime
{
    private const int Lock = 4711;

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

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

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    /// <summary>A server, where an earlier test left none.</summary>
    internal async ValueTask RunningAsync()
    {
        if (_server is null)
        {
            await StartAsync();
        }
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

    internal async Task ScheduleAsync(Account? account = null) => Post = await Rig.ScheduleAsync(account ?? Rig.Accounts[0], TimeProvider.System.GetUtcNow(), Cancel);

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

    internal static async Task UntilAsync(Func<Task<bool>> done)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await done())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, "It took too long.");
            await Task.Delay(20, Cancel);
        }
    }

    private sealed class Holding(SendingHouse house, NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            await house.Rig.ExecuteAsync("drop trigger hold_here on scheduled_post");
        }
    }
}
