namespace Holdfast.Core.Publishing;

/// <summary>Every expected refusal of this feature. The codes are stable; pages translate by them.</summary>
public static class Refusals
{
    public static Refusal NotFound { get; } = new("post.not-found", "There is no such post.");

    public static Refusal CannotEdit(PostState state) => new("post.cannot-edit", $"A post that is {state} cannot be changed.");

    public static Refusal CannotSubmit(PostState state) => new("post.cannot-submit", $"Only a draft can be given to approval; this one is {state}.");

    public static Refusal CannotApprove(PostState state) => new("post.cannot-approve", $"Only a post that awaits approval can be approved; this one is {state}.");

    public static Refusal CannotSchedule(PostState state) => new("post.cannot-schedule", $"A post that is {state} cannot be given a time.");

    public static Refusal CannotDrop(PostState state) => new("post.cannot-drop", $"A post that is {state} cannot be dropped.");

    public static Refusal NotUnknown(PostState state) => new("post.not-unknown", $"It is not unknown what became of this post; it is {state}.");

    public static Refusal TooSoonToTell { get; } = new("post.too-soon", "It may still arrive there. Look again in three minutes.");

    public static Refusal AnothersPost { get; } = new("post.anothers", "That is another post of this account. Look for this one.", "url");

    public static Refusal NoTime { get; } = new("post.no-time", "Say when it is to be published.", "dueAt");

    public static Refusal TimePast { get; } = new("post.time-past", "That time has passed.", "dueAt");

    public static Refusal Frozen { get; } = new("post.frozen", "A freeze holds this. It can be given a new time when the freeze is lifted.");

    public static Refusal NotAnAnswer { get; } = new("post.not-an-answer", "Only answers and statements of a situation can be let through a freeze.");

    public static Refusal FreezeNotFound { get; } = new("freeze.not-found", "There is no such freeze.");

    public static Refusal FreezeReason { get; } = new("freeze.reason", "Say why, in a few words.", "reason");

    public static Refusal NothingChosen { get; } = new("freeze.nothing-chosen", "Choose the posts first.", "post");

    public static Refusal FreezeScope { get; } = new("freeze.scope", "Choose what is to be frozen: everything, a brand, a network or an account.", "scope");

    public static Refusal LiftedAlready { get; } = new("freeze.lifted-already", "This freeze has been lifted already.");

    public static Refusal SamePerson { get; } = new("freeze.second-person", "At this level a second person must lift it with you.");
}
