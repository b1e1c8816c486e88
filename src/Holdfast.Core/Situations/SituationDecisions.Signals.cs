using Holdfast.Core.Detection;

namespace Holdfast.Core.Situations;

/// <summary>What became of a signal.</summary>
public enum SignalTaken
{
    Opened,
    Joined,

    /// <summary>Known already; nothing new worth an entry.</summary>
    Heard,

    /// <summary>Level 1–2 and no situation: it is for the watch list.</summary>
    Watched,

    /// <summary>A person resolved or dismissed the situation of this very signal; it asks for no more than it did then.</summary>
    Settled,
}

/// <summary>The events to write, and why these.</summary>
public sealed record SignalDecision(SignalTaken Taken, IReadOnlyList<TimelineEvent> Events);

/// <summary>
/// What happens in a situation: static, total, without a clock. Each act returns the events to write, none where
/// nothing changes, or the refusals.
/// </summary>
public static partial class SituationDecisions
{
    /// <summary>The level from which a signal opens a situation by itself.</summary>
    public const Level OpensFrom = Level.Three;

    /// <summary>
    /// Level 4 and 5 need a person, except where the rule speaks of evidence enough to act at once: three people
    /// reporting the gravest risk within an hour (BEHAVIOUR 3.4).
    /// </summary>
    public static bool NeedsPerson(Signal signal, SituationRules rules) =>
        rules.Of(signal.Level) is { NeedsPerson: true }
        && signal.Kind != SignalKind.ByHand
        && !signal.AtOnce;

    /// <summary>A signal for which there is no situation to join.</summary>
    /// <param name="title">The topic's name, or the rule's where there is no topic.</param>
    public static SignalDecision Open(SituationId id, Signal signal, string title, DateTimeOffset now, SituationRules rules)
    {
        if (signal.Level < OpensFrom)
        {
            return new SignalDecision(SignalTaken.Watched, []);
        }

        var opened = new Opened(signal.Brand, Wording.Title(title), InForce(signal, rules), signal.Kind, signal.Topic, Reason: null);
        var situation = Situation.Empty(id).Apply(new TimelineEntry(1, now, Actor.Detection, opened));
        var joined = Take(situation, signal, title, now, rules);
        return new SignalDecision(SignalTaken.Opened, [opened, .. joined.Events]);
    }

    /// <summary>A signal that belongs to this situation: new to it, or grown since.</summary>
    public static SignalDecision Take(Situation situation, Signal signal, string title, DateTimeOffset now, SituationRules rules)
    {
        var known = situation.Signals.GetValueOrDefault(signal.Id);
        if (!situation.IsLive)
        {
            return new SignalDecision(SignalTaken.Settled, []);
        }

        var asksForMore = known is null || signal.Level > known.Asked;
        var inForce = Max(known?.InForce ?? Level.One, asksForMore ? InForce(signal, rules) : Level.One);
        var events = new List<TimelineEvent>();
        if (known is null)
        {
            AdoptTopic(situation, signal, title, events);
            events.Add(Joined(signal, inForce));
        }
        else if (asksForMore || HasDoubled(known, signal))
        {
            events.Add(new SignalGrew(signal.Id, signal.Level, inForce, signal.LastAt, signal.Figures));
        }

        // What was contained has broken out again when something new says crisis, not when the known goes on.
        if (situation.State == SituationState.Contained && asksForMore && signal.Level >= OpensFrom)
        {
            events.Add(new Reopened(Reason: null));
        }

        if (inForce > situation.Level)
        {
            events.Add(new LevelRaised(situation.Level, inForce, Reason: null, signal.Rule));
        }

        if (asksForMore && NeedsPerson(signal, rules) && signal.Level > situation.Level && signal.Level > (situation.Proposed?.Level ?? Level.One))
        {
            events.Add(new LevelProposed(signal.Level, signal.Rule, signal.Id, ConfirmBy(signal.Level, now, rules)));
        }

        return new SignalDecision(known is null ? SignalTaken.Joined : events.Count > 0 ? SignalTaken.Joined : SignalTaken.Heard, events);
    }

    /// <summary>The instant at which the level would come down if nothing more is heard; null while it does not cool.</summary>
    /// <param name="heard">When each signal was last heard of, by our clock.</param>
    public static DateTimeOffset? CoolsAt(Situation situation, IReadOnlyDictionary<SignalId, DateTimeOffset> heard, SituationRules rules)
    {
        if (!situation.IsLive || situation.Level is Level.One or >= Level.Four || situation.Proposed is not null)
        {
            return null;
        }

        var last = situation.LevelByHand >= situation.Level ? situation.LevelSetAt : DateTimeOffset.MinValue;
        foreach (var (id, signal) in situation.Signals)
        {
            if (signal.InForce >= situation.Level && heard.TryGetValue(id, out var at) && at > last)
            {
                last = at;
            }
        }

        // Nothing holds the level up any more: it has been quiet since the level was last set.
        return (last == DateTimeOffset.MinValue ? situation.LevelSetAt : last) + rules.CoolDown;
    }

    /// <summary>Down to the highest level still proposed within the quiet time; one where nothing is.</summary>
    public static IReadOnlyList<TimelineEvent> CoolDown(
        Situation situation, IReadOnlyDictionary<SignalId, DateTimeOffset> heard, DateTimeOffset now, SituationRules rules)
    {
        if (CoolsAt(situation, heard, rules) is not { } due || due > now)
        {
            return [];
        }

        var to = situation.Signals
            .Where(pair => heard.TryGetValue(pair.Key, out var at) && at + rules.CoolDown > now && pair.Value.InForce < situation.Level)
            .Select(pair => pair.Value.InForce)
            .Append(Level.One)
            .Max();
        return [new LevelLowered(situation.Level, to, Reason: null)];
    }

    /// <summary>The proposed level takes effect if nobody answered in time and the plan says so.</summary>
    public static IReadOnlyList<TimelineEvent> ConfirmationDue(Situation situation, DateTimeOffset now) =>
        situation.IsLive && situation.Proposed is { ConfirmBy: { } by } proposal && by <= now ? [new LevelTookEffect(proposal.Level)] : [];

    private static Level InForce(Signal signal, SituationRules rules) => NeedsPerson(signal, rules) ? Level.Three : signal.Level;

    private static DateTimeOffset? ConfirmBy(Level level, DateTimeOffset now, SituationRules rules) =>
        rules.Of(level) is { UnansweredTakesEffect: true } grave ? now + grave.ConfirmWithin : null;

    private static Level Max(Level a, Level b) => a > b ? a : b;

    private static bool HasDoubled(StandingSignal known, Signal signal) =>
        Situation.SizeOf(signal.Figures) is var size && size >= 2 && size >= 2 * known.Size;

    private static void AdoptTopic(Situation situation, Signal signal, string title, List<TimelineEvent> events)
    {
        if (situation.Topic is null && signal.Topic is { } topic && situation.Cause != SignalKind.ByHand)
        {
            events.Add(new TopicAdopted(topic, Wording.Title(title)));
        }
    }

    private static SignalJoined Joined(Signal signal, Level inForce) => new(
        signal.Id, signal.Kind, signal.Rule, signal.Level, inForce, signal.Monitor, signal.Topic, signal.StartedAt, signal.LastAt, signal.Figures, signal.Posts);
}
