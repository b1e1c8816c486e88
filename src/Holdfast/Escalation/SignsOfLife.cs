using System.Collections.Concurrent;

namespace Holdfast.Escalation;

/// <summary>When each worker of this node last went round. Other features may beat here too and are then watched.</summary>
internal sealed class SignsOfLife(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _beats = new();

    public void Beat(string worker) => _beats[worker] = time.GetUtcNow();

    public IReadOnlyDictionary<string, DateTimeOffset> Beats => _beats;
}
