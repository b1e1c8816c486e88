using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

public static partial class SituationDecisions
{
    public static Result<IReadOnlyList<TimelineEvent>> Rename(Situation situation, string? title)
    {
        var refusals = Working(situation);
        var words = Wording.Required(title, "title", Wording.MaxTitle, refusals);
        return refusals.Count > 0 ? Refused(refusals) : words == situation.Title ? Events() : Events(new Renamed(words!));
    }

    public static Result<IReadOnlyList<TimelineEvent>> AddTask(Situation situation, string? text, PersonId? owner, DateTimeOffset? due)
    {
        var refusals = Working(situation);
        var words = Wording.Required(text, "text", Wording.MaxReason, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new TaskAdded(words!, owner, due));
    }

    public static Result<IReadOnlyList<TimelineEvent>> TickTask(Situation situation, int task)
    {
        var refusals = Working(situation);
        CheckTask(situation, task, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new TaskDone(task));
    }

    public static Result<IReadOnlyList<TimelineEvent>> DropTask(Situation situation, int task, string? reason)
    {
        var refusals = Working(situation);
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        CheckTask(situation, task, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new TaskDropped(task, words!));
    }

    public static Result<IReadOnlyList<TimelineEvent>> Decide(Situation situation, string? decision, string? reason)
    {
        var refusals = Working(situation);
        var what = Wording.Required(decision, "decision", Wording.MaxReason, refusals);
        var why = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new DecisionTaken(what!, why!));
    }

    /// <summary>Adds a line, rewrites one, moves one to another board, or (without text) takes one away.</summary>
    public static Result<IReadOnlyList<TimelineEvent>> ChangeLine(Situation situation, Board board, string? text, int? replaces)
    {
        var refusals = Working(situation);
        var words = replaces is null
            ? Wording.Required(text, "text", Wording.MaxReason, refusals)
            : Wording.Optional(text, "text", Wording.MaxReason, refusals);
        BoardLine? old = null;
        if (replaces is { } line && !situation.Lines.TryGetValue(line, out old))
        {
            refusals.Add(Refusals.NoLine);
        }

        if (refusals.Count > 0)
        {
            return Refused(refusals);
        }

        return old is not null && old.Board == board && old.Text == words ? Events() : Events(new KnownChanged(board, words, replaces));
    }

    public static Result<IReadOnlyList<TimelineEvent>> Promise(Situation situation, string? text, DateTimeOffset due, DateTimeOffset now)
    {
        var refusals = Working(situation);
        var words = Wording.Required(text, "text", Wording.MaxReason, refusals);
        if (due <= now)
        {
            refusals.Add(Refusals.DuePast);
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new PromiseMade(words!, due));
    }

    public static Result<IReadOnlyList<TimelineEvent>> KeepPromise(Situation situation, int promise)
    {
        var refusals = Working(situation);
        if (!situation.Promises.TryGetValue(promise, out var made) || made.KeptAt is not null)
        {
            refusals.Add(Refusals.NoPromise);
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new PromiseKept(promise));
    }

    /// <summary>Always possible, also long after.</summary>
    public static Result<IReadOnlyList<TimelineEvent>> Note(Situation situation, string? text)
    {
        var refusals = Existing(situation);
        var words = Wording.Required(text, "text", Wording.MaxNote, refusals);
        return refusals.Count > 0 ? Refused(refusals) : Events(new Noted(words!));
    }

    /// <summary>Always possible, also long after; the entry and what it did remain.</summary>
    public static Result<IReadOnlyList<TimelineEvent>> StrikeThrough(Situation situation, int entry, string? reason)
    {
        var refusals = Existing(situation);
        var words = Wording.Required(reason, "reason", Wording.MaxReason, refusals);
        if (entry < 1 || entry > situation.LastSeq)
        {
            refusals.Add(Refusals.NoEntry);
        }
        else if (situation.Struck.ContainsKey(entry))
        {
            refusals.Add(Refusals.StruckAlready);
        }

        return refusals.Count > 0 ? Refused(refusals) : Events(new EntryStruckThrough(entry, words!));
    }

    /// <summary>Tasks and promises are finished after the stand-down too, until the situation is closed.</summary>
    private static List<Refusal> Working(Situation situation)
    {
        var refusals = Existing(situation);
        if (situation.State is SituationState.Closed or SituationState.Dismissed)
        {
            refusals.Add(Refusals.Ended(situation.State));
        }

        return refusals;
    }

    private static List<Refusal> Existing(Situation situation) => situation.LastSeq > 0 ? [] : [Refusals.NotFound];

    private static void CheckTask(Situation situation, int task, List<Refusal> refusals)
    {
        if (!situation.Tasks.TryGetValue(task, out var item) || !item.IsOpen)
        {
            refusals.Add(Refusals.NoTask);
        }
    }
}
