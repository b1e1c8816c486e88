using Holdfast.Core.Detection;
using Holdfast.Shell;

namespace Holdfast.Detection;

/// <summary>The history as a chart: what was counted, with the situations of the plan in force as marks.</summary>
internal static class BacktestChart
{
    private const int MostPoints = 400;
    private const int MostMarks = 24;
    private static readonly TimeSpan[] Steps =
        [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    public static ChartData Draw(BacktestView view, Words<BacktestRuns> T)
    {
        var (input, step) = (view.Report.Input, Step(view.Report.Input));
        var (from, to) = (From(input, step), input.Span!.Value.To);
        var counts = new double[(int)((to - from) / step) + 1];
        foreach (var minute in Busiest(input).Where(minute => minute.Minute >= from && minute.Minute <= to))
        {
            counts[(int)((minute.Minute - from) / step)] += minute.Negative;
        }

        return new ChartData(
            step < TimeSpan.FromHours(1) ? T["backtest.unit.minutes", (int)step.TotalMinutes] : T["backtest.unit.hours", (int)step.TotalHours],
            new ChartSeries(T["backtest.negative"], [.. counts.Select((count, i) => ChartData.Point(from + (i * step), Known(input, from + (i * step), step, count)))]),
            input.Brand.TimeZone,
            Thresholds: Thresholds(view, step),
            Marks: [.. view.InForce.Situations.Take(MostMarks).Select(one => new ChartMark($"{(int)one.Highest}", one.From.ToUnixTimeMilliseconds(), (int)one.Highest))]);
    }

    /// <summary>The first instant of the chart and its length, for what stands beneath it.</summary>
    public static (DateTimeOffset From, TimeSpan Length) Extent(BacktestInput input)
    {
        var step = Step(input);
        var from = From(input, step);
        return (from, step * Math.Max(1, (int)((input.Span!.Value.To - from) / step)));
    }

    /// <summary>The number that is turned, where the chart counts in the rule's own window.</summary>
    private static List<ChartThreshold>? Thresholds(BacktestView view, TimeSpan step) =>
        view.Dial is { Times: false } dial && view.Plan.Plan.Rules.Thresholds.Any(rule => rule.Name == dial.Rule && rule.Metric == Metric.Negative && rule.Window == step)
            ? [new ChartThreshold(view.Number.ToString("0.#", System.Globalization.CultureInfo.CurrentCulture), view.Number, (int)dial.Level)]
            : null;

    /// <summary>Nothing heard while a source was blind is a gap.</summary>
    private static double? Known(BacktestInput input, DateTimeOffset at, TimeSpan step, double count) =>
        count > 0 || !((ReadHistory)input.History).Blind.Touch(at, step) ? count : null;

    /// <summary>A post that two monitors heard is one post: the monitor that heard most stands for the brand.</summary>
    private static IReadOnlyList<PulseMinute> Busiest(BacktestInput input) =>
        ((ReadHistory)input.History).Pulses.MaxBy(pulse => pulse.Minutes.Count)?.Minutes ?? [];

    private static DateTimeOffset From(BacktestInput input, TimeSpan step) => Floor(input.ShownFrom ?? input.Span!.Value.From, step);

    private static TimeSpan Step(BacktestInput input) =>
        Steps.FirstOrDefault(each => (input.Span!.Value.To - (input.ShownFrom ?? input.Span.Value.From)) / each <= MostPoints, Steps[^1]);

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks % step.Ticks), TimeSpan.Zero);
}
