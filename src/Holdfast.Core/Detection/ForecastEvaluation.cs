using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

/// <summary>The counts of a monitor since the day before, for rules that ask what is usual of an hour.</summary>
/// <param name="Since">When the monitor was first heard.</param>
/// <param name="Minutes">From <see cref="ForecastRule.Reach"/> before the changed minutes to the hour after them.</param>
/// <param name="Blind">When a source of the brand was blind.</param>
public sealed record HeardDay(DateTimeOffset Since, IReadOnlyList<PulseMinute> Minutes, BlindTimes Blind);

public sealed partial record ForecastRule
{
    /// <summary>Minutes after which no post is late any more.</summary>
    private const int Settled = 15;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How far back it looks: for what is usual, and for the hours that a number asks for in a row.</summary>
    public TimeSpan Reach(IEnumerable<ThresholdRule> numbers) =>
        numbers.Where(IsAbove).Select(rule => rule.Stretch + Hour + Hour).Append(Forecast.Learns).Max();

    /// <summary>Whether anything grew in these minutes: mostly nothing does, and the day before need not be read.</summary>
    public bool CanHold(Pulse pulse, MinuteSpan changed)
    {
        var (near, reached) = (0L, 0L);
        for (var i = 0; i < pulse.Minutes.Count && !Off; i++)
        {
            var minute = pulse.Minutes[i];
            near += minute.Minute > changed.From - Hour && minute.Minute < changed.To + Hour ? minute.Negative : 0;
            reached += minute.Minute >= changed.From && minute.Minute < changed.To + Hour ? minute.Negative : 0;
        }

        if (near < Forecast.FewestPosts || reached == 0)
        {
            return false;
        }

        var sums = new PulseSums(pulse, Metric.Negative, new(changed.From - Hour, changed.To + Hour));
        return Ends(sums, changed).Any();
    }

    /// <summary>
    /// Looks at every minute in which something negative was said, with the hour that ends with it. Posts that are late by no more than is
    /// allowed fall into the last quarter of that hour, where more of them only make the forecast higher: nothing that was said is taken back.
    /// </summary>
    /// <param name="numbers">Of the plan; those of higher levels, an hour long and of negative posts, are looked at.</param>
    public IEnumerable<SignalRun> Evaluate(
        MonitorId monitor, HeardDay heard, MinuteSpan changed, IEnumerable<ThresholdRule> numbers, UsualWeek? usual)
    {
        var above = numbers.Where(IsAbove).ToList();
        var sums = new PulseSums(new(monitor, heard.Minutes), Metric.Negative, new(changed.From - Reach(above), changed.To + Hour));
        if (above.Count == 0 || sums.Empty)
        {
            return [];
        }

        var subject = Subject.Of(SignalKind.Forecast, this, monitor);
        return SignalRun.Joined(Ends(sums, changed)
            .Select(end => Look(subject, sums, end, heard, above, usual))
            .OfType<Finding>()
            .Select(SignalRun.Of));
    }

    /// <summary>The minutes in which something was said and whose hour reaches the changed ones and grew.</summary>
    private static IEnumerable<int> Ends(PulseSums sums, MinuteSpan changed) =>
        Enumerable.Range(sums.Index(changed.From), changed.Count + 60 - 1).Where(end => sums.Count(end, 1) > 0 && Rise.Grows(sums, end));

    /// <summary>Whether a forecast can tell when this number is passed: it is of an hour's negative posts.</summary>
    internal static bool CanForesee(ThresholdRule rule) => rule is { Off: false, Shadow: false, Metric: Metric.Negative } && rule.Window == Hour;

    private bool IsAbove(ThresholdRule rule) => CanForesee(rule) && rule.Level > Level;

    private Finding? Look(Subject subject, PulseSums sums, int end, HeardDay heard, IReadOnlyList<ThresholdRule> above, UsualWeek? usual)
    {
        if (Rise.Of(sums, end, heard) is not { Bands: { } bands } rise)
        {
            return null;
        }

        // Of the numbers that will be passed the lowest is the next.
        var at = sums.Minute(end);
        return above
            .Select(rule => rule.CountAt(at, usual) is { } number && !WasPassed(sums, end, rule.WindowsInARow, number) && Passing(sums, end, rule.WindowsInARow, number, bands) is { Likely: not null } passing
                ? new Finding(subject, at, number, Figures(rise, passing, number), [])
                : null)
            .OfType<Finding>()
            .MinBy(finding => finding.Value);
    }

    /// <summary>When the number will have been passed, in so many hours in a row; what lies further ahead than the window is null.</summary>
    private Crossing Passing(PulseSums sums, int end, int rows, double number, IReadOnlyList<ForecastBand> bands)
    {
        var crossing = Forecast.When(bands, sums.Count(end, 60), number);
        return new(Row(crossing.Earliest), Row(crossing.Likely), Row(crossing.Latest));

        // The hours before the one that is foreseen are known.
        TimeSpan? Row(TimeSpan? after)
        {
            for (var ahead = Math.Ceiling(after?.TotalMinutes ?? double.MaxValue); ahead <= Window.TotalMinutes; ahead++)
            {
                if (Passed(sums, end + (int)ahead - 60, rows - 1, number))
                {
                    return TimeSpan.FromMinutes(ahead);
                }
            }

            return null;
        }
    }

    /// <summary>What was passed within the hour before the newest posts needs no forecast, also where it came down again for a while.</summary>
    private static bool WasPassed(PulseSums sums, int end, int rows, double number) =>
        Enumerable.Range(end - Settled - 59, 60).Any(before => Passed(sums, before, rows, number));

    private static bool Passed(PulseSums sums, int end, int rows, double number) =>
        Enumerable.Range(0, rows).All(row => sums.Count(end - (row * 60), 60) >= number);

    /// <summary>
    /// In an order in which the first that differs is the higher where more posts are known, so that of the same minute the figures of all
    /// posts are kept and of a run those of its first minute: that is when it was called.
    /// </summary>
    private static List<Figure> Figures(Rise rise, Crossing passing, double number)
    {
        List<Figure> figures =
        [
            new("limit", number, "posts"),
            new("negative", rise.Seen, "posts"),
            new("likely after", passing.Likely!.Value.TotalMinutes, "minutes"),
            new("earliest after", passing.Earliest!.Value.TotalMinutes, "minutes"),
            new("usual", Math.Round(rise.Usual, 1), "posts"),
        ];
        if (rise.BlindMinutes > 0)
        {
            figures.Add(new("blind before", rise.BlindMinutes, "minutes"));
        }

        if (passing.Latest is { } latest)
        {
            figures.Add(new("latest after", latest.TotalMinutes, "minutes"));
        }

        return figures;
    }
}
