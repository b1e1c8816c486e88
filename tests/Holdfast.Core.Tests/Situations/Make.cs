using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

/// <summary>Short ways to say what a test is about; ids are small numbers so that a failure can be read.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly BrandId Brand = new(Id(1));
    public static readonly PersonId Ania = new(Id(101));
    public static readonly PersonId Marek = new(Id(102));
    public static readonly SituationRules Rules = SituationRules.Default;

    public static readonly SituationRules TakesEffect = Rules with
    {
        Four = GraveLevel.Default with { UnansweredTakesEffect = true },
        Five = GraveLevel.Default with { UnansweredTakesEffect = true },
    };

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static SituationId Situation(int number = 1) => new(Id(1_000 + number));

    public static Signal Signal(
        int level, int id = 1, SignalKind kind = SignalKind.SameIssue, int? topic = null, string rule = "same-issue", double size = 10) =>
        new(new SignalId(Id(10_000 + id)), Brand, kind, rule, null, topic is { } t ? new TopicId(Id(t)) : null, null, (Level)level,
            Noon.AddMinutes(-60), Noon, [new Figure("people", size, "per hour")], [new PostId(Id(7))]);

    public static Situation Of(SignalDecision decision, DateTimeOffset? at = null) => Of(decision.Events, at);

    public static Situation Of(IEnumerable<TimelineEvent> events, DateTimeOffset? at = null) =>
        Core.Situations.Situation.Empty(Situation()).And(events, at);

    public static Situation Opened(int level = 3) => Of([new Opened(Brand, "Flights", (Level)level, SignalKind.ByHand, null, "seen on the news")]);

    public static Situation And(this Situation situation, IEnumerable<TimelineEvent> events, DateTimeOffset? at = null) =>
        events.Aggregate(situation, (s, e) => s.Apply(new TimelineEntry(s.LastSeq + 1, at ?? Noon, Actor.Of(Ania), e)));

    public static Situation And(this Situation situation, Result<IReadOnlyList<TimelineEvent>> decision, DateTimeOffset? at = null) =>
        situation.And(decision.Value, at);

    public static Situation And(this Situation situation, params TimelineEvent[] events) => situation.And(events.AsEnumerable());
}
