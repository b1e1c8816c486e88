using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Shell;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>The room's chart: negative mentions against the band they are expected in, with the levels and our acts as marks.</summary>
internal sealed class RoomChart(Store store)
{
    private const int MostPoints = 300;
    private const int MostMarks = 8;
    private static readonly TimeSpan[] Steps =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    /// <summary>What is expected is learnt from so much before, as the spike rule does.</summary>
    private static readonly TimeSpan Learnt = TimeSpan.FromDays(56);

    /// <summary>After its last signal a storm is followed for so long, also when it was imported years later.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(6);

    public async Task<ChartData> DrawAsync(RoomView room, Words<RoomPage> T, CancellationToken cancel)
    {
        var from = RoomBoard.Since(room.Situation, room.Signals);
        var lastHeard = room.Signals.Count == 0 ? room.At : room.Signals.Max(signal => signal.LastAt) + Aftermath;
        var to = lastHeard < room.At ? lastHeard : room.At;
        var step = Steps.FirstOrDefault(each => (to - from) / each <= MostPoints, Steps[^1]);
        from = Floor(from, step);
        await using var connection = await store.OpenAsync(cancel);
        var points = await ChartSql.CountsAsync(connection, room.Brand.Brand, from, to, step);
        var blind = await DetectionSql.BlindAsync(connection, null, room.Brand.Brand, from - Learnt, to, cancel);
        var counts = Filled(points, from, to, step);
        var times = Enumerable.Range(0, counts.Length).Select(i => from + i * step).ToArray();
        var shown = Shown(counts, isWhole: times[^1] + step <= room.At);
        return new ChartData(
            step < TimeSpan.FromHours(1) ? T["chart.unit.minutes", (int)step.TotalMinutes] : T["chart.unit.hours", (int)step.TotalHours],
            new ChartSeries(T["chart.negative"], [.. counts.Take(shown).Select((count, i) => ChartData.Point(times[i], count > 0 || !blind.Touch(times[i], step) ? count : null))]),
            room.Brand.Zone,
            step <= TimeSpan.FromHours(1) ? await ExpectedAsync(connection, room, times, step, blind, T) : null,
            room.Outlook is { } outlook && to == room.At && step <= TimeSpan.FromHours(1) ? Forecast(outlook, ChartData.Point(times[shown - 1], counts[shown - 1]), step, T) : null,
            Marks: Marks(room, from, to, T),
            Blind: [.. blind.Between(from, to).Select(each => new ChartStretch(T["chart.blind"], each.From.ToUnixTimeMilliseconds(), each.To.ToUnixTimeMilliseconds()))]);
    }

    /// <summary>A step that is still being filled looks like a fall: it is drawn when it is whole, or already above the one before.</summary>
    private static int Shown(double[] counts, bool isWhole) => counts.Length - (isWhole || counts.Length < 2 || counts[^1] > counts[^2] ? 0 : 1);

    /// <summary>The band in which the detector of spikes expected each step, knowing what came before it; null while it is still learning.</summary>
    private static async Task<ChartBand?> ExpectedAsync(
        NpgsqlConnection connection, RoomView room, DateTimeOffset[] times, TimeSpan step, BlindTimes blind, Words<RoomPage> T)
    {
        var from = times[0] - Learnt;
        var counts = await ChartSql.CountsAsync(connection, room.Brand.Brand, from, times[^1], step);
        if (!await ChartSql.HeardBeforeAsync(connection, room.Brand.Brand, from))
        {
            from = DateTimeOffset.FromUnixTimeSeconds(counts.Keys.Append(times[0].ToUnixTimeSeconds()).Min());
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(room.Brand.Zone, out var found) ? found : TimeZoneInfo.Utc;
        var detector = new SpikeDetector(from, step, zone);
        var looks = SpikeTrace.Between(detector, times[0], times.Length, at => new(counts.GetValueOrDefault(at.ToUnixTimeSeconds()), !blind.Touch(at, step))).ToList();
        return looks[0].Learning
            ? null
            : new ChartBand(
                T["chart.expected"],
                [.. looks.Select(look => ChartData.Point(look.At, Math.Round(look.Low, 2)))],
                [.. looks.Select(look => ChartData.Point(look.At, Math.Round(look.High, 2)))]);
    }

    /// <summary>The mean of each step between now, where the line ends, and each horizon.</summary>
    private static ChartForecast? Forecast(Outlook outlook, double[] now, TimeSpan step, Words<RoomPage> T)
    {
        if (outlook.Coming.Count == 0)
        {
            return null;
        }

        double[][] Points(Func<ForecastBand, double> of) =>
            [now, .. outlook.Coming.Select(band => ChartData.Point(outlook.At + band.After, Math.Round(Math.Max(0, of(band)) * (step / band.After), 1)))];
        return new(T["chart.forecast"], Points(band => band.Middle), Points(band => band.Low), Points(band => band.High));
    }

    /// <summary>Levels where the signals put them in event time, and what people did by our clock where that lies in the picture.</summary>
    private static List<ChartMark> Marks(RoomView room, DateTimeOffset from, DateTimeOffset to, Words<RoomPage> T)
    {
        var signals = room.Signals
            .GroupBy(signal => signal.Level).Select(level => level.MinBy(signal => signal.StartedAt)!)
            .Select(signal => new ChartMark(signal.Level.ToString(System.Globalization.CultureInfo.InvariantCulture), signal.StartedAt.ToUnixTimeMilliseconds(), signal.Level));
        var acts = room.Timeline.Where(entry => !room.Situation.Struck.ContainsKey(entry.Seq)).Select(entry => entry.Event switch
        {
            LevelRaised { Reason: not null } e => new ChartMark(T["mark.raised", (int)e.To], Ms(entry), (int)e.To),
            LevelConfirmed e => new ChartMark(T["mark.confirmed", (int)e.Level], Ms(entry), (int)e.Level),
            PageAcknowledged => new ChartMark(T["mark.acknowledged"], Ms(entry)),
            DecisionTaken => new ChartMark(T["mark.decided"], Ms(entry)),
            PromiseKept => new ChartMark(T["mark.kept"], Ms(entry)),
            Contained => new ChartMark(T["mark.contained"], Ms(entry)),
            Resolved => new ChartMark(T["mark.resolved"], Ms(entry)),
            _ => null,
        }).OfType<ChartMark>();
        return [.. signals.Concat(acts).Where(mark => mark.At >= from.ToUnixTimeMilliseconds() && mark.At <= to.ToUnixTimeMilliseconds()).Take(MostMarks)];
    }

    private static long Ms(TimelineEntry entry) => entry.At.ToUnixTimeMilliseconds();

    private static double[] Filled(IReadOnlyDictionary<long, int> counts, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        var filled = new double[Math.Max(1, (int)((to - from) / step) + 1)];
        foreach (var (second, count) in counts)
        {
            var at = (int)((second - from.ToUnixTimeSeconds()) / (long)step.TotalSeconds);
            if (at >= 0 && at < filled.Length)
            {
                filled[at] += count;
            }
        }

        return filled;
    }

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - at.UtcTicks % step.Ticks, TimeSpan.Zero);
}
