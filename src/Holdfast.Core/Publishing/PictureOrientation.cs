using System.Buffers.Binary;

namespace Holdfast.Core.Publishing;

/// <summary>Which way up a picture is, the one thing of its Exif data that is needed to show it (Exif 2.3, tag 0x0112; 1 is upright).</summary>
internal static class PictureOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort Short = 3;
    private const int EntryBytes = 12;

    /// <param name="tiff">The Exif block from its byte order mark on; whatever is not understood in it is upright.</param>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff[..2].SequenceEqual("II"u8) || tiff[..2].SequenceEqual("MM"u8)))
        {
            return 1;
        }

        var little = tiff[0] == 'I';
        var first = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (first > tiff.Length - 2)
        {
            return 1;
        }

        var entries = tiff[(int)first..];
        var count = Number(entries, little);
        for (var at = 2; count > 0 && at + EntryBytes <= entries.Length; at += EntryBytes, count--)
        {
            if (Number(entries[at..], little) == Tag && Number(entries[(at + 2)..], little) == Short)
            {
                return Number(entries[(at + 8)..], little) is >= 1 and <= 8 and var way ? way : 1;
            }
        }

        return 1;
    }

    /// <summary>An Exif block that says this and nothing else.</summary>
    public static byte[] Write(int orientation) =>
        [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    private static ushort Number(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
