namespace Holdfast.Core.Detection;

/// <summary>A rule that looks at counts and not at posts: those behind its signals are looked up afterwards.</summary>
public interface IPulseRule : IRule
{
    Metric Metric { get; }

    /// <summary>The first instant whose posts can be behind a run of this rule.</summary>
    DateTimeOffset BehindFrom(SignalRun run);
}
