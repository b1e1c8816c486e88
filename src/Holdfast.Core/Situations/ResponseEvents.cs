using Holdfast.Core.Listening;
using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

/// <summary>What was answered, stated and left. It changes nothing of the situation itself.</summary>
public abstract record ResponseEvent : TimelineEvent
{
    private protected ResponseEvent()
    {
    }
}

/// <param name="To">Whose post was answered, as it is called on its network.</param>
/// <param name="Origin">It was the post with which the situation began.</param>
public sealed record ReplyWritten(Guid Post, string Network, string To, string Text, bool Origin) : ResponseEvent;

/// <summary>It was answered outside Holdfast: on the telephone, in the shop, by another tool.</summary>
public sealed record RepliedElsewhere(string Network, string To, string How, bool Origin) : ResponseEvent;

public sealed record ReplyLeft(string Network, string To, string Reason) : ResponseEvent;

/// <summary>It waited beyond its clock and went one duty up.</summary>
public sealed record ReplyOverdue(string Network, string To, string Duty) : ResponseEvent;

public sealed record StatementSubmitted(Guid Statement, string Kind, int Steps) : ResponseEvent;

/// <param name="Guest">The name of one who came by link; null where a person of ours approved.</param>
/// <param name="Content">The hash of the exact words.</param>
public sealed record StatementApproved(Guid Statement, string Kind, PersonId? Person, string? Guest, string Content) : ResponseEvent;

public sealed record StatementRefused(Guid Statement, string Kind, PersonId? Person, string? Guest, string Reason) : ResponseEvent;

/// <summary>Published without the approvals; the approvers were told.</summary>
public sealed record GlassBroken(Guid Statement, string Kind, string Reason, string Content) : ResponseEvent;

/// <summary>It goes out as soon as the answer at the origin is posted.</summary>
public sealed record StatementWaits(Guid Statement, string Kind) : ResponseEvent;

/// <param name="Places">Networks and handles on which it was put on its way; empty where it is text to copy.</param>
public sealed record StatementPublished(Guid Statement, string Kind, IReadOnlyList<string> Places, string Text) : ResponseEvent;

public sealed record StatementWithdrawn(Guid Statement, string Kind, string Reason) : ResponseEvent;

/// <summary>A statement may go out although the first post is not answered.</summary>
public sealed record OriginOverridden(string Reason) : ResponseEvent;

/// <summary>A person said which post the situation began with.</summary>
/// <param name="To">Whose it is, as they are called on its network.</param>
public sealed record OriginSet(PostId Post, string Network, string To, string Text, string? Link) : ResponseEvent;

public sealed record DeletionAsked(Guid Deletion, string What, string Reason) : ResponseEvent;

/// <summary>A second person decided on it.</summary>
public sealed record DeletionDecided(Guid Deletion, bool Agreed, string? Reason) : ResponseEvent;

/// <summary>What became of it on the network.</summary>
/// <param name="Outcome">Sent: it is gone; Rejected: the network refused; Dropped: it stays after all; ByHand: it was not ours, and somebody saw to it.</param>
/// <param name="Why">The network's own words.</param>
public sealed record DeletionEnded(Guid Deletion, string Outcome, string? Why) : ResponseEvent;
