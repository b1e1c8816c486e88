using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Detection;

/// <summary>The brand and the rules in force, as detection needs them.</summary>
internal sealed record Watched(Brand Brand, RuleSet Rules)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.TryFindSystemTimeZoneById(Brand.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}

/// <summary>
/// Reads a stretch of event time and gives it to the detector. Live detection and back-test both come through here, so that they
/// see the same.
/// </summary>
internal static class Detected
{
    /// <summary>
    /// Mentions held in memory at once. A stretch with more is cut in two; a single minute with more, window included, is judged by
    /// its newest: by then the rules have long fired.
    /// </summary>
    public const int MaxMentions = 12_000;

    /// <summary>So that the arrays of a pulse stay small however long the history is.</summary>
    private static readonly TimeSpan LongestStretch = TimeSpan.FromDays(2);

    /// <param name="progress">Told after each stretch how many of the changed minutes are done.</param>
    public static async Task<DetectionOutcome> EvaluateAsync(
        IHistory history, Watched watched, MinuteSpan changed, CancellationToken cancel, Action<int>? progress = null)
    {
        var (runs, failures) = (new List<SignalRun>(), new List<RuleFailure>());
        var stretches = new Stack<MinuteSpan>(Cut(changed).Reverse());
        while (stretches.TryPop(out var stretch))
        {
            cancel.ThrowIfCancellationRequested();
            var reach = Detector.MentionReach(watched.Rules);
            var mentions = await history.MentionsAsync(new(stretch.From - reach, stretch.To + reach), MaxMentions, cancel);
            if (mentions.Count == MaxMentions && stretch.Count > 1)
            {
                var middle = stretch.From.AddMinutes((stretch.Count / 2) - 1);
                stretches.Push(new(middle.AddMinutes(1), stretch.To));
                stretches.Push(new(stretch.From, middle));
                continue;
            }

            var pulseReach = Detector.PulseReach(watched.Rules);
            var read = new MinuteSpan(stretch.From - pulseReach, stretch.To + pulseReach);
            var pulses = await history.PulsesAsync(read, cancel);
            var days = await DaysAsync(history, watched.Rules, pulses, read, stretch, cancel);
            var usual = await UsualAsync(history, watched, pulses, days, stretch, cancel);
            var spikes = await SpikesAsync(history, watched, pulses, read, stretch, cancel);
            var outcome = Detector.Evaluate(new(
                watched.Brand, watched.Rules, stretch, pulses, mentions, (monitor, metric) => usual.GetValueOrDefault((monitor, metric)))
            {
                Spikes = (monitor, metric) => spikes.GetValueOrDefault((monitor, metric), []),
                Networks = await NetworksAsync(history, watched.Rules, mentions, stretch, cancel),
                Days = monitor => days.GetValueOrDefault(monitor),
            });
            runs.AddRange(outcome.Runs);
            failures.AddRange(outcome.Failures);
            progress?.Invoke(new MinuteSpan(changed.From, stretch.To).Count);
        }

        return new(SignalRun.Joined(runs), failures);
    }

    /// <summary>The stretches that hold all these minutes, joined where they are close: one evaluation covers the gap more cheaply than two.</summary>
    public static IReadOnlyList<MinuteSpan> Stretches(IEnumerable<MinuteSpan> spans, RuleSet rules)
    {
        var near = Detector.PulseReach(rules) > Detector.MentionReach(rules) ? Detector.PulseReach(rules) : Detector.MentionReach(rules);
        var joined = new List<MinuteSpan>();
        foreach (var span in spans.OrderBy(span => span.From))
        {
            if (joined.Count > 0 && span.From - joined[^1].To <= near)
            {
                joined[^1] = joined[^1] with { To = span.To > joined[^1].To ? span.To : joined[^1].To };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }

    private static IEnumerable<MinuteSpan> Cut(MinuteSpan span)
    {
        for (var from = span.From; from <= span.To; from += LongestStretch)
        {
            var to = from + LongestStretch - TimeSpan.FromMinutes(1);
            yield return new(from, to < span.To ? to : span.To);
        }
    }

    /// <summary>Only where the detector that is kept does not reach so far is more of the pulse read than the rules have in hand.</summary>
    private static async Task<Dictionary<(MonitorId, Metric), IReadOnlyList<SpikeLook>>> SpikesAsync(
        IHistory history, Watched watched, IReadOnlyList<Pulse> pulses, MinuteSpan read, MinuteSpan stretch, CancellationToken cancel)
    {
        var looks = new Dictionary<(MonitorId, Metric), IReadOnlyList<SpikeLook>>();
        BlindTimes? blind = null;
        foreach (var rules in watched.Rules.Spikes.Where(rule => !rule.Off).GroupBy(rule => rule.Metric))
        {
            var metric = rules.Key;
            foreach (var pulse in pulses.Where(pulse => rules.Any(rule => rule.CanHold(pulse))))
            {
                var minutes = pulse.Minutes;
                if (await history.SinceAsync(pulse.Monitor, cancel) is not { } since)
                {
                    continue;
                }

                var span = SpikeWatch.Reached(stretch, pulse);
                blind ??= await history.BlindAsync(read, cancel);
                if (history.Spikes.Needs(pulse.Monitor, metric, since, span, blind) is var from && from < read.From)
                {
                    minutes = await history.CountsAsync(pulse.Monitor, read with { From = from }, cancel);
                }

                looks[(pulse.Monitor, metric)] = history.Spikes.Look(pulse.Monitor, metric, since, span, watched.Zone, minutes, blind);
            }
        }

        return looks;
    }

    /// <summary>A week back is looked at only where enough people for an issue complain, on more than one network.</summary>
    private static async Task<NetworkMix> NetworksAsync(
        IHistory history, RuleSet rules, IReadOnlyList<Mention> mentions, MinuteSpan stretch, CancellationToken cancel) =>
        rules.Spread.Off || mentions.Count < rules.SameIssue.People || mentions.DistinctBy(mention => mention.Network).Take(2).Count() < 2
            ? NetworkMix.Unknown
            : new(await history.NetworksAsync(new(stretch.From - NetworkMix.Remembers - TimeSpan.FromHours(2), stretch.To.AddHours(1)), cancel));

    /// <summary>A day back is looked at only where something could be rising.</summary>
    private static async Task<Dictionary<MonitorId, HeardDay>> DaysAsync(
        IHistory history, RuleSet rules, IReadOnlyList<Pulse> pulses, MinuteSpan read, MinuteSpan stretch, CancellationToken cancel)
    {
        var days = new Dictionary<MonitorId, HeardDay>();
        var span = new MinuteSpan(stretch.From - rules.Forecast.Reach(rules.Thresholds), stretch.To.AddHours(1));
        foreach (var monitor in pulses.Where(pulse => rules.Forecast.CanHold(pulse, stretch)).Select(pulse => pulse.Monitor))
        {
            if (await history.SinceAsync(monitor, cancel) is { } since)
            {
                days[monitor] = new(since, await history.CountsAsync(monitor, span, cancel), await history.BlindAsync(read, cancel));
            }
        }

        return days;
    }

    /// <summary>What is usual costs a look at eight weeks; it is read only for rules that ask for it, where there is something to judge.</summary>
    private static async Task<Dictionary<(MonitorId, Metric), UsualWeek?>> UsualAsync(
        IHistory history, Watched watched, IReadOnlyList<Pulse> pulses, Dictionary<MonitorId, HeardDay> days, MinuteSpan stretch, CancellationToken cancel)
    {
        var usual = new Dictionary<(MonitorId, Metric), UsualWeek?>();
        foreach (var rule in watched.Rules.Thresholds.Where(rule => rule is { Off: false, AsksForUsual: true }))
        {
            var metric = rule.Metric;
            foreach (var pulse in pulses.Where(pulse => !usual.ContainsKey((pulse.Monitor, metric)) && (days.ContainsKey(pulse.Monitor) || MayAlarm(rule, pulse, stretch))))
            {
                usual[(pulse.Monitor, metric)] = await history.UsualAsync(pulse.Monitor, metric, stretch, cancel);
            }
        }

        return usual;
    }

    /// <summary>What is usual can only hold an absolute number back; where the number is not reached, nobody need know it.</summary>
    private static bool MayAlarm(ThresholdRule rule, Pulse pulse, MinuteSpan stretch) =>
        rule.Of == NumberOf.TimesUsual || rule.Evaluate(pulse, stretch).Any();
}
