using System.Collections.Immutable;

namespace Holdfast.Core.Listening;

/// <summary>How many prefixes of each length are filed, so that only beginnings of those lengths are looked up.</summary>
internal sealed class PrefixLengths
{
    private readonly ImmutableSortedDictionary<int, int> _counts;

    private PrefixLengths(ImmutableSortedDictionary<int, int> counts) =>
        (_counts, Used) = (counts, [.. counts.Keys]);

    public static PrefixLengths None { get; } = new(ImmutableSortedDictionary<int, int>.Empty);

    /// <summary>Shortest first.</summary>
    public ImmutableArray<int> Used { get; }

    public PrefixLengths With(IEnumerable<string> prefixes) => Change(prefixes, 1);

    public PrefixLengths Without(IEnumerable<string> prefixes) => Change(prefixes, -1);

    private PrefixLengths Change(IEnumerable<string> prefixes, int by)
    {
        var counts = _counts;
        foreach (var prefix in prefixes)
        {
            var count = counts.GetValueOrDefault(prefix.Length) + by;
            counts = count == 0 ? counts.Remove(prefix.Length) : counts.SetItem(prefix.Length, count);
        }

        return ReferenceEquals(counts, _counts) ? this : new PrefixLengths(counts);
    }
}
