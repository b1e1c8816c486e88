using System.Buffers;
using System.Buffers.Binary;

namespace Holdfast.Core.Publishing;

/// <summary>The segments of a JPEG file (ITU-T T.81, annex B).</summary>
internal static class JpegParts
{
    private const byte End = 0xD9, Scan = 0xDA, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF;
    private static readonly byte[] Exif = [.. "Exif\0\0"u8];

    public static byte[]? Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = new ArrayBufferWriter<byte>(bytes.Length);
        var orientation = 1;
        for (var at = 2; at + 4 <= bytes.Length;)
        {
            if (bytes[at] != 0xFF)
            {
                return null;
            }

            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++; // any number of these may stand before a marker
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length || marker is < 0xC0 or (>= 0xD0 and <= End))
            {
                return null;
            }

            var body = bytes.Slice(at + 4, length - 2);
            var after = at + 2 + length;
            if (marker == App1 && body.StartsWith(Exif))
            {
                orientation = PictureOrientation.Read(body[Exif.Length..]);
            }
            else if (IsNeeded(marker, body))
            {
                kept.Write(bytes[at..after]);
            }

            at = after;
            if (marker == Scan)
            {
                at = ScanEnd(bytes, at);
                kept.Write(bytes[after..at]);
                if (at + 2 > bytes.Length || bytes[at + 1] == End)
                {
                    return Whole(kept.WrittenSpan, orientation);
                }
            }
        }

        return null;
    }

    /// <summary>Tables, frames and scans, the colour profile, and how the colours are meant. Previews and further pictures are not.</summary>
    private static bool IsNeeded(byte marker, ReadOnlySpan<byte> body) => marker switch
    {
        App0 => body.StartsWith("JFIF\0"u8),
        App2 => body.StartsWith("ICC_PROFILE\0"u8),
        App14 => body.StartsWith("Adobe"u8),
        >= App0 and <= App15 or >= 0xF0 => false, // comments are 0xFE
        _ => true,
    };

    /// <summary>The next marker that is not part of the picture's own data; the end of the file where there is none.</summary>
    private static int ScanEnd(ReadOnlySpan<byte> bytes, int at)
    {
        for (; at + 1 < bytes.Length; at++)
        {
            if (bytes[at] == 0xFF && bytes[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }
        }

        return bytes.Length;
    }

    private static byte[] Whole(ReadOnlySpan<byte> segments, int orientation)
    {
        // Right after the start, or after the JFIF header, which wants to be first.
        var head = segments.Length > 4 && segments[1] == App0 ? 2 + BinaryPrimitives.ReadUInt16BigEndian(segments[2..]) : 0;
        byte[] way = orientation == 1 ? [] : [0xFF, App1, 0, 34, .. Exif, .. PictureOrientation.Write(orientation)];
        return [0xFF, 0xD8, .. segments[..head], .. way, .. segments[head..], 0xFF, End];
    }
}
