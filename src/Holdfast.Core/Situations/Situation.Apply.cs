using System.Collections.Immutable;
using System.Diagnostics;
using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

public sealed partial record Situation
{
    /// <summary>
    /// The situation after one more entry. Total: an event that cannot happen in this state changes nothing but the
    /// count, so no timeline, however it came to be, adds up to an illegal situation.
    /// </summary>
    public Situation Apply(TimelineEntry entry)
    {
        var next = LastSeq == 0 && entry.Event is not Opened
            ? this
            : entry.Event switch
            {
                Opened e => On(e, entry),
                Renamed e => this with { Title = e.Title },
                TopicAdopted e => this with { Topic = Topic ?? e.Topic, Title = Topic is null ? e.Title : Title },
                SignalJoined e => On(e),
                SignalGrew e => On(e),
                LevelProposed e => On(e, entry),
                LevelConfirmed e => Answered(e.Level, entry, byHand: true),
                LevelTookEffect e => Answered(e.Level, entry, byHand: false),
                Overruled => this with { Proposed = null },
                LevelRaised e => Raised(e, entry),
                LevelLowered e => Lowered(e, entry),
                LeadTaken e => LedBy(e.Lead),
                LeadHandedOver e => LedBy(e.To),
                Contained => State == SituationState.Open && Proposed is null ? this with { State = SituationState.Contained } : this,
                Reopened => State is SituationState.Contained or SituationState.Resolved ? this with { State = SituationState.Open } : this,
                Resolved => Ended(SituationState.Resolved, State is SituationState.Open or SituationState.Contained),
                Closed => Ended(SituationState.Closed, State == SituationState.Resolved),
                Dismissed e => On(e),
                Situations.MergedInto e => On(e),
                ResponseEvent or FreezeEvent or MergedFrom or Noted or PageStarted or PageGrew or PageAttempted or PageLapsed or PageExhausted or PageVoided => this,
                PageAcknowledged e => Lead is null ? LedBy(e.Person) : this,
                TaskAdded e => this with { Tasks = Tasks.SetItem(entry.Seq, new TaskItem(e.Text, e.Owner, e.Due, entry.At)) },
                TaskDone e => With(e.Task, t => t with { DoneAt = entry.At, DoneBy = entry.Who }),
                TaskDropped e => With(e.Task, t => t with { DroppedBecause = e.Reason }),
                DecisionTaken e => this with { Decisions = Decisions.SetItem(entry.Seq, new Decision(e.Decision, e.Reason, entry.At, entry.Who)) },
                KnownChanged e => On(e, entry),
                PromiseMade e => this with { Promises = Promises.SetItem(entry.Seq, new Promise(e.Text, e.Due)) },
                PromiseKept e => On(e, entry),
                EntryStruckThrough e => e.Entry > LastSeq || e.Entry < 1 ? this : this with { Struck = Struck.SetItem(e.Entry, e.Reason) },
                _ => throw new UnreachableException($"No timeline says what {entry.Event.GetType().Name} means."),
            };
        return next with { LastSeq = entry.Seq, ChangedAt = entry.At };
    }

    private Situation On(Opened e, TimelineEntry entry) => LastSeq > 0 ? this : this with
    {
        Brand = e.Brand,
        Title = e.Title,
        Level = e.Level,
        Cause = e.Cause,
        Topic = e.Topic,
        State = e.Level >= Level.Three ? SituationState.Open : SituationState.Candidate,
        OpenedAt = entry.At,
        LevelSetAt = entry.At,
        LevelByHand = e.Cause == SignalKind.ByHand ? e.Level : null,
    };

    private Situation On(SignalJoined e) =>
        this with { Signals = Signals.SetItem(e.Signal, new StandingSignal(e.Kind, e.Rule, e.Level, e.InForce, SizeOf(e.Figures))) };

    private Situation On(SignalGrew e) => Signals.TryGetValue(e.Signal, out var known)
        ? this with { Signals = Signals.SetItem(e.Signal, known with { Asked = Max(known.Asked, e.Level), InForce = e.InForce, Size = SizeOf(e.Figures) }) }
        : this;

    private Situation On(LevelProposed e, TimelineEntry entry) =>
        IsLive && e.Level >= Level.Four && e.Level > Level
            ? Moved(Max(Level, Level.Three)) with { Proposed = new Proposal(e.Level, e.Rule, entry.At, e.ConfirmBy) }
            : this;

    private Situation Answered(Level level, TimelineEntry entry, bool byHand) => !IsLive || level < Level ? this : Moved(level) with
    {
        LevelSetAt = entry.At,
        LevelByHand = byHand ? level : LevelByHand,
        Signals = Capped(signal => Max(signal.InForce, Min(signal.Asked, level))),
    };

    private Situation Raised(LevelRaised e, TimelineEntry entry)
    {
        if (!IsLive || e.To <= Level)
        {
            return this;
        }

        var raised = Moved(e.To);
        return e.Reason is null ? raised : raised with { LevelSetAt = entry.At, LevelByHand = e.To };
    }

    /// <summary>What a person lowers stays low: the signals of that moment count for no more until they ask for more.</summary>
    private Situation Lowered(LevelLowered e, TimelineEntry entry)
    {
        if (!IsLive || e.To >= Level)
        {
            return this;
        }

        var lowered = this with { Level = e.To, Proposed = null };
        return e.Reason is null
            ? lowered with { LevelByHand = null }
            : lowered with { LevelSetAt = entry.At, LevelByHand = e.To, Signals = Capped(signal => Min(signal.InForce, e.To)) };
    }

    /// <summary>Up to a level: a candidate that reaches 3 is open, and a proposal that is reached is answered.</summary>
    private Situation Moved(Level to) => this with
    {
        Level = to,
        State = State == SituationState.Candidate && to >= Level.Three ? SituationState.Open : State,
        Proposed = Proposed is { } proposal && proposal.Level > to ? proposal : null,
    };

    private Situation LedBy(PersonId lead) => this with { Lead = lead };

    private Situation Ended(SituationState state, bool legal) => legal ? this with { State = state, Proposed = null } : this;

    private Situation On(Dismissed e) => State is SituationState.Candidate or SituationState.Open
        ? this with { State = SituationState.Dismissed, Dismissal = e.Reason, Proposed = null }
        : this;

    private Situation On(MergedInto e) => IsLive && e.Into != Id
        ? this with { State = SituationState.Dismissed, Dismissal = DismissalReason.Duplicate, MergedInto = e.Into, Proposed = null }
        : this;

    private Situation With(int task, Func<TaskItem, TaskItem> change) =>
        Tasks.TryGetValue(task, out var item) && item.IsOpen ? this with { Tasks = Tasks.SetItem(task, change(item)) } : this;

    private Situation On(KnownChanged e, TimelineEntry entry)
    {
        var lines = e.Replaces is { } old ? Lines.Remove(old) : Lines;
        return this with { Lines = e.Text is null ? lines : lines.SetItem(entry.Seq, new BoardLine(e.Board, e.Text, entry.At, entry.Who)) };
    }

    private Situation On(PromiseKept e, TimelineEntry entry) => Promises.TryGetValue(e.Promise, out var promise) && promise.KeptAt is null
        ? this with { Promises = Promises.SetItem(e.Promise, promise with { KeptAt = entry.At }) }
        : this;

    private ImmutableDictionary<SignalId, StandingSignal> Capped(Func<StandingSignal, Level> inForce) =>
        Signals.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { InForce = inForce(pair.Value) });

    /// <summary>What a signal is measured by: the first of its figures.</summary>
    public static double SizeOf(IReadOnlyList<Figure> figures) => figures.Count == 0 ? 0 : figures[0].Value;

    private static Level Max(Level a, Level b) => a > b ? a : b;

    private static Level Min(Level a, Level b) => a < b ? a : b;
}
