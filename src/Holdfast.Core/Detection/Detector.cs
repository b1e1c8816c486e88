using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

/// <summary>All that detection looks at for one brand and a stretch of event time.</summary>
/// <param name="Changed">The minutes in which posts are new; everything they can bring about is evaluated.</param>
/// <param name="Pulses">Of each monitor; must reach <see cref="Detector.PulseReach"/> before and after the changed minutes.</param>
/// <param name="Mentions">In order of time; must reach <see cref="Detector.MentionReach"/> before and after.</param>
/// <param name="Usual">What is usual for a monitor and metric, where a rule asks for it.</param>
public sealed record DetectionInput(
    Brand Brand,
    RuleSet Rules,
    MinuteSpan Changed,
    IReadOnlyList<Pulse> Pulses,
    IReadOnlyList<Mention> Mentions,
    Func<MonitorId, Metric, UsualWeek?> Usual)
{
    /// <summary>How unusual the changed buckets of a monitor and metric are; nothing where no rule asks.</summary>
    public Func<MonitorId, Metric, IReadOnlyList<SpikeLook>> Spikes { get; init; } = (_, _) => [];

    /// <summary>Where the brand is usually complained about, where a rule asks.</summary>
    public NetworkMix Networks { get; init; } = NetworkMix.Unknown;

    /// <summary>What was heard of a monitor since the day before; null where no rule asks.</summary>
    public Func<MonitorId, HeardDay?> Days { get; init; } = _ => null;
}

/// <summary>The runs found, and the rules that broke: those are reported and skipped, and never stop the rest.</summary>
public sealed record DetectionOutcome(IReadOnlyList<SignalRun> Runs, IReadOnlyList<RuleFailure> Failures);

/// <summary>A rule that threw instead of answering.</summary>
public sealed record RuleFailure(string Rule, Exception Exception);

/// <summary>The rules of a brand over a stretch of event time. Live and back-test call this same function.</summary>
public static class Detector
{
    public static DetectionOutcome Evaluate(DetectionInput input)
    {
        var failures = new List<RuleFailure>();
        var issues = new Lazy<IssueLook?>(() => input.Rules.SameIssue.Look(input.Brand, input.Mentions, input.Changed));
        var runs = input.Rules.All()
            .Where(rule => !rule.Off)
            .SelectMany(rule => Guarded(rule, input, issues, failures))
            .ToList();
        return new(SignalRun.Joined(runs), failures);
    }

    /// <summary>How much of the pulse before and after the changed minutes the rules look at.</summary>
    public static TimeSpan PulseReach(RuleSet rules) =>
        rules.Thresholds.Where(rule => !rule.Off).Select(rule => rule.Stretch)
            .Concat(rules.Spikes.Where(rule => !rule.Off).Select(_ => SpikeWatch.Reach))
            .Append(rules.Forecast.Off ? TimeSpan.Zero : TimeSpan.FromHours(1))
            .Max();

    /// <summary>How many of the mentions before and after the changed minutes the rules look at.</summary>
    public static TimeSpan MentionReach(RuleSet rules) =>
        rules.All()
            .Where(rule => !rule.Off && rule is not (IPulseRule or BlindRule))
            .Select(rule => rule.Window)
            .DefaultIfEmpty(TimeSpan.Zero)
            .Max();

    private static IReadOnlyList<SignalRun> Guarded(IRule rule, DetectionInput input, Lazy<IssueLook?> issues, List<RuleFailure> failures)
    {
        try
        {
            return [.. Runs(rule, input, issues)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            failures.Add(new(rule.Name, exception));
            return [];
        }
    }

    private static IEnumerable<SignalRun> Runs(IRule rule, DetectionInput input, Lazy<IssueLook?> issues) => rule switch
    {
        ThresholdRule threshold => input.Pulses.SelectMany(pulse =>
            threshold.Evaluate(pulse, input.Changed, input.Usual(pulse.Monitor, threshold.Metric))),
        SpikeRule spike => input.Pulses.SelectMany(pulse => spike.Evaluate(pulse.Monitor, input.Spikes(pulse.Monitor, spike.Metric))),
        ForecastRule forecast => input.Pulses.SelectMany(pulse => input.Days(pulse.Monitor) is { } heard
            ? forecast.Evaluate(pulse.Monitor, heard, input.Changed, input.Rules.Thresholds, input.Usual(pulse.Monitor, Metric.Negative))
            : []),
        SameIssueRule issue => issues.Value is { } look ? issue.Evaluate(look) : [],
        SpreadRule spread => !input.Rules.SameIssue.Off && issues.Value is { } look ? spread.Evaluate(look, input.Networks) : [],
        RiskWordRule risk => risk.Evaluate(input.Mentions, input.Changed).Select(SignalRun.Of),
        ProminentVoiceRule prominent => prominent.Evaluate(input.Mentions, input.Changed).Select(SignalRun.Of),
        _ => [],
    };
}
