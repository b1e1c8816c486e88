using System.Globalization;
using Holdfast.Core.Publishing;

namespace Holdfast.Publishing;

/// <summary>How the posts are looked at; it stands in the address.</summary>
public enum CalendarShape
{
    Week,
    Month,
    List,
}

/// <summary>What the list shows.</summary>
public enum CalendarOf
{
    All,

    /// <summary>Held, unknown, rejected: a person is asked for.</summary>
    Attention,
    Scheduled,
    Approval,
    Draft,
    Sent,
}

/// <summary>What somebody wants to see of a brand's plan.</summary>
public sealed record CalendarFilter(Guid? Brand, CalendarShape Shape, DateOnly? Day, Guid? Account, CalendarOf Of, string? After)
{
    public static CalendarFilter Read(IQueryCollection query) => new(
        Guid.TryParse(query["brand"], out var brand) ? brand : null,
        Enum.TryParse<CalendarShape>(query["view"], ignoreCase: true, out var shape) && Enum.IsDefined(shape) ? shape : CalendarShape.Week,
        DateOnly.TryParseExact(query["day"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200 ? day : null,
        Guid.TryParse(query["account"], out var account) ? account : null,
        Enum.TryParse<CalendarOf>(query["of"], ignoreCase: true, out var of) && Enum.IsDefined(of) ? of : CalendarOf.All,
        query["after"].ToString() is { Length: > 0 } after ? after : null);

    public string Address
    {
        get
        {
            (string Name, string? Value)[] parts =
            [
                ("brand", Brand?.ToString()),
                ("view", Shape == CalendarShape.Week ? null : Word(Shape)),
                ("day", Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("account", Account?.ToString()),
                ("of", Of == CalendarOf.All ? null : Word(Of)),
                ("after", After),
            ];
            var query = string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
            return query.Length == 0 ? "/posts" : $"/posts?{query}";
        }
    }

    public IReadOnlyList<PostState> States => Of switch
    {
        CalendarOf.Attention => [PostState.Held, PostState.Unknown, PostState.Rejected],
        CalendarOf.Scheduled => [PostState.Scheduled, PostState.Sending],
        CalendarOf.Approval => [PostState.AwaitingApproval],
        CalendarOf.Draft => [PostState.Draft],
        CalendarOf.Sent => [PostState.Sent],
        _ => [.. Enum.GetValues<PostState>().Except([PostState.Dropped])],
    };

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}

/// <summary>Posts that were written together and are due together, as one entry.</summary>
public sealed record CalendarEntry(IReadOnlyList<CalendarRow> Posts)
{
    public CalendarRow First => Posts[0];

    /// <summary>Of several, the one that asks most for a person.</summary>
    public CalendarRow Worst => Posts.MinBy(post => Urgency.Of(post.State))!;

    public bool Movable => Posts.Any(post => post.Movable);

    public bool NeedsAPerson => Worst.State is PostState.Unknown or PostState.Held or PostState.Rejected;

    public static List<CalendarEntry> Of(IEnumerable<CalendarRow> rows) =>
        [.. rows.GroupBy(row => (row.Set, row.DueAt)).Select(group => new CalendarEntry([.. group]))];
}

/// <summary>A day of the calendar as its clocks show it.</summary>
public sealed record CalendarDay(DateOnly Day, bool IsToday, bool IsOutside, ClockChange? Change, IReadOnlyList<CalendarEntry> Entries)
{
    public string Iso => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
