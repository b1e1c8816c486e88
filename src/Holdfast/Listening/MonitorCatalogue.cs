using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>The monitors in force, all in one index, with the brand of each.</summary>
internal sealed class MonitorSnapshot(MonitorIndex index, IReadOnlyDictionary<MonitorId, Brand> brands)
{
    private readonly Dictionary<BrandId, (Brand Brand, MonitorId First)> _byBrand =
        brands.GroupBy(b => b.Value.Id).ToDictionary(g => g.Key, g => (g.First().Value, g.MinBy(m => m.Key.Value).Key));

    public static MonitorSnapshot None { get; } = new(MonitorIndex.Empty, new Dictionary<MonitorId, Brand>());

    public MonitorIndex Index { get; } = index;

    public IReadOnlyDictionary<MonitorId, Brand> Brands { get; } = brands;

    public Brand? Brand(BrandId id) => _byBrand.TryGetValue(id, out var found) ? found.Brand : null;

    public MonitorId? FirstOf(BrandId id) => _byBrand.TryGetValue(id, out var found) ? found.First : null;
}

/// <summary>
/// Keeps the index in step with the monitors in the database: read again when a node says they changed, and now and then
/// in case it was not heard. Where nobody listens for changes (an import), read again each time. Only what differs is
/// taken into the index.
/// </summary>
internal sealed class MonitorCatalogue : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Store _store;
    private readonly TimeProvider _time;
    private readonly Changes? _changes;
    private readonly IDisposable? _subscription;
    private readonly SemaphoreSlim _reading = new(1);
    private Dictionary<MonitorId, MonitorInForce> _rows = [];
    private MonitorSnapshot _snapshot = MonitorSnapshot.None;
    private long _readAt;
    private long _told;
    private long _seen = -1;

    public MonitorCatalogue(Store store, TimeProvider time, Changes? changes = null)
    {
        (_store, _time, _changes) = (store, time, changes);
        _subscription = changes?.Subscribe(MonitorDesk.Topic, _ => Interlocked.Increment(ref _told));
    }

    public async ValueTask<MonitorSnapshot> CurrentAsync(CancellationToken cancel)
    {
        if (IsFresh)
            return _snapshot;
        await _reading.WaitAsync(cancel);
        try
        {
            if (!IsFresh)
                await ReadAsync(cancel);
            return _snapshot;
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool IsFresh =>
        _changes is { Listening.IsCompletedSuccessfully: true } && Interlocked.Read(ref _seen) == Interlocked.Read(ref _told)
        && _time.GetUtcNow().UtcTicks - Interlocked.Read(ref _readAt) < Longest.Ticks;

    // What is told while we read is read the next time.
    private async Task ReadAsync(CancellationToken cancel)
    {
        var told = Interlocked.Read(ref _told);
        await using var connection = await _store.OpenAsync(cancel);
        var rows = await MonitorCatalogueSql.ReadAsync(connection, cancel);
        if (rows.Count != _rows.Count || rows.Values.Any(r => !_rows.TryGetValue(r.Id, out var known) || !r.Says(known)))
            _snapshot = Snapshot(rows);
        _rows = rows;
        Interlocked.Exchange(ref _readAt, _time.GetUtcNow().UtcTicks);
        Interlocked.Exchange(ref _seen, told);
    }

    private MonitorSnapshot Snapshot(Dictionary<MonitorId, MonitorInForce> rows)
    {
        var index = _snapshot.Index;
        foreach (var gone in _rows.Keys.Where(id => !rows.ContainsKey(id)))
            index = index.Without(gone);
        foreach (var row in rows.Values)
        {
            if (_rows.TryGetValue(row.Id, out var known) && known.Query == row.Query)
                continue;
            // A query that this version no longer reads must not stop the others.
            index = MonitorQuery.Parse(row.Query).Succeeded(out var query) ? index.With(row.Id, query) : index.Without(row.Id);
        }

        return new(index, rows.ToDictionary(r => r.Key, r => r.Value.Brand));
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _reading.Dispose();
    }
}
