using System.Buffers;
using System.Buffers.Binary;

namespace Holdfast.Core.Publishing;

/// <summary>The chunks of a WebP file (RFC 9649).</summary>
internal static class WebpParts
{
    private const int Head = 12;
    private const int FrameHead = 16;
    private const byte HasExif = 0x08, HasXmp = 0x04;

    public static byte[]? Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Head || !bytes[8..Head].SequenceEqual("WEBP"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) is var size && (size < 4 || size > bytes.Length - 8))
        {
            return null;
        }

        var kept = new ArrayBufferWriter<byte>(bytes.Length);
        kept.Write(bytes[..Head]);
        var orientation = 1;
        if (!Keep(bytes.Slice(Head, (int)size - 4), kept, ref orientation) || kept.WrittenCount == Head)
        {
            return null;
        }

        var extended = kept.WrittenSpan[Head..].StartsWith("VP8X"u8) && kept.WrittenCount >= Head + 18;
        if (extended && orientation != 1)
        {
            var way = PictureOrientation.Write(orientation);
            kept.Write<byte>([.. "EXIF"u8, (byte)way.Length, 0, 0, 0, .. way]);
        }

        var whole = kept.WrittenSpan.ToArray();
        if (extended)
        {
            whole[Head + 8] = (byte)((whole[Head + 8] & ~(HasExif | HasXmp)) | (orientation == 1 ? 0 : HasExif));
        }

        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), whole.Length - 8);
        return whole;
    }

    private static bool Keep(ReadOnlySpan<byte> chunks, ArrayBufferWriter<byte> kept, ref int orientation)
    {
        while (chunks.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            if (length > chunks.Length - 8)
            {
                return false;
            }

            var name = chunks[..4];
            var body = chunks.Slice(8, (int)length);
            var whole = chunks[..Math.Min(chunks.Length, 8 + (int)length + ((int)length & 1))];
            if (name.SequenceEqual("EXIF"u8))
            {
                orientation = PictureOrientation.Read(body.StartsWith("Exif\0\0"u8) ? body[6..] : body);
            }
            else if (name.SequenceEqual("ANMF"u8))
            {
                if (!KeepFrame(body, kept))
                {
                    return false;
                }
            }
            else if (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8) || name.SequenceEqual("VP8X"u8) || name.SequenceEqual("ALPH"u8)
                || name.SequenceEqual("ANIM"u8) || name.SequenceEqual("ICCP"u8))
            {
                kept.Write(whole);
                if (whole.Length % 2 == 1)
                {
                    kept.Write<byte>([0]);
                }
            }

            chunks = chunks[whole.Length..];
        }

        return chunks.Length == 0;
    }

    /// <summary>A frame of an animation holds chunks of its own.</summary>
    private static bool KeepFrame(ReadOnlySpan<byte> frame, ArrayBufferWriter<byte> kept)
    {
        var (inner, ignored) = (new ArrayBufferWriter<byte>(Math.Max(1, frame.Length)), 1);
        if (frame.Length < FrameHead || !Keep(frame[FrameHead..], inner, ref ignored))
        {
            return false;
        }

        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, FrameHead + inner.WrittenCount);
        kept.Write<byte>([.. "ANMF"u8, .. length, .. frame[..FrameHead], .. inner.WrittenSpan]);
        return true;
    }
}
