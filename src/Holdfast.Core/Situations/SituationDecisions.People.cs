using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

public static partial class SituationDecisions
{
    public static Result<IReadOnlyList<TimelineEvent>> Declare(Declaration declaration)
    {
        var refusals = new List<Refusal>();
        var title = Wording.Required(declaration.Title, "title", Wording.MaxTitle, refusals);
        var reason = Wording.Required(declaration.Reason, "reason", Wording.MaxReason, refusals);
        CheckLevel(declaration.Level, refusals);
        return refusals.Count > 0
            ? Refused(refusals)
            : Events(new Opened(declaration.Brand, title!, declaration.Level, SignalKind.ByHand, Topic: null, reason));
    }

    /// <summary>To any level, at any time, at once.</summary>
    public static Result<IReadOnlyList<TimelineEvent>> Raise(Situation situation, Level to, string? reason)
    {
        var refusals = Live(situation);
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        CheckLevel(to, refusals);
        if (to <= situation.Level)
        {
            refusals.Add(Refusals.NotHigher);
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new LevelRaised(situation.Level, to, words, Rule: null));
    }

    public static Result<IReadOnlyList<TimelineEvent>> Lower(Situation situation, Level to, string? reason)
    {
        var refusals = Live(situation);
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        CheckLevel(to, refusals);
        if (to >= situation.Level)
        {
            refusals.Add(Refusals.NotLower);
        }

        CheckAnswered(situation, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new LevelLowered(situation.Level, to, words));
    }

    public static Result<IReadOnlyList<TimelineEvent>> Confirm(Situation situation) =>
        situation is { IsLive: true, Proposed: { } proposal } ? Events(new LevelConfirmed(proposal.Level)) : Refusals.NothingProposed;

    public static Result<IReadOnlyList<TimelineEvent>> Overrule(Situation situation, string? reason)
    {
        var refusals = new List<Refusal>();
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        if (situation is not { IsLive: true, Proposed: { } proposal })
        {
            return Refusals.NothingProposed;
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new Overruled(proposal.Level, words!));
    }

    public static Result<IReadOnlyList<TimelineEvent>> Contain(Situation situation, string? note)
    {
        var refusals = new List<Refusal>();
        var words = Wording.Optional(note, "note", Wording.MaxNote, refusals);
        if (situation.State != SituationState.Open)
        {
            refusals.Add(Refusals.CannotContain(situation.State));
        }

        CheckAnswered(situation, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new Contained(words));
    }

    public static Result<IReadOnlyList<TimelineEvent>> Reopen(Situation situation, string? reason)
    {
        var refusals = new List<Refusal>();
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        if (situation.State is not (SituationState.Contained or SituationState.Resolved))
        {
            refusals.Add(Refusals.CannotReopen(situation.State));
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new Reopened(words));
    }

    public static Result<IReadOnlyList<TimelineEvent>> Resolve(Situation situation, string? reason)
    {
        var refusals = new List<Refusal>();
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        if (situation.State is not (SituationState.Open or SituationState.Contained))
        {
            refusals.Add(Refusals.CannotResolve(situation.State));
        }

        CheckAnswered(situation, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new Resolved(words!));
    }

    /// <summary>After the debrief.</summary>
    public static Result<IReadOnlyList<TimelineEvent>> Close(Situation situation, string? note)
    {
        var refusals = new List<Refusal>();
        var words = Wording.Optional(note, "note", Wording.MaxNote, refusals);
        if (situation.State != SituationState.Resolved)
        {
            refusals.Add(Refusals.CannotClose(situation.State));
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new Closed(words));
    }

    /// <summary>Dismissing answers a proposed level too: it was no situation. "Other" must be explained.</summary>
    public static Result<IReadOnlyList<TimelineEvent>> Dismiss(Situation situation, DismissalReason reason, string? note)
    {
        var refusals = new List<Refusal>();
        var words = reason == DismissalReason.Other
            ? Wording.Required(note, "note", Wording.MaxNote, refusals)
            : Wording.Optional(note, "note", Wording.MaxNote, refusals);
        if (situation.State is not (SituationState.Candidate or SituationState.Open))
        {
            refusals.Add(Refusals.CannotDismiss(situation.State));
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new Dismissed(reason, words));
    }

    /// <summary>Both keep their histories; the one that is merged away is dismissed as a duplicate and its signals go on into the other.</summary>
    public static Result<Merger> Merge(Situation from, Situation into, string? reason)
    {
        var refusals = Live(from);
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        if (from.Id == into.Id)
        {
            refusals.Add(Refusals.SameSituation);
        }
        else if (from.Brand != into.Brand)
        {
            refusals.Add(Refusals.OtherBrand);
        }
        else if (!into.IsLive)
        {
            refusals.Add(Refusals.IntoEnded);
        }

        if (refusals.Count > 0)
        {
            return Result<Merger>.Refused(refusals);
        }

        var received = new List<TimelineEvent> { new MergedFrom(from.Id, from.Title, from.Level, words!) };
        if (from.Level > into.Level)
        {
            received.Add(new LevelRaised(into.Level, from.Level, words, Rule: null));
        }

        var level = from.Level > into.Level ? from.Level : into.Level;
        if (from.Proposed is { } proposal && proposal.Level > level && proposal.Level > (into.Proposed?.Level ?? Level.One))
        {
            received.Add(new LevelProposed(proposal.Level, proposal.Rule, Signal: null, proposal.ConfirmBy));
        }

        return new Merger([new MergedInto(into.Id, words!)], received);
    }

    public static Result<IReadOnlyList<TimelineEvent>> TakeLead(Situation situation, PersonId person)
    {
        if (Live(situation) is { Count: > 0 } refusals)
        {
            return Refused(refusals);
        }

        return situation.Lead == person ? Events() : Events(new LeadTaken(person, situation.Lead));
    }

    public static Result<IReadOnlyList<TimelineEvent>> HandOver(Situation situation, PersonId to, string? note)
    {
        var refusals = Live(situation);
        var words = Wording.Required(note, "note", Wording.MaxNote, refusals);
        if (situation.Lead == to)
        {
            refusals.Add(Refusals.LedAlready);
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new LeadHandedOver(to, situation.Lead, words!));
    }

    private static List<Refusal> Live(Situation situation) => situation.IsLive ? [] : [Refusals.NotLive(situation.State)];

    private static void CheckLevel(Level level, List<Refusal> refusals)
    {
        if (!Enum.IsDefined(level))
        {
            refusals.Add(Refusals.NoLevel);
        }
    }

    private static void CheckAnswered(Situation situation, List<Refusal> refusals)
    {
        if (situation.Proposed is not null)
        {
            refusals.Add(Refusals.ProposalOpen);
        }
    }

    private static Result<IReadOnlyList<TimelineEvent>> Refused(List<Refusal> refusals) => Result<IReadOnlyList<TimelineEvent>>.Refused(refusals);

    private static Result<IReadOnlyList<TimelineEvent>> Events(params TimelineEvent[] events) => events;
}

/// <summary>What is written to each of two timelines when one is merged into the other.</summary>
public sealed record Merger(IReadOnlyList<TimelineEvent> From, IReadOnlyList<TimelineEvent> Into);
