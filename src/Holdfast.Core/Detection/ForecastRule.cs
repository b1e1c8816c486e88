namespace Holdfast.Core.Detection;

/// <summary>
/// A rise of negative posts that will do within the hour what a number of the plan asks for: its own level, one below, is raised before
/// (BEHAVIOUR 3.7). It looks at the numbers of levels above its own.
/// </summary>
/// <param name="Window">How soon the number must be passed; runs of findings closer than this are one.</param>
public sealed partial record ForecastRule(string Name, Level Level, TimeSpan Window, bool Shadow = false, bool Off = false) : IPulseRule
{
    /// <summary>BEHAVIOUR 3.7: "raises one level early if within 60 minutes".</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(60);

    /// <summary>Our own choice: in shadow, as of four early calls one is false and most come only minutes before (docs/design/detection.md).</summary>
    public static ForecastRule Default { get; } = new("forecast", Level.Three, DefaultWindow, Shadow: true);

    Metric IPulseRule.Metric => Metric.Negative;

    /// <summary>From the beginning of the hour whose growth was looked at first.</summary>
    public DateTimeOffset BehindFrom(SignalRun run) => run.StartedAt - Hour + TimeSpan.FromMinutes(1);
}
