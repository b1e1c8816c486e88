using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Publishing;

public readonly record struct ScheduledPostId(Guid Value);

/// <summary>Where a post to one account stands (BEHAVIOUR 8). Names are stored.</summary>
public enum PostState
{
    Draft,
    AwaitingApproval,
    Scheduled,

    /// <summary>Claimed by a worker; whether anything has left says <see cref="ScheduledPost.DepartedAt"/>.</summary>
    Sending,
    Sent,

    /// <summary>The network does not have it, for sure, and trying the same again does not help.</summary>
    Rejected,

    /// <summary>The network may have it: it is asked, never sent blindly again.</summary>
    Unknown,

    /// <summary>Not sent until a person decides on it; see <see cref="HeldBecause"/>.</summary>
    Held,

    /// <summary>A person dropped it; nothing is deleted.</summary>
    Dropped,
}

/// <summary>Why a post is held. Names are stored.</summary>
public enum HeldBecause
{
    Freeze,

    /// <summary>Its time went by by more than <see cref="ScheduledPost.Lateness"/>: nobody asked for it at another time.</summary>
    Missed,

    /// <summary>Approved when its time was over.</summary>
    ApprovedTooLate,

    /// <summary>It was Unknown, and the network says that it does not have it.</summary>
    NotArrived,

    /// <summary>The account was taken away or needs a new sign-in.</summary>
    Account,

    /// <summary>The database is a restored copy: what left after the copy was made is not known here.</summary>
    Restored,
}

/// <summary>What a post is for. Names are stored.</summary>
public enum PostPurpose
{
    /// <summary>From the calendar.</summary>
    Planned,

    /// <summary>An answer to somebody's post.</summary>
    Reply,

    /// <summary>A statement of a situation.</summary>
    Statement,

    /// <summary>Takes a post of ours away: <see cref="ScheduledPost.ReplyTo"/> says which, the text is what it said. It waits, leaves, is held and
    /// asked after as posts are; Sent means that it is gone.</summary>
    Deletion,
}

/// <summary>A post of somebody or of ours on a network, as the network names it.</summary>
/// <param name="Id">Mastodon: the status' id; Bluesky: the <c>at://</c> URI.</param>
/// <param name="Revision">Bluesky: the CID; null elsewhere.</param>
/// <param name="RootId">The first post of the thread, where that is another one.</param>
public sealed record PostReference(string Id, string? Revision = null, string? Url = null, string? RootId = null, string? RootRevision = null);

/// <summary>A picture or film that goes with a post. <paramref name="Alt"/> is required unless the person says there is nothing to tell.</summary>
public sealed record MediaItem(Guid Id, string Type, string Alt);

/// <summary>What one account is to publish and when. Everything that a network sees is in here.</summary>
/// <param name="Key">Ours, the same over all tries: record key on Bluesky, Idempotency-Key on Mastodon.</param>
/// <param name="Fence">Goes up with each claim; who settles with an older one changes nothing.</param>
/// <param name="DepartedAt">Since when the first byte may have left in this claim; null: nothing has left.</param>
public sealed record ScheduledPost(
    ScheduledPostId Id,
    AccountId Account,
    BrandId Brand,
    string Network,
    PostPurpose Purpose,
    SituationId? Situation,
    PostState State,
    HeldBecause? Held,
    string Text,
    string? Language,
    IReadOnlyList<MediaItem> Media,
    PostReference? ReplyTo,
    DateTimeOffset? DueAt,
    string Key,
    long Fence,
    DateTimeOffset? DepartedAt,
    int Tries)
{
    /// <summary>A post that is later than this is not sent by itself any more.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromMinutes(15);

    /// <summary>How long after leaving a request may still arrive at the network; before that "not there" proves nothing.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);

    /// <summary>It goes out only after a person has approved these very words.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>These very words are approved; an edit takes it back.</summary>
    public bool Approved { get; init; }

    /// <summary>Which freeze holds it, or held it last.</summary>
    public FreezeId? Freeze { get; init; }

    /// <summary>A person of the crisis team let it pass the freezes there were then.</summary>
    public LetThrough? LetThrough { get; init; }

    /// <summary>A retry waits until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When a claim counts as abandoned; null unless <see cref="PostState.Sending"/>.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Of all claims: the time that the post bears on the network.</summary>
    public DateTimeOffset? FirstDepartedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The post on the network, once it is known to be there.</summary>
    public PostReference? OnNetwork { get; init; }

    /// <summary>What became of the last try, in one sentence.</summary>
    public string? Outcome { get; init; }

    /// <summary>When the network was last asked for an Unknown one.</summary>
    public DateTimeOffset? AskedAt { get; init; }
}

/// <summary>An answer or a statement that passes the freezes placed up to <paramref name="Epoch"/>; a later freeze holds it again.</summary>
public sealed record LetThrough(PersonId By, string Reason, long Epoch);
