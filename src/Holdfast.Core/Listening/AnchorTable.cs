namespace Holdfast.Core.Listening;

/// <summary>A query in the index.</summary>
internal sealed record IndexedQuery(MonitorId Id, MonitorQuery Query, IReadOnlyList<Anchor>? Anchors);

/// <summary>
/// From a word to the queries anchored on it. Immutable: a change copies the list of buckets and the buckets it touches,
/// so that readers of the old table are not disturbed and adding one query to many thousands stays cheap.
/// </summary>
internal sealed class AnchorTable
{
    private const int Buckets = 4096;
    private readonly Row[][] _buckets;

    private AnchorTable(Row[][] buckets) => _buckets = buckets;

    private sealed record Row(string Text, int Hash, IndexedQuery[] Queries);

    public static AnchorTable Empty { get; } = new(Enumerable.Repeat(Array.Empty<Row>(), Buckets).ToArray());

    public ReadOnlySpan<IndexedQuery> Find(ReadOnlySpan<char> text, int hash)
    {
        foreach (var row in _buckets[hash & (Buckets - 1)])
        {
            if (row.Hash == hash && text.SequenceEqual(row.Text))
                return row.Queries;
        }

        return [];
    }

    public AnchorTable With(IEnumerable<string> anchors, IndexedQuery query) =>
        Change(anchors, queries => [.. queries, query]);

    public AnchorTable Without(IEnumerable<string> anchors, IndexedQuery query) =>
        Change(anchors, queries => Array.FindAll(queries, q => !ReferenceEquals(q, query)));

    private AnchorTable Change(IEnumerable<string> anchors, Func<IndexedQuery[], IndexedQuery[]> change)
    {
        var buckets = (Row[][])_buckets.Clone();
        foreach (var text in anchors)
        {
            var hash = string.GetHashCode(text.AsSpan());
            ref var bucket = ref buckets[hash & (Buckets - 1)];
            var at = Array.FindIndex(bucket, r => r.Text == text);
            var queries = change(at < 0 ? [] : bucket[at].Queries);
            var others = at < 0 ? bucket : [.. bucket[..at], .. bucket[(at + 1)..]];
            bucket = queries.Length == 0 ? others : [.. others, new Row(text, hash, queries)];
        }

        return new AnchorTable(buckets);
    }
}
