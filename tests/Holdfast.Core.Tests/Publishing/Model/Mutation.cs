namespace Holdfast.Core.Tests.Publishing.Model;

/// <summary>How much of the system is explored.</summary>
/// <param name="Whole">
/// A transaction is one step. Between its two halves, reading the freezes and locking the post, only a freeze or a lift could come,
/// and the gate keeps these out; that it does is explored with halves.
/// </param>
/// <param name="Claims">How often the first post may be claimed; the others, which are there to be in the way, once.</param>
internal sealed record ModelSize(int Workers, int Posts, bool Whole, int Claims);

/// <summary>Ways to build the gate wrongly. The explorer must find a bad end for each, or it proves nothing.</summary>
internal enum Mutation
{
    None,

    /// <summary>A worker that has claimed sends, without asking again.</summary>
    NobodyAsksToLeave,

    /// <summary>Freezes and departures do not wait for each other.</summary>
    NoLock,

    /// <summary>A freeze holds what is scheduled and leaves alone what is claimed, and who leaves looks at the claim only.</summary>
    OnlyWhatIsScheduledIsHeld,

    /// <summary>A freeze answers before it has the lock.</summary>
    AnswersTooSoon,

    /// <summary>That a request may have left is not written down.</summary>
    DepartureIsNotWritten,

    /// <summary>A claim whose worker died is sent again, whatever may have left.</summary>
    AbandonedIsSentAgain,

    /// <summary>Who comes back late says what became of a claim that is another's by now.</summary>
    NoFence,

    /// <summary>Lifting puts what was held on its way.</summary>
    LiftFires,

    /// <summary>A lost answer counts as sent.</summary>
    LostIsSent,

    /// <summary>"Not there" is believed while a request may still arrive.</summary>
    NoGrace,
}
