using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>
/// The name that a post will have in the account's repository, chosen by us: a TID, as posts must have, and a function of our key alone.
/// The same post tried again is the same record.
/// </summary>
internal static class RecordKey
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";

    // A TID is 53 bits of microseconds and 10 of a clock's number; 34 of them come from the key, so that posts made in one
    // instant do not meet. What is left of the time is right to 17 seconds.
    private const int OwnBits = 34;

    /// <summary>Keys without a time in them are put somewhere into the years in which there were posts.</summary>
    private static readonly long Early = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;

    public static string Of(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var own = BinaryPrimitives.ReadUInt64BigEndian(hash) & ((1UL << OwnBits) - 1);
        var window = (ulong)Microseconds(key, hash) >> (OwnBits - 10);
        var value = (window << OwnBits) | own;
        return string.Create(13, value, (text, v) =>
        {
            for (var i = 12; i >= 0; i--, v >>= 5)
            {
                text[i] = Alphabet[(int)(v & 31)];
            }
        });
    }

    // One window earlier than the key was made: a time yet to come would look odd to others.
    private static long Microseconds(string key, byte[] hash) => Guid.TryParse(key, out var id) && id.Version == 7
        ? (BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >>> 16) * 1000 - (1L << (OwnBits - 10))
        : Early + (BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(8)) * 10_000L);
}
