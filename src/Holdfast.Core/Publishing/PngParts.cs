using System.Buffers;
using System.Buffers.Binary;

namespace Holdfast.Core.Publishing;

/// <summary>The chunks of a PNG file (W3C, Portable Network Graphics, third edition).</summary>
internal static class PngParts
{
    private const int Around = 12; // length, name, checksum

    private static readonly string[] Needed =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"];

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[]? Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = new ArrayBufferWriter<byte>(bytes.Length);
        kept.Write(Signature);
        var (orientation, head) = (1, 0);
        for (var at = Signature.Length; at + Around <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - Around)
            {
                return null;
            }

            var chunk = bytes.Slice(at, (int)length + Around);
            var name = System.Text.Encoding.Latin1.GetString(chunk.Slice(4, 4));
            at += chunk.Length;
            if (name == "eXIf")
            {
                orientation = PictureOrientation.Read(chunk[8..^4]);
            }
            else if (Needed.Contains(name))
            {
                kept.Write(chunk);
                head = name == "IHDR" ? kept.WrittenCount : head;
            }
            else if (char.IsAsciiLetterUpper(name[0]))
            {
                return null; // without it the picture cannot be shown, and nobody here knows what it is
            }

            if (name == "IEND")
            {
                return head == 0 ? null : orientation == 1 ? kept.WrittenSpan.ToArray()
                    : [.. kept.WrittenSpan[..head], .. Chunk("eXIf"u8, PictureOrientation.Write(orientation)), .. kept.WrittenSpan[head..]];
            }
        }

        return null;
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        var chunk = new byte[body.Length + Around];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        name.CopyTo(chunk.AsSpan(4));
        body.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + body.Length), Checksum(chunk.AsSpan(4, body.Length + 4)));
        return chunk;
    }

    /// <summary>CRC-32 as annex D of the specification has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
            }
        }

        return ~sum;
    }
}
