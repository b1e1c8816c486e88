using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

/// <summary>A count that leaves its expected band on the rise, by a burst that is rare here (BEHAVIOUR 3.3).</summary>
/// <param name="OnceIn">How rare the burst must be: expected no oftener than once in this time.</param>
/// <param name="MinCount">In the window of the burst; fewer is never a spike, however quiet it is otherwise.</param>
/// <param name="Window">After a burst it is quiet for this long; what comes within it is the same signal.</param>
public sealed record SpikeRule(
    string Name, Level Level, Metric Metric, TimeSpan OnceIn, double MinCount, TimeSpan Window, bool Shadow = false, bool Off = false) : IPulseRule
{
    private const string WindowFigure = "window";

    /// <summary>
    /// Our own choice, from labelled series of tweets about companies: with it false alarms stay near one in a month while nine of ten
    /// labelled events are found within the hour (docs/design/detection.md).
    /// </summary>
    public static readonly TimeSpan DefaultOnceIn = TimeSpan.FromDays(18);

    /// <summary>Our own choice: a working day is one signal, and the next morning speaks again.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(10);

    /// <summary>Our own choice: twice what starts the assigning of mentions.</summary>
    public const double DefaultMinCount = 10;

    public static SpikeRule Volume { get; } = new("spike", Level.Two, Metric.Mentions, DefaultOnceIn, DefaultMinCount, DefaultWindow);

    public static SpikeRule Negative { get; } = new("negative-spike", Level.Two, Metric.Negative, DefaultOnceIn, DefaultMinCount, DefaultWindow);

    public static SpikeRule Default => Volume;

    /// <summary>The runs of minutes in which a burst stands out.</summary>
    public IEnumerable<SignalRun> Evaluate(MonitorId monitor, IEnumerable<SpikeLook> looks)
    {
        var subject = Subject.Of(SignalKind.Spike, this, monitor);
        return SignalRun.Joined(looks.Where(Holds).Select(look => SignalRun.Of(new(subject, look.At, look.OnceIn.TotalDays, Figures(look), []))));
    }

    /// <summary>Whether so much was said at all: most monitors are quiet, and need not be looked at closely.</summary>
    /// <param name="pulse">Of the minutes looked at and of <see cref="SpikeWatch.Reach"/> before them, or more.</param>
    public bool CanHold(Pulse pulse)
    {
        var counted = 0L;
        for (var i = 0; i < pulse.Minutes.Count && counted < MinCount; i++)
        {
            counted += pulse.Minutes[i].Count(Metric);
        }

        return counted >= MinCount;
    }

    /// <summary>From the beginning of the window that stood out most.</summary>
    public DateTimeOffset BehindFrom(SignalRun run) =>
        run.StartedAt - TimeSpan.FromMinutes(run.Peak.Figures.FirstOrDefault(figure => figure.Name == WindowFigure)?.Value ?? 0) + TimeSpan.FromMinutes(1);

    /// <summary>Not after the peak: when no more is said than usual, what was said before is no news.</summary>
    private bool Holds(SpikeLook look) => look.OnceIn >= OnceIn && look.Seen >= MinCount && look.Count > look.Usual;

    private List<Figure> Figures(SpikeLook look)
    {
        var unit = Metric == Metric.Reach ? "people reached" : "posts";
        return
        [
            new(Metric.ToString().ToLowerInvariant(), look.Seen, unit),
            new("expected", Math.Round(look.Expected, 1), unit),
            new(WindowFigure, look.Window.TotalMinutes, "minutes"),
            new("once in", Math.Round(look.OnceIn.TotalDays / 7, 1), "weeks"),
            new("limit", Math.Round(OnceIn.TotalDays / 7, 1), "weeks"),
        ];
    }
}
