using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.People;
using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>Reads what is stored of a brand for back-tests. A short history is held in memory, so that it can be judged many times.</summary>
internal sealed class BacktestDesk(Store store, TimeProvider time)
{
    /// <summary>Mentions held in memory, texts included: about 200 MB. A longer history is read from the database by each run.</summary>
    public const int MostInMemory = 200_000;

    /// <summary>Before the first minute, so that what is usual is known on the first day.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays((7 * UsualWeek.MaxWeeks) + 8);

    /// <summary>Calls back with the history while it can be read.</summary>
    public async Task<T> WithAsync<T>(
        Brand brand, DateTimeOffset? from, DateTimeOffset? to, Func<BacktestInput, Task<T>> use, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var zone = new Watched(brand, RuleSet.Default).Zone;
        var stored = new StoredHistory(connection, null, brand.Id, zone, new());
        var extent = await BacktestSql.HistoryAsync(connection, brand.Id, from, to, cancel);
        var monitors = await BacktestSql.MonitorNamesAsync(connection, brand.Id, cancel);
        var marks = await BacktestMarkSql.MarksAsync(connection, brand.Id, cancel);
        var input = new BacktestInput(brand, stored, extent.Span, extent.Mentions, monitors, marks);
        return await use(extent is { Span: { } span, Mentions: <= MostInMemory } ? input with { History = await ReadAsync(stored, span, zone, cancel) } : input);
    }

    /// <summary>The last days of a brand's history, in memory; the newest part of them where they hold more than <see cref="MostInMemory"/>.</summary>
    public async Task<BacktestInput> ReadAsync(Brand brand, int days, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var zone = new Watched(brand, RuleSet.Default).Zone;
        var monitors = await BacktestSql.MonitorNamesAsync(connection, brand.Id, cancel);
        var newest = await BacktestSql.NewestAsync(connection, brand.Id, cancel);
        var from = newest?.AddDays(-days);
        from = await BacktestSql.ManyBackAsync(connection, brand.Id, MostInMemory, cancel) is { } cut && cut > from ? cut : from;
        var extent = await BacktestSql.HistoryAsync(connection, brand.Id, from, null, cancel);
        var stored = new StoredHistory(connection, null, brand.Id, zone, new());
        return extent.Span is { } span
            ? new(brand, await ReadAsync(stored, span, zone, cancel), span, extent.Mentions, monitors, [])
            : new(brand, new ReadHistory([], [], zone), null, 0, monitors, []);
    }

    /// <summary>A person says what a stretch of the history was; null takes it back.</summary>
    public Task MarkAsync(BrandId brand, DateTimeOffset from, DateTimeOffset to, Verdict? verdict, PersonId by, CancellationToken cancel) =>
        store.InTransactionAsync(transaction => BacktestMarkSql.SetAsync(transaction, Ids.New(time), brand, from, to, verdict, by, time.GetUtcNow(), cancel), cancel);

    private static async Task<ReadHistory> ReadAsync(StoredHistory stored, MinuteSpan span, TimeZoneInfo zone, CancellationToken cancel)
    {
        // What lies before and after is looked at by the first and last windows.
        var around = new MinuteSpan(span.From - NetworkMix.Remembers - TimeSpan.FromDays(1), span.To + TimeSpan.FromDays(3));
        var mentions = await stored.MentionsAsync(around, MostInMemory, cancel);
        return new(mentions, await stored.PulsesAsync(around with { From = span.From - Before }, cancel), zone, await stored.BlindAsync(span, cancel));
    }
}
