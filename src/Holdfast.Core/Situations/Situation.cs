using System.Collections.Immutable;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

/// <summary>What a timeline adds up to. Changed only by <see cref="Apply"/>.</summary>
public sealed partial record Situation
{
    public required SituationId Id { get; init; }

    public BrandId Brand { get; init; }

    public string Title { get; init; } = "";

    public SignalKind Cause { get; init; }

    public TopicId? Topic { get; init; }

    public SituationState State { get; init; }

    public Level Level { get; init; } = Level.One;

    /// <summary>A 4 or 5 above <see cref="Level"/> that waits for a person.</summary>
    public Proposal? Proposed { get; init; }

    public PersonId? Lead { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When a person last set the level; counts as something heard while it cools down.</summary>
    public DateTimeOffset LevelSetAt { get; init; }

    /// <summary>The level a person set, or null where only rules spoke.</summary>
    public Level? LevelByHand { get; init; }

    public DismissalReason? Dismissal { get; init; }

    public SituationId? MergedInto { get; init; }

    /// <summary>The number of the last entry; 0 before the first.</summary>
    public int LastSeq { get; init; }

    public ImmutableDictionary<SignalId, StandingSignal> Signals { get; init; } = ImmutableDictionary<SignalId, StandingSignal>.Empty;

    public ImmutableSortedDictionary<int, TaskItem> Tasks { get; init; } = ImmutableSortedDictionary<int, TaskItem>.Empty;

    public ImmutableSortedDictionary<int, BoardLine> Lines { get; init; } = ImmutableSortedDictionary<int, BoardLine>.Empty;

    public ImmutableSortedDictionary<int, Promise> Promises { get; init; } = ImmutableSortedDictionary<int, Promise>.Empty;

    public ImmutableSortedDictionary<int, Decision> Decisions { get; init; } = ImmutableSortedDictionary<int, Decision>.Empty;

    /// <summary>Entries struck through, with the reason.</summary>
    public ImmutableSortedDictionary<int, string> Struck { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    public bool IsLive => LastSeq > 0 && State.IsLive();

    public static Situation Empty(SituationId id) => new() { Id = id };

    public static Situation From(SituationId id, IEnumerable<TimelineEntry> timeline) =>
        timeline.Aggregate(Empty(id), static (situation, entry) => situation.Apply(entry));

    /// <summary>As it will be when these events are written.</summary>
    public Situation And(IEnumerable<TimelineEvent> events, Actor who, DateTimeOffset at) =>
        events.Aggregate(this, (situation, e) => situation.Apply(new TimelineEntry(situation.LastSeq + 1, at, who, e)));
}

/// <summary>A level that waits for a person, and the rule that asks for it.</summary>
public sealed record Proposal(Level Level, string Rule, DateTimeOffset Since, DateTimeOffset? ConfirmBy);

/// <summary>A signal as it stands in the situation.</summary>
/// <param name="Asked">The highest level it ever proposed.</param>
/// <param name="InForce">What it counts for: less than asked while unconfirmed, after being overruled, or after a person lowered the level.</param>
/// <param name="Size">The first of its figures when last written down, to see it double.</param>
public sealed record StandingSignal(SignalKind Kind, string Rule, Level Asked, Level InForce, double Size);

/// <summary>Something to do. Open while both ends are null.</summary>
public sealed record TaskItem(
    string Text, PersonId? Owner, DateTimeOffset? Due, DateTimeOffset AddedAt, DateTimeOffset? DoneAt = null, Actor? DoneBy = null, string? DroppedBecause = null)
{
    public bool IsOpen => DoneAt is null && DroppedBecause is null;
}

/// <summary>A line of what we know, do not know or are doing.</summary>
public sealed record BoardLine(Board Board, string Text, DateTimeOffset At, Actor Who);

/// <summary>Something said to somebody with a time by which it is owed.</summary>
public sealed record Promise(string Text, DateTimeOffset Due, DateTimeOffset? KeptAt = null);

/// <summary>What was decided and why.</summary>
public sealed record Decision(string Text, string Reason, DateTimeOffset At, Actor Who);
