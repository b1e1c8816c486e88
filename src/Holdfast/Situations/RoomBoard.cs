using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Detection;

namespace Holdfast.Situations;

/// <summary>Reads what the pages of situations show.</summary>
internal sealed class RoomBoard(Store store, TimeProvider time)
{
    /// <summary>What was said shortly before the first signal belongs to the story.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>Null where there is no such situation.</summary>
    public async Task<RoomView?> RoomAsync(SituationId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await RoomSql.BrandAsync(connection, id) is not { } brand)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var timeline = await TimelineSql.EntriesAsync(connection, id, cancel);
        var situation = Situation.From(id, timeline);
        var signals = await RoomSql.SignalsAsync(connection, id);
        var people = await RoomSql.PeopleAsync(connection);
        var since = Since(situation, signals);
        var rising = situation.IsLive ? await Outlooks.OfAsync(connection, [brand.Brand], now, cancel) : null;
        return new RoomView(
            situation, brand, timeline, signals,
            await RoomSql.SaidAsync(connection, id, brand.Brand, since, RoomView.SaidShown),
            await RoomSql.NetworksAsync(connection, id, brand.Brand, since),
            await RoomSql.OriginAsync(connection, id),
            await RoomSql.PagesAsync(connection, id),
            await RoomSql.AttemptsAsync(connection, id),
            await RoomSql.OthersAsync(connection, id, brand.Brand),
            people,
            Duties(await RoomSql.PlanAsync(connection, brand.Brand, now), situation.Proposed?.Level ?? situation.Level, people),
            now)
        {
            Outlook = rising?.GetValueOrDefault(brand.Brand),
        };
    }

    public async Task<SituationsView> ListAsync(bool ended, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var now = time.GetUtcNow();
        return new SituationsView(
            await ListSql.BrandsAsync(connection),
            await ListSql.SituationsAsync(connection, ended),
            ended ? [] : await ListSql.WatchedAsync(connection, now),
            ended,
            now);
    }

    /// <summary>Event time from which posts belong to the story; imported history is older than the situation itself.</summary>
    public static DateTimeOffset Since(Situation situation, IReadOnlyList<RoomSignal> signals) =>
        signals.Select(signal => signal.StartedAt).Append(situation.OpenedAt).Min() - Before;

    private static List<RoomDuty> Duties(CrisisPlan? plan, Level level, IReadOnlyList<RoomPerson> people) => plan is null
        ? []
        : [.. plan.Definition(level).Who.Select(kind =>
        {
            var holders = plan.Holders(kind, level);
            PersonId[] ids = holders.First is { } first ? [first, .. holders.Deputies] : [.. holders.Deputies];
            return new RoomDuty(kind, [.. ids.Select(id => people.FirstOrDefault(p => p.Id == id)?.Name).OfType<string>()]);
        })];
}
