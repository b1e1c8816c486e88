using Holdfast.Database;
using Holdfast.Escalation;

namespace Holdfast.Publishing;

/// <summary>Rings when a post or a freeze was written on any node.</summary>
internal sealed class PublishBell(Changes changes, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    private readonly Bell _bell = new();
    private IDisposable? _subscription;

    /// <summary>Taken before looking for work; see <see cref="Bell"/>.</summary>
    public Task Next => _bell.Next;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = changes.Subscribe(PublishSql.Topic, _ => _bell.Ring());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Until it rings, until the next due time, at the longest <paramref name="longest"/>: a ring may be lost, a row is not.</summary>
    public async Task WaitAsync(Task next, DateTimeOffset? due, TimeSpan longest, CancellationToken cancel)
    {
        var wait = due - time.GetUtcNow() ?? longest;
        wait = wait > longest ? longest : wait < ShortestWait ? ShortestWait : wait;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(next, Task.Delay(wait, time, done.Token));
        await done.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    public void Dispose() => _subscription?.Dispose();
}
