using System.Globalization;

namespace Holdfast.Listening;

/// <summary>Where the zone of a time is said.</summary>
internal enum ImportTimeZone
{
    InText,
    Utc,
    NotSaid,
}

/// <summary>One way in which times are written.</summary>
/// <param name="Pattern">A .NET pattern; null for the numbers.</param>
internal sealed record ImportTimeFormat(string Name, string? Pattern, ImportTimeZone Zone)
{
    /// <summary>Null where the text is not of this format.</summary>
    public DateTimeOffset? Read(string text, TimeZoneInfo zone)
    {
        text = text.Trim();
        if (Pattern is null)
        {
            return Number(text);
        }

        if (Zone == ImportTimeZone.InText)
        {
            return EndsInZone(text) && DateTimeOffset.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                ? at.ToUniversalTime()
                : null;
        }

        return DateTime.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? InZone(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Zone == ImportTimeZone.Utc ? TimeZoneInfo.Utc : zone)
            : null;
    }

    // The pattern K is also content with no zone at all.
    private static bool EndsInZone(string text) => text.Length > 6 && (text[^1] == 'Z' || text.AsSpan(text.Length / 2).IndexOfAny('+', '-') >= 0);

    private DateTimeOffset? Number(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var milliseconds = Name switch { "unix s" => number * 1000, "unix ms" => number, _ => number / 1000 };
        // From 1980 to 2200: outside of that it is another number.
        return milliseconds is > 315_532_800_000m and < 7_258_118_400_000m ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
    }

    private static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone)
    {
        // The hour that a clock change leaves out is read with the offset before it; the hour that is twice, as the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

/// <summary>Finds out how the times of a file are written.</summary>
internal static class ImportTimes
{
    /// <summary>Of a column that is known to hold times: more good than bad.</summary>
    public const double Most = 0.5;

    /// <summary>Of a column that may hold anything.</summary>
    public const double NearlyAll = 0.9;

    private static readonly string[] Clocks = ["HH:mm:ss.FFFFFFF", "HH:mm:ss", "HH:mm", "H:mm", "h:mm:ss tt", "h:mm tt"];

    private static readonly ImportTimeFormat[] All =
    [
        new("ISO 8601", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", ImportTimeZone.InText),
        new("ISO 8601", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", ImportTimeZone.InText),
        new("ISO 8601", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF' 'zzz", ImportTimeZone.InText),
        new("ISO 8601", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF' UTC'", ImportTimeZone.Utc),
        new("ISO 8601", "yyyy-MM-dd'T'HH:mmK", ImportTimeZone.InText),
        new("ISO 8601", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", ImportTimeZone.NotSaid),
        new("Twitter's", "ddd MMM dd HH:mm:ss zzz yyyy", ImportTimeZone.InText),
        new("RFC 1123", "ddd, d MMM yyyy HH:mm:ss 'GMT'", ImportTimeZone.Utc),
        new("RFC 2822", "ddd, d MMM yyyy HH:mm:ss zzz", ImportTimeZone.InText),
        new("unix s", null, ImportTimeZone.Utc),
        new("unix ms", null, ImportTimeZone.Utc),
        new("unix µs", null, ImportTimeZone.Utc),
        .. Days("yyyy-MM-dd", "year-month-day"),
        .. Days("yyyy/MM/dd", "year/month/day"),
        .. Days("d.M.yyyy", "day.month.year"),
        .. Days("d/M/yyyy", "day/month/year"),
        .. Days("M/d/yyyy", "month/day/year"),
        .. Days("d-M-yyyy", "day-month-year"),
        .. Days("d MMM yyyy", "day month year"),
        .. Days("MMM d, yyyy", "month day, year"),
    ];

    public static bool LooksLikeTime(string text) => All.Any(f => f.Pattern is not null && f.Read(text, TimeZoneInfo.Utc) is not null);

    /// <summary>The format that reads the most; null where none reads enough of them.</summary>
    /// <param name="ambiguous">Day and month could be either way round; the first of the two is returned.</param>
    public static ImportTimeFormat? Detect(IReadOnlyCollection<string> texts, bool? monthFirst, double enough, out bool ambiguous)
    {
        ambiguous = false;
        var filled = texts.Where(t => !string.IsNullOrWhiteSpace(t)).ToList();
        if (filled.Count == 0)
        {
            return null;
        }

        var scored = All.Select(f => (Format: f, Read: filled.Count(t => f.Read(t, TimeZoneInfo.Utc) is not null))).ToList();
        var best = scored.Max(s => s.Read);
        if (best < filled.Count * enough)
        {
            return null;
        }

        var winners = scored.Where(s => s.Read == best).Select(s => s.Format).ToList();
        var dayOrMonth = winners.FindAll(w => w.Name is "day/month/year" or "month/day/year");
        ambiguous = dayOrMonth.Select(w => w.Name).Distinct().Count() > 1 && monthFirst is null;
        return monthFirst is { } first && dayOrMonth.Find(w => w.Name == (first ? "month/day/year" : "day/month/year")) is { } asked ? asked : winners[0];
    }

    private static IEnumerable<ImportTimeFormat> Days(string day, string name) =>
        Clocks.Select(c => new ImportTimeFormat(name, $"{day} {c}", ImportTimeZone.NotSaid)).Append(new(name, day, ImportTimeZone.NotSaid));
}
