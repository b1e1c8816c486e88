using System.Collections.Concurrent;

namespace Holdfast.Detection;

/// <summary>
/// Keeps the last few answers to slow questions for a while, and begins each only once. A cache and no truth: another node, or this
/// one after a start, computes the same again. What failed is not kept.
/// </summary>
internal sealed class Remembered<TKey, TValue>(int most, TimeSpan lasts, TimeProvider time)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (Lazy<TValue> Value, DateTimeOffset At)> _kept = new();

    /// <param name="failed">Whether a kept answer is of no use.</param>
    public TValue Of(TKey key, Func<TValue> make, Func<TValue, bool>? failed = null)
    {
        var now = time.GetUtcNow();
        foreach (var (other, kept) in _kept.OrderByDescending(pair => pair.Value.At).Index().Where(one => one.Index >= most || one.Item.Value.At + lasts < now).Select(one => one.Item))
        {
            _kept.TryRemove(new(other, kept));
        }

        var found = _kept.GetOrAdd(key, _ => (new Lazy<TValue>(make), now));
        if (failed?.Invoke(found.Value.Value) == true && _kept.TryRemove(new(key, found)))
        {
            found = _kept.GetOrAdd(key, _ => (new Lazy<TValue>(make), now));
        }

        return found.Value.Value;
    }
}
