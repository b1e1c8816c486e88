namespace Holdfast.Core.Situations;

/// <summary>What was frozen, lifted and certified in a situation's brand. It changes nothing of the situation itself.</summary>
/// <param name="Freeze">Its id; several situations may tell of one freeze.</param>
public abstract record FreezeEvent(Guid Freeze) : TimelineEvent;

/// <param name="At">When it was in force; the entry follows in a second step.</param>
/// <param name="Kind">everything, brand, network or account.</param>
/// <param name="Name">Of the brand, network or account then; null for everything.</param>
/// <param name="Held">Posts that were held by it.</param>
/// <param name="Settling">Posts that had asked to leave before.</param>
public sealed record FreezePlaced(Guid Freeze, DateTimeOffset At, string Kind, string? Name, string Reason, long Held, long Settling) : FreezeEvent(Freeze);

/// <summary>The first of two who must lift.</summary>
public sealed record FreezeLiftAsked(Guid Freeze, string Kind, string? Name, string Reason) : FreezeEvent(Freeze);

/// <param name="At">Since when it was no longer in force.</param>
public sealed record FreezeLifted(Guid Freeze, DateTimeOffset At, string Kind, string? Name, string Reason) : FreezeEvent(Freeze);

/// <summary>A signed certificate was kept.</summary>
/// <param name="Open">Had asked to leave before, and nobody knows yet; 0: the certificate is complete.</param>
/// <param name="Sha256">Of the text that was signed, in hexadecimal: whoever holds the file can compare.</param>
public sealed record FreezeCertified(Guid Freeze, int Held, int Left, int Open, string Sha256) : FreezeEvent(Freeze);
