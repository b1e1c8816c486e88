namespace Holdfast.Database;

/// <summary>
/// Wakes workers when something under a topic was written on any node. A worker takes <see cref="Next"/> before it looks for
/// work and waits for it afterwards: a ring in between is not missed.
/// </summary>
internal abstract class Bell : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _shortestWait;
    private readonly IDisposable _subscription;
    private TaskCompletionSource _next = New();

    /// <param name="shortestWait">After this a due time is looked at again: another node may have the row just now.</param>
    protected Bell(Changes changes, TimeProvider time, string topic, TimeSpan shortestWait)
    {
        (_time, _shortestWait) = (time, shortestWait);
        _subscription = changes.Subscribe(topic, _ => Interlocked.Exchange(ref _next, New()).TrySetResult());
    }

    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Until it rings, until the next due time, at the longest <paramref name="longest"/>: a ring may be lost, a row is not.</summary>
    public async Task WaitAsync(Task next, DateTimeOffset? due, TimeSpan longest, CancellationToken cancel)
    {
        var wait = due - _time.GetUtcNow() ?? longest;
        wait = wait > longest ? longest : wait < _shortestWait ? _shortestWait : wait;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(next, Task.Delay(wait, _time, done.Token));
        await done.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    public void Dispose() => _subscription.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
