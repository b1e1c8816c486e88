using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Drills;

/// <summary>One setting of a threshold: how soon it would speak, and how often for nothing.</summary>
/// <param name="Number">The threshold's number.</param>
/// <param name="AlarmsAMonth">Alarms of the history that nobody marked as real: at most so many were false.</param>
/// <param name="MedianMinutes">From an event's first post to the alarm, of those it spoke of; null where it spoke of none.</param>
/// <param name="Found">How many of the events it spoke of while they lasted, with an alarm that was not on before.</param>
public sealed record DelayPoint(double Number, double AlarmsAMonth, double? MedianMinutes, int Found, int Events);

/// <summary>
/// Minutes to detect against false alarms a month, for one rule on one brand's own history. The rule is tried at many numbers. What it
/// says of the history counts as false unless marked real. Then events of invented shapes and of the sizes in <see cref="Sizes"/> are
/// laid over the history at drawn moments, and the time to the first new alarm is taken: an alarm that was on before says nothing new.
/// </summary>
public static class DelayCurve
{
    /// <summary>Our own choice: enough to read a curve from, few enough to be computed while one waits.</summary>
    public const int Events = 24;

    /// <summary>Negative posts in the worst hour of the events: from an issue to a storm.</summary>
    private static readonly double[] Sizes = [12, 30, 80];

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    /// <summary>Numbers to try for a rule: its own, and others from a quarter of it to eight times.</summary>
    public static IReadOnlyList<double> Numbers(ThresholdRule rule) =>
        [.. new[] { 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8 }
            .Select(times => rule.Of == NumberOf.Posts ? Math.Max(1, Math.Round(rule.Number * times)) : Math.Round(rule.Number * times, 2))
            .Distinct()];

    /// <param name="pulses">The whole history, in order.</param>
    /// <param name="seed">The same gives the same events.</param>
    public static IReadOnlyList<DelayPoint> Of(
        ThresholdRule rule, IReadOnlyList<Pulse> pulses, MinuteSpan span, Func<MonitorId, Metric, UsualWeek?> usual, IReadOnlyList<MarkedStretch> marks, int seed)
    {
        if (pulses.MaxBy(pulse => pulse.Minutes.Count) is not { } busiest)
        {
            return [];
        }

        var days = Math.Max(1, TimeSpan.FromMinutes(span.Count).TotalDays);
        var events = Drawn(rule, busiest, span, seed);
        return [.. Numbers(rule).Select(number =>
        {
            var tried = rule with { Number = number, Off = false };
            var alarms = pulses.SelectMany(pulse => tried.Evaluate(pulse, span, usual(pulse.Monitor, rule.Metric))).Count(run => !IsReal(run, marks));
            var delays = events.Select(one => Delay(tried, one, usual(busiest.Monitor, rule.Metric))).OfType<double>().Order().ToList();
            return new DelayPoint(
                number, alarms / days * AlarmCount.DaysInAMonth, delays.Count == 0 ? null : delays[delays.Count / 2], delays.Count, events.Count);
        })];
    }

    private static bool IsReal(SignalRun run, IReadOnlyList<MarkedStretch> marks) =>
        marks.Any(mark => mark.Verdict == Verdict.Real && run.StartedAt <= mark.To && run.LastAt >= mark.From);

    private static double? Delay(ThresholdRule rule, LaidEvent laid, UsualWeek? usual) =>
        rule.Evaluate(laid.Pulse, new(laid.BeganAt - rule.Stretch, laid.BeganAt + Lasts), usual)
            .Where(run => run.StartedAt >= laid.BeganAt)
            .Select(run => (double?)(run.StartedAt - laid.BeganAt).TotalMinutes)
            .FirstOrDefault();

    /// <summary>Events over pieces of the history, long enough for every window that looks at them.</summary>
    private static List<LaidEvent> Drawn(ThresholdRule rule, Pulse pulse, MinuteSpan span, int seed)
    {
        var dice = new Dice(unchecked((ulong)seed + 0x5EED));
        var room = span.Count - (int)Lasts.TotalMinutes;
        var laid = new List<LaidEvent>();
        for (var number = 0; number < Events && room > 0; number++)
        {
            var began = span.From.AddMinutes(dice.Below(room));
            var (from, to) = (began - (2 * rule.Stretch), began + Lasts + rule.Stretch);
            var minutes = pulse.Minutes.Where(minute => minute.Minute >= from && minute.Minute <= to).ToList();
            minutes.AddRange(Shape(dice, Sizes[number % Sizes.Length], slow: number % 2 == 1).Select((count, at) => (count, at)).Where(one => one.count > 0)
                .Select(one => Invented(dice, began.AddMinutes(one.at), one.count)));
            laid.Add(new(began, new(pulse.Monitor, minutes)));
        }

        return laid;
    }

    /// <summary>Posts of each minute: to the height within twenty minutes, or within six hours, and slowly down again.</summary>
    private static IEnumerable<int> Shape(Dice dice, double worstHour, bool slow)
    {
        var rise = slow ? 360 : 20;
        yield return 1;
        for (var minute = 1; minute < (int)Lasts.TotalMinutes; minute++)
        {
            var height = minute < rise ? (double)minute / rise : Math.Pow(0.5, (minute - rise) / 120.0);
            yield return dice.Poisson(worstHour / 60 * height);
        }
    }

    /// <summary>A minute in which so many more people were angry, each once.</summary>
    private static PulseMinute Invented(Dice dice, DateTimeOffset minute, int count)
    {
        var people = Enumerable.Range(0, count).Select(_ => (int)dice.Next()).ToList();
        return new(minute, count, count, count * 200L, people, people);
    }

    private sealed record LaidEvent(DateTimeOffset BeganAt, Pulse Pulse);
}
