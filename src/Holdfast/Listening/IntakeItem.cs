using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>One post as it was handed in, with the bytes it came as, so that it can be parked whole should anything fail.</summary>
/// <param name="Origin">File name, delivery id or form.</param>
/// <param name="Line">Line or position in the origin, from 1; null where there is none.</param>
/// <param name="About">The brand a person said it is about; it is then stored for that brand whatever the monitors say.</param>
internal sealed record IntakeItem(Post Post, ReadOnlyMemory<byte> Raw, string Origin, long? Line = null, BrandId? About = null);

/// <summary>What could not even be read as a post.</summary>
internal sealed record UnreadableItem(ReadOnlyMemory<byte> Raw, string Origin, long? Line, string Reason);

/// <summary>Who hands in, and the brands it listens for; none at all means every brand.</summary>
internal sealed record IntakeSource(SourceId Id, IReadOnlySet<BrandId> Brands)
{
    public bool ListensFor(BrandId brand) => Brands.Count == 0 || Brands.Contains(brand);
}

/// <summary>What became of one item. The names are part of the webhook's answer.</summary>
internal enum IntakeVerdict
{
    /// <summary>Stored and counted.</summary>
    Accepted,

    /// <summary>Known already, with the same text: nothing changed.</summary>
    Duplicate,

    /// <summary>Known already with another text, which is kept as the earlier one.</summary>
    Edited,

    /// <summary>No monitor asks for it: counted, not stored.</summary>
    Unmatched,

    /// <summary>Parked with its raw bytes and the reason.</summary>
    Rejected,
}

/// <summary>The verdict on one item; <paramref name="Reason"/> only where it was rejected.</summary>
internal readonly record struct IntakeOutcome(IntakeVerdict Verdict, string? Reason = null);

/// <summary>What became of a submission, item by item. Given only after the commit.</summary>
internal sealed record IntakeReceipt(IReadOnlyList<IntakeOutcome> Outcomes);
