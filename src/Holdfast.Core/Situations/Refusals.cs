namespace Holdfast.Core.Situations;

/// <summary>Every expected refusal of this feature. The codes are stable; pages translate by them.</summary>
public static class Refusals
{
    public static Refusal NotFound { get; } = new("situation.not-found", "There is no such situation.");

    public static Refusal NotLive(SituationState state) => new("situation.not-live", $"The situation is {state} already; nothing more can be done to its level.");

    public static Refusal Ended(SituationState state) => new("situation.ended", $"The situation is {state}; only notes can be added.");

    public static Refusal CannotContain(SituationState state) => new("situation.cannot-contain", $"Only an open situation can be contained; this one is {state}.");

    public static Refusal CannotReopen(SituationState state) =>
        new("situation.cannot-reopen", $"Only a contained or resolved situation can be reopened; this one is {state}.");

    public static Refusal CannotResolve(SituationState state) =>
        new("situation.cannot-resolve", $"Only an open or contained situation can be resolved; this one is {state}.");

    public static Refusal CannotClose(SituationState state) => new("situation.cannot-close", $"Only a resolved situation can be closed; this one is {state}.");

    public static Refusal CannotDismiss(SituationState state) =>
        new("situation.cannot-dismiss", $"Only a candidate or an open situation can be dismissed; this one is {state}.");

    public static Refusal NotHigher { get; } = new("situation.not-higher", "Choose a level above the one it stands at.", "level");

    public static Refusal NotLower { get; } = new("situation.not-lower", "Choose a level below the one it stands at.", "level");

    public static Refusal NothingProposed { get; } = new("situation.nothing-proposed", "No level is waiting for an answer; someone may have answered it before you.");

    public static Refusal ProposalOpen { get; } = new("situation.proposal-open", "Answer the proposed level first: confirm it or overrule it.");

    public static Refusal SameSituation { get; } = new("situation.same", "A situation cannot be merged into itself.", "into");

    public static Refusal OtherBrand { get; } = new("situation.other-brand", "Situations of different brands cannot be merged.", "into");

    public static Refusal IntoEnded { get; } = new("situation.into-ended", "The situation to merge into has ended.", "into");

    public static Refusal LedAlready { get; } = new("situation.led-already", "That person leads already.", "to");

    public static Refusal NoTask { get; } = new("situation.no-task", "There is no such open task; someone may have ticked it before you.", "task");

    public static Refusal NoLine { get; } = new("situation.no-line", "That line is gone; someone may have changed it before you.", "line");

    public static Refusal NoPromise { get; } = new("situation.no-promise", "There is no such promise to keep.", "promise");

    public static Refusal NoEntry { get; } = new("situation.no-entry", "There is no such entry to strike through.", "entry");

    public static Refusal StruckAlready { get; } = new("situation.struck-already", "That entry is struck through already.", "entry");

    public static Refusal Missing(string property) => new("situation.missing", "Say why, in a few words.", property);

    public static Refusal TooLong(string property, int limit) => new("situation.too-long", $"At most {limit} characters fit here.", property);

    public static Refusal Unreadable(string property) => new("situation.unreadable", "There are characters here that are not text.", property);

    public static Refusal DuePast { get; } = new("situation.due-past", "That time has passed.", "due");

    public static Refusal NoLevel { get; } = new("situation.no-level", "Choose a level from 1 to 5.", "level");
}
