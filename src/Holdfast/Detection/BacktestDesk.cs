using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>Reads what is stored of a brand for back-tests. A short history is held in memory, so that it can be judged many times.</summary>
internal sealed class BacktestDesk(Store store)
{
    /// <summary>Mentions held in memory, texts included: about 200 MB. A longer history is read from the database by each run.</summary>
    public const int MostInMemory = 200_000;

    /// <summary>Before the first minute, so that what is usual is known on the first day.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(7 * UsualWeek.MaxWeeks + 1);

    /// <summary>Calls back with the history while it can be read.</summary>
    public async Task<T> WithAsync<T>(
        Brand brand, DateTimeOffset? from, DateTimeOffset? to, Func<BacktestInput, Task<T>> use, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var zone = new Watched(brand, RuleSet.Default).Zone;
        var stored = new StoredHistory(connection, null, brand.Id, zone);
        var extent = await BacktestSql.HistoryAsync(connection, brand.Id, from, to, cancel);
        var monitors = await BacktestSql.MonitorNamesAsync(connection, brand.Id, cancel);
        var input = new BacktestInput(brand, stored, extent.Span, extent.Mentions, monitors, []);
        return await use(extent is { Span: { } span, Mentions: <= MostInMemory } ? input with { History = await ReadAsync(stored, span, zone, cancel) } : input);
    }

    private static async Task<ReadHistory> ReadAsync(StoredHistory stored, MinuteSpan span, TimeZoneInfo zone, CancellationToken cancel)
    {
        // What lies before and after is looked at by the first and last windows.
        var around = new MinuteSpan(span.From - TimeSpan.FromDays(3), span.To + TimeSpan.FromDays(3));
        var mentions = await stored.MentionsAsync(around, MostInMemory, cancel);
        return new(mentions, await stored.PulsesAsync(around with { From = span.From - Before }, cancel), zone);
    }
}
