namespace Holdfast.Core.Publishing;

public static partial class PostDecisions
{
    /// <summary>What a new freeze does to a post in its scope, decided while nobody can leave.</summary>
    public static PostDecision Freeze(ScheduledPost post, Freeze freeze) => post.State switch
    {
        _ when !freeze.Holds(post) => new PostDecision(post, PostReason.NotOurs),
        PostState.Scheduled => new PostDecision(Hold(post, HeldBecause.Freeze) with { Freeze = freeze.Id }, PostReason.Frozen),
        // The fence goes up: the worker that has it can no longer ask to leave.
        PostState.Sending when post.DepartedAt is null =>
            new PostDecision(Hold(post, HeldBecause.Freeze) with { Freeze = freeze.Id, Fence = post.Fence + 1 }, PostReason.Frozen),
        PostState.Sending or PostState.Unknown => new PostDecision(post with { Freeze = freeze.Id }, PostReason.InFlight),
        _ => new PostDecision(post, PostReason.NotOurs),
    };
}
