namespace Holdfast.Core.Publishing;

/// <summary>What a freeze did, for those who must be able to rely on it. It is signed as the text it is written as, and never rewritten: a later state is a later certificate.</summary>
/// <param name="Format">Of this record; goes up when its meaning changes.</param>
/// <param name="Scope">In words: everything, or the name of a brand, a network or an account.</param>
/// <param name="AsOf">Nothing that came later is in here.</param>
/// <param name="Held">Not sent; each waits for a person.</param>
/// <param name="Left">Had asked to leave before the freeze, and is on the network.</param>
/// <param name="Stopped">Had asked to leave before the freeze, and did not arrive.</param>
/// <param name="Open">Had asked to leave before the freeze; the network is being asked, or cannot say.</param>
/// <param name="LetThrough">Sent during the freeze because a person of the crisis team said so.</param>
/// <param name="SentBefore">Published in the hour before the freeze: on the network, whatever was frozen since.</param>
/// <param name="Schedulers">The networks' own schedulers, account by account.</param>
/// <param name="NotReached">What no freeze of Holdfast reaches; to be looked at by hand.</param>
public sealed record FreezeCertificate(
    int Format,
    FreezeId Freeze,
    string Scope,
    string Reason,
    int? Level,
    string PlacedBy,
    DateTimeOffset PlacedAt,
    DateTimeOffset AsOf,
    string? LiftedBy,
    DateTimeOffset? LiftedAt,
    IReadOnlyList<CertifiedPost> Held,
    IReadOnlyList<CertifiedPost> Left,
    IReadOnlyList<CertifiedPost> Stopped,
    IReadOnlyList<CertifiedPost> Open,
    IReadOnlyList<CertifiedPost> LetThrough,
    IReadOnlyList<CertifiedPost> SentBefore,
    IReadOnlyList<CertifiedScheduler> Schedulers,
    IReadOnlyList<string> NotReached)
{
    public const int ThisFormat = 1;
}

/// <param name="Text">Its first words.</param>
public sealed record CertifiedPost(ScheduledPostId Post, string Account, string Network, DateTimeOffset? DueAt, string Text, string State, string? Url);

/// <summary>What was done about an account's posts on the network's own scheduler.</summary>
/// <param name="State">None, Withdrawn, Unreachable or Pending.</param>
public sealed record CertifiedScheduler(string Account, string Network, string State, int Withdrawn, string? Note);
