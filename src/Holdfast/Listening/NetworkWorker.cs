using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>
/// Keeps every network source read by some living node: each node tries for those that nobody reads, a lock says who does. A new or
/// retired source is heard of at once, a dead node's sources are taken over at the next look.
/// </summary>
internal sealed partial class NetworkWorker(
    Store store, Changes changes, NetworkReader reader, TimeProvider time, ILogger<NetworkWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<SourceId, (Task Task, CancellationTokenSource Stop)> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rung = new SemaphoreSlim(0, 1);
        using var heard = changes.Subscribe("sources", _ => Ring(rung));
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.WhenAny(rung.WaitAsync(stoppingToken), Task.Delay(LookEvery, time, stoppingToken));
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            foreach (var id in _running.Keys.ToList())
            {
                await EndAsync(id);
            }
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            await using var connection = await store.OpenAsync(stopping);
            var active = (await NetworkSourceSql.ActiveAsync(connection)).Select(s => s.Id).ToHashSet();
            foreach (var id in _running.Where(r => r.Value.Task.IsCompleted || !active.Contains(r.Key)).Select(r => r.Key).ToList())
            {
                await EndAsync(id);
            }

            foreach (var id in active.Where(id => !_running.ContainsKey(id)))
            {
                var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                _running[id] = (ReadAsync(id, stop.Token), stop);
            }
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or IOException && !stopping.IsCancellationRequested)
        {
            NotLooked(e.Message);
        }
    }

    private async Task ReadAsync(SourceId id, CancellationToken cancel)
    {
        try
        {
            await reader.RunAsync(id, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // One source's fault must not silence the others; it is read again at the next look, from its cursor.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(e, id.Value);
        }
    }

    private async Task EndAsync(SourceId id)
    {
        var (task, stop) = _running[id];
        _running.Remove(id);
        await stop.CancelAsync();
        await task;
        stop.Dispose();
    }

    private static void Ring(SemaphoreSlim bell)
    {
        try
        {
            bell.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // It rings already, or nobody listens any more.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Sources could not be looked at: {Reason}. Trying again.")]
    private partial void NotLooked(string reason);

    [LoggerMessage(LogLevel.Warning, "Reading source {Source} failed; it is read again from its cursor.")]
    private partial void Failed(Exception reason, Guid source);
}
