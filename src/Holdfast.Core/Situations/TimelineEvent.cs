using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

/// <summary>
/// Something that happened in a situation. The names and shapes are stored for ever (see <see cref="TimelineJson"/>):
/// a property may be added as optional, never renamed or given another meaning. Things that are written in the
/// room (tasks, decisions, lines, promises) are known by the number of the entry that wrote them.
/// </summary>
public abstract record TimelineEvent
{
    private protected TimelineEvent()
    {
    }
}

/// <param name="Cause">What brought it up; <see cref="SignalKind.ByHand"/> for a declaration.</param>
/// <param name="Reason">The declarer's own words; null where a rule opened it.</param>
public sealed record Opened(
    BrandId Brand, string Title, Level Level, SignalKind Cause, TopicId? Topic, string? Reason, SituationId? SplitFrom = null) : TimelineEvent;

public sealed record Renamed(string Title) : TimelineEvent;

/// <summary>A situation that was opened without a topic turned out to be about one.</summary>
public sealed record TopicAdopted(TopicId Topic, string Title) : TimelineEvent;

/// <summary>A rule's finding with everything that explains it; joined once, see <see cref="SignalGrew"/>.</summary>
/// <param name="InForce">The level it brings into force by itself: its own, or 3 where a person must confirm.</param>
public sealed record SignalJoined(
    SignalId Signal,
    SignalKind Kind,
    string Rule,
    Level Level,
    Level InForce,
    MonitorId? Monitor,
    TopicId? Topic,
    DateTimeOffset StartedAt,
    DateTimeOffset LastAt,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<PostId> Posts) : TimelineEvent;

/// <summary>Written when a signal asks for a higher level or has doubled, not for every new post.</summary>
public sealed record SignalGrew(
    SignalId Signal, Level Level, Level InForce, DateTimeOffset LastAt, IReadOnlyList<Figure> Figures) : TimelineEvent;

/// <summary>A rule asks for 4 or 5 and a person must say.</summary>
/// <param name="ConfirmBy">When it takes effect unanswered; null where the plan waits for a person.</param>
public sealed record LevelProposed(Level Level, string Rule, SignalId? Signal, DateTimeOffset? ConfirmBy) : TimelineEvent;

public sealed record LevelConfirmed(Level Level) : TimelineEvent;

/// <summary>Nobody answered in the time the plan gives.</summary>
public sealed record LevelTookEffect(Level Level) : TimelineEvent;

/// <summary>A person decided against the proposed level.</summary>
public sealed record Overruled(Level Level, string Reason) : TimelineEvent;

/// <param name="Reason">A person's words; null where a rule raised it.</param>
public sealed record LevelRaised(Level From, Level To, string? Reason, string? Rule) : TimelineEvent;

/// <param name="Reason">A person's words; null where it cooled down.</param>
public sealed record LevelLowered(Level From, Level To, string? Reason) : TimelineEvent;

public sealed record LeadTaken(PersonId Lead, PersonId? From) : TimelineEvent;

public sealed record LeadHandedOver(PersonId To, PersonId? From, string Note) : TimelineEvent;

public sealed record Contained(string? Note) : TimelineEvent;

/// <param name="Reason">A person's words; null where a new signal reopened it.</param>
public sealed record Reopened(string? Reason) : TimelineEvent;

public sealed record Resolved(string Reason) : TimelineEvent;

public sealed record Closed(string? Note) : TimelineEvent;

public sealed record Dismissed(DismissalReason Reason, string? Note) : TimelineEvent;

public sealed record MergedInto(SituationId Into, string Reason) : TimelineEvent;

public sealed record MergedFrom(SituationId From, string Title, Level Level, string Reason) : TimelineEvent;

public sealed record TaskAdded(string Text, PersonId? Owner, DateTimeOffset? Due) : TimelineEvent;

public sealed record TaskDone(int Task) : TimelineEvent;

public sealed record TaskDropped(int Task, string Reason) : TimelineEvent;

public sealed record DecisionTaken(string Decision, string Reason) : TimelineEvent;

/// <param name="Text">The new line, or null to take the old one away.</param>
/// <param name="Replaces">The entry of the line it stands for; may be on another board (now we know).</param>
public sealed record KnownChanged(Board Board, string? Text, int? Replaces) : TimelineEvent;

public sealed record PromiseMade(string Text, DateTimeOffset Due) : TimelineEvent;

public sealed record PromiseKept(int Promise) : TimelineEvent;

public sealed record Noted(string Text) : TimelineEvent;

/// <summary>The entry stays and is shown struck through; what it did is not undone.</summary>
public sealed record EntryStruckThrough(int Entry, string Reason) : TimelineEvent;
