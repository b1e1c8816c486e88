using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>A source with the judgement of its health, as its pages and detection's Blind rule see it.</summary>
public sealed record SourceView(SourceRow Row, SourceHealth Health, long LastHour);

/// <summary>How the sources are doing.</summary>
internal sealed class SourceBoard(Database.Store store, TimeProvider time)
{
    private const int ParkedAtATime = 50;
    private const int ParkedBytes = 4_000;

    public async Task<IReadOnlyList<SourceView>> AllAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var connection = await store.OpenAsync(cancel);
        var hours = await SourceSql.HoursAsync(connection, now - SourceHealth.Memory, now);
        return [.. (await SourceSql.AllAsync(connection)).Select(row => View(row, [.. hours[row.Id]], now))];
    }

    public async Task<SourceView?> FindAsync(SourceId id, CancellationToken cancel) => (await AllAsync(cancel)).FirstOrDefault(s => s.Row.Id == id);

    public async Task<IReadOnlyList<ParkedRow>> ParkedAsync(SourceId id, Guid? before, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await SourceSql.ParkedAsync(connection, id, before, ParkedAtATime, ParkedBytes);
    }

    private static SourceView View(SourceRow row, IReadOnlyList<SourceHour> hours, DateTimeOffset now)
    {
        var facts = new SourceFacts(
            row.Kind is nameof(SourceKind.File) or nameof(SourceKind.Hand), row.CreatedAt, row.ExpectedWithin, row.LastPostAt, row.LastErrorAt,
            [.. hours.Select(h => new HourOfArrivals(h.Hour, h.Arrived))]);
        var thisHour = hours.Where(h => h.Hour > now.AddHours(-1)).Sum(h => h.Arrived);
        return new(row, SourceHealth.Decide(facts, now), thisHour);
    }
}
