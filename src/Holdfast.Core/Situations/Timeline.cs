using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Core.Situations;

/// <summary>An entry as it lies in the store: nothing parsed, nothing believed.</summary>
public sealed record StoredEntry(
    SituationId Situation, int Seq, DateTimeOffset At, string Who, string Kind, string BodyText, byte[] PreviousHash, byte[] Hash);

/// <summary>The hash chain of a timeline; the encoding is described, and its limits, in docs/design/timeline.md.</summary>
public static class Timeline
{
    private static readonly byte[] GenesisTag = "holdfast timeline 1 genesis"u8.ToArray();
    private static readonly byte[] EntryTag = "holdfast timeline 1 entry"u8.ToArray();

    /// <summary>What stands before the first entry: different for each situation, so that a chain cannot be moved to another.</summary>
    public static byte[] Genesis(SituationId situation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, GenesisTag);
        Add(hash, situation.Value.ToByteArray(bigEndian: true));
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256 over the fields in this order, each behind its length, so that no two entries share an encoding.</summary>
    public static byte[] Hash(StoredEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, EntryTag);
        Add(hash, entry.Situation.Value.ToByteArray(bigEndian: true));
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, entry.Seq);
        Add(hash, number);
        BinaryPrimitives.WriteInt64BigEndian(number, Microseconds(entry.At));
        Add(hash, number);
        Add(hash, Encoding.UTF8.GetBytes(entry.Who));
        Add(hash, Encoding.UTF8.GetBytes(entry.Kind));
        Add(hash, Encoding.UTF8.GetBytes(entry.BodyText));
        Add(hash, entry.PreviousHash);
        return hash.GetHashAndReset();
    }

    /// <summary>The next entry of a chain, sealed.</summary>
    public static StoredEntry Seal(SituationId situation, int seq, DateTimeOffset at, Actor who, TimelineEvent e, byte[] previousHash)
    {
        var entry = new StoredEntry(situation, seq, WholeMicroseconds(at), who.Text, TimelineJson.KindOf(e), TimelineJson.Write(e), previousHash, []);
        return entry with { Hash = Hash(entry) };
    }

    public static TimelineEntry Read(StoredEntry entry) =>
        new(entry.Seq, entry.At, Actor.Parse(entry.Who), TimelineJson.Read(entry.Kind, entry.BodyText));

    /// <summary>PostgreSQL keeps microseconds; what is hashed must be what is kept.</summary>
    public static DateTimeOffset WholeMicroseconds(DateTimeOffset at) => DateTimeOffset.UnixEpoch.AddTicks(Microseconds(at) * TimeSpan.TicksPerMicrosecond);

    private static long Microseconds(DateTimeOffset at) =>
        (at.UtcTicks / TimeSpan.TicksPerMicrosecond) - (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}
