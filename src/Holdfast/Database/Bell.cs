namespace Holdfast.Database;

/// <summary>
/// Wakes workers when something under a topic was written on any node. A worker takes <see cref="Next"/> before it looks for
/// work and waits for it afterwards: a ring in between is not missed.
/// </summary>
/// <param name="shortestWait">After this a due time is looked at again: another node may have the row just now.</param>
internal abstract class Bell(Changes changes, TimeProvider time, string topic, TimeSpan shortestWait) : IHostedService, IDisposable
{
    private TaskCompletionSource _next = New();
    private IDisposable? _subscription;

    public Task Next => Volatile.Read(ref _next).Task;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = changes.Subscribe(topic, _ => Interlocked.Exchange(ref _next, New()).TrySetResult());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Until it rings, until the next due time, at the longest <paramref name="longest"/>: a ring may be lost, a row is not.</summary>
    public async Task WaitAsync(Task next, DateTimeOffset? due, TimeSpan longest, CancellationToken cancel)
    {
        var wait = due - time.GetUtcNow() ?? longest;
        wait = wait > longest ? longest : wait < shortestWait ? shortestWait : wait;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(next, Task.Delay(wait, time, done.Token));
        await done.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    public void Dispose() => _subscription?.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
