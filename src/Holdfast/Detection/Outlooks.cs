using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>Where the rises of brands go. A post that two monitors heard is one post: the busiest monitor stands for the brand.</summary>
internal static class Outlooks
{
    /// <summary>Only the brands in which something rises; mostly one statement finds none.</summary>
    public static async Task<IReadOnlyDictionary<BrandId, Outlook>> OfAsync(
        NpgsqlConnection connection, IReadOnlyList<BrandId> brands, DateTimeOffset now, CancellationToken cancel)
    {
        var outlooks = new Dictionary<BrandId, Outlook>();
        foreach (var pulses in (await OutlookSql.LastHourAsync(connection, brands, now, cancel)).GroupBy(one => one.Brand, one => one.Pulse))
        {
            var busiest = pulses.MaxBy(pulse => pulse.Minutes.Sum(minute => minute.Negative))!;
            if (Outlook.IsRising(busiest.Minutes, now) && await OfAsync(connection, pulses.Key, busiest, now, cancel) is { } outlook)
            {
                outlooks.Add(pulses.Key, outlook);
            }
        }

        return outlooks;
    }

    private static async Task<Outlook?> OfAsync(NpgsqlConnection connection, BrandId brand, Pulse pulse, DateTimeOffset now, CancellationToken cancel)
    {
        if (await DetectionSql.BrandAsync(connection, null, brand, null, now, cancel) is not { } row)
        {
            return null;
        }

        var watched = new Watched(row.ToBrand(), row.Rules is { } rules ? Json.Read<RuleSet>(rules) : RuleSet.Default);
        var history = new StoredHistory(connection, null, brand, watched.Zone, new());
        var span = MinuteSpan.Of(now, now);
        if (await history.SinceAsync(pulse.Monitor, cancel) is not { } since)
        {
            return null;
        }

        var usual = watched.Rules.Thresholds.Any(rule => rule is { Off: false, AsksForUsual: true, Metric: Metric.Negative })
            ? await history.UsualAsync(pulse.Monitor, Metric.Negative, span, cancel)
            : null;
        var day = await history.CountsAsync(pulse.Monitor, span with { From = span.From - Forecast.Learns }, cancel);
        var heard = new HeardDay(since, day, await history.BlindAsync(span, cancel));
        return Outlook.Of(heard, now, watched.Rules.Thresholds, usual);
    }
}
