using System.Buffers;

namespace Holdfast.Core.Publishing;

/// <summary>The blocks of a GIF file (version 89a): comments and what applications left are dropped, but for how often it repeats.</summary>
internal static class GifParts
{
    private const int Head = 13, ImageHead = 10;
    private const byte Image = 0x2C, Extension = 0x21, End = 0x3B, Control = 0xF9, PlainText = 0x01, Application = 0xFF;

    public static byte[]? Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Head)
        {
            return null;
        }

        var kept = new ArrayBufferWriter<byte>(bytes.Length);
        var at = Head + Table(bytes[10]);
        if (at > bytes.Length)
        {
            return null;
        }

        kept.Write(bytes[..at]);
        while (at < bytes.Length)
        {
            if (bytes[at] == End)
            {
                kept.Write<byte>([End]);
                return kept.WrittenSpan.ToArray();
            }

            var data = bytes[at] switch
            {
                Extension => at + 2,
                Image when at + ImageHead <= bytes.Length => at + ImageHead + Table(bytes[at + 9]) + 1,
                _ => int.MaxValue,
            };
            var after = BlocksEnd(bytes, data);
            if (after < 0)
            {
                return null;
            }

            if (bytes[at] == Image || bytes[at + 1] is Control or PlainText || (bytes[at + 1] == Application && bytes[data..].StartsWith("\u000bNETSCAPE2.0"u8)))
            {
                kept.Write(bytes[at..after]);
            }

            at = after;
        }

        return null;
    }

    /// <summary>How long the table of colours is that these flags announce.</summary>
    private static int Table(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>Behind the empty block that ends a row of blocks; −1 where there is none.</summary>
    private static int BlocksEnd(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length)
        {
            if (bytes[at] == 0)
            {
                return at + 1;
            }

            at += 1 + bytes[at];
        }

        return -1;
    }
}
