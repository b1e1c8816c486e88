namespace Holdfast.Core.Publishing;

/// <summary>The key of a post on its network: a TID, which is what Bluesky asks of a record's key; any text will do elsewhere.</summary>
public static class PostKey
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private const int Length = 13;

    /// <summary>From the post's own id, whose first 48 bits are its time in milliseconds: the same id gives the same key.</summary>
    public static string Of(ScheduledPostId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = 0L;
        foreach (var b in bytes[..6])
        {
            milliseconds = (milliseconds << 8) | b;
        }

        // 53 bits of microseconds and 10 bits that tell clocks apart. Below the second all of it is chance, so that a thousand posts
        // imported at once do not meet.
        var chance = (uint)((bytes[12] << 24) | (bytes[13] << 16) | (bytes[14] << 8) | bytes[15]);
        var micros = (milliseconds / 1000 * 1_000_000) + ((chance >> 10) % 1_000_000);
        var value = (micros << 10) | (chance & 0x3FF);
        Span<char> key = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            key[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }

        return new string(key);
    }
}
