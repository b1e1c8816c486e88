namespace Holdfast.Escalation;

/// <summary>
/// Wakes workers. A worker takes <see cref="Next"/> before it looks for work and waits for it afterwards: a ring in
/// between is not missed.
/// </summary>
internal sealed class Bell
{
    private TaskCompletionSource _next = New();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Ring() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
