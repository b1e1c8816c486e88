using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Shell;

namespace Holdfast.Situations;

/// <summary>The room's chart: negative mentions against the band they are expected in, with the levels and our acts as marks.</summary>
internal sealed class RoomChart(Store store)
{
    private const int MostPoints = 300;
    private const int MostMarks = 8;
    private static readonly int[] Weeks = [1, 2, 3, 4, 5, 6];
    private static readonly TimeSpan[] Steps =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

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
        var counts = Filled(points, from, to, step);
        var past = new List<double[]>();
        foreach (var week in Weeks)
        {
            var shift = TimeSpan.FromDays(7 * week);
            if (await ChartSql.HeardBeforeAsync(connection, room.Brand.Brand, from - shift))
            {
                past.Add(Filled(await ChartSql.CountsAsync(connection, room.Brand.Brand, from - shift, to - shift, step), from - shift, to - shift, step));
            }
        }

        var times = Enumerable.Range(0, counts.Length).Select(i => from + i * step).ToArray();
        return new ChartData(
            step < TimeSpan.FromHours(1) ? T["chart.unit.minutes", (int)step.TotalMinutes] : T["chart.unit.hours", (int)step.TotalHours],
            new ChartSeries(T["chart.negative"], [.. counts.Select((count, i) => ChartData.Point(times[i], count))]),
            room.Brand.Zone,
            Expected(times, past, T),
            Marks: Marks(room, from, to, T));
    }

    private static ChartBand? Expected(DateTimeOffset[] times, List<double[]> past, Words<RoomPage> T)
    {
        if (past.Count < 2)
        {
            return null;
        }

        // One step alone is too few posts to have a norm: each point takes its neighbours' with it.
        var bands = times.Select((_, i) => ExpectedBand.Of([.. past.Select(week => Around(week, i))])!.Value).ToList();
        return new ChartBand(
            T["chart.expected"],
            [.. bands.Select((band, i) => ChartData.Point(times[i], Math.Round(band.Low, 2)))],
            [.. bands.Select((band, i) => ChartData.Point(times[i], Math.Round(band.High, 2)))]);
    }

    private static double Around(double[] counts, int at)
    {
        var (first, last) = (Math.Max(0, at - 6), Math.Min(counts.Length - 1, at + 6));
        return counts[first..(last + 1)].Average();
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
