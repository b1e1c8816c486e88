using System.Globalization;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>Everything the calendar's page shows.</summary>
public sealed record CalendarView(
    CalendarFilter Filter,
    IReadOnlyList<Brand> Brands,
    Brand? Brand,
    IReadOnlyList<AccountRow> Accounts,
    IReadOnlyDictionary<PostState, (long Posts, long Untimed)> Counts,
    DateOnly Day,
    DateOnly Today,
    IReadOnlyList<CalendarDay> Days,
    IReadOnlyList<CalendarEntry> Listed,
    string? After)
{
    public static readonly CalendarView Nothing = new(
        new(null, CalendarShape.Week, null, null, CalendarOf.All, null), [], null, [], new Dictionary<PostState, (long, long)>(), default, default, [], [], null);

    public long Count(params ReadOnlySpan<PostState> states)
    {
        var sum = 0L;
        foreach (var state in states)
        {
            sum += Counts.GetValueOrDefault(state).Posts;
        }

        return sum;
    }

    public long Untimed => Counts.GetValueOrDefault(PostState.Draft).Untimed;
}

/// <summary>Lays a brand's plan out by day, by the clocks of the brand.</summary>
internal sealed class CalendarDesk(Store store, TimeProvider time)
{
    private const int DaysOfWeek = 7;
    private const int WeeksOfMonth = 6;

    public async Task<CalendarView> LookAsync(CalendarFilter filter, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var brands = await BrandSql.AllAsync(connection, cancel);
        if ((brands.FirstOrDefault(each => each.Id.Value == filter.Brand) ?? (brands.Count > 0 ? brands[0] : null)) is not { } brand)
        {
            return CalendarView.Nothing;
        }

        var accounts = (await AccountSql.AllAsync(connection, cancel)).Where(account => account.Brand == brand.Id).ToList();
        var counts = await CalendarSql.CountsAsync(connection, brand.Id, cancel);
        var zone = Zone(brand);
        var today = DateOnly.FromDateTime(WallTime.Show(time.GetUtcNow(), zone));
        var day = filter.Day ?? today;
        var view = new CalendarView(filter, brands, brand, accounts, counts, day, today, [], [], null);
        if (filter.Shape == CalendarShape.List)
        {
            return await ListAsync(view, brand, zone, connection, cancel);
        }

        var (first, length) = filter.Shape == CalendarShape.Month ? (Monday(new DateOnly(day.Year, day.Month, 1)), WeeksOfMonth * DaysOfWeek) : (Monday(day), DaysOfWeek);
        var rows = await CalendarSql.BetweenAsync(
            connection, brand.Id, WallTime.DayBegins(first, zone), WallTime.DayBegins(first.AddDays(length), zone), filter.Account, cancel);
        var byDay = CalendarEntry.Of(rows).ToLookup(entry => DateOnly.FromDateTime(WallTime.Show(entry.First.DueAt!.Value, zone)));
        return view with
        {
            Days = [.. Enumerable.Range(0, length).Select(first.AddDays).Select(each => new CalendarDay(
                each, each == today, filter.Shape == CalendarShape.Month && each.Month != day.Month, WallTime.ChangeOn(each, zone), [.. byDay[each]]))],
        };
    }

    /// <summary>Those with a time in its order (what was sent: the last first), after them the drafts that have none.</summary>
    private static async Task<CalendarView> ListAsync(CalendarView view, Brand brand, TimeZoneInfo zone, Npgsql.NpgsqlConnection connection, CancellationToken cancel)
    {
        var filter = view.Filter;
        var query = new CalendarQuery(brand.Id, filter.States, filter.Account);
        DateTimeOffset? from = filter.Of is CalendarOf.All ? WallTime.DayBegins(view.Day, zone) : null;
        var rows = await CalendarSql.ListedAsync(connection, query, from, Key(filter.After), filter.Of == CalendarOf.Sent, cancel);
        var more = rows.Count > CalendarSql.PageLength;
        var shown = more ? rows[..CalendarSql.PageLength] : [.. rows, .. await CalendarSql.UntimedAsync(connection, query, cancel)];
        var after = more ? $"{shown[^1].DueAt!.Value.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{shown[^1].Id.Value:N}" : null;
        return view with { Listed = CalendarEntry.Of(shown), After = after };
    }

    private static (DateTimeOffset At, Guid Id)? Key(string? after) =>
        after?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && number < DateTimeOffset.MaxValue.Ticks && Guid.TryParseExact(id, "N", out var guid)
            ? (new DateTimeOffset(number, TimeSpan.Zero), guid)
            : null;

    public static TimeZoneInfo Zone(Brand brand) => TimeZoneInfo.TryFindSystemTimeZoneById(brand.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % DaysOfWeek));
}
