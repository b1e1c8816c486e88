namespace Holdfast.Core.Publishing;

/// <summary>
/// Takes out of a picture what its readers must not learn from it: where it was taken, when, by which device, earlier versions. Each format
/// keeps the parts that are needed to show it, known by name, and loses all others and whatever follows its end. Of Exif the
/// orientation alone is kept. The picture itself is not touched.
/// </summary>
public static class PictureMetadata
{
    /// <summary>The picture without the rest; null where its parts cannot be followed to the end, so that nobody knows what it holds.</summary>
    public static byte[]? Remove(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? JpegParts.Keep(bytes)
        : bytes.StartsWith(PngParts.Signature) ? PngParts.Keep(bytes)
        : bytes.StartsWith("RIFF"u8) ? WebpParts.Keep(bytes)
        : bytes.StartsWith("GIF8"u8) ? GifParts.Keep(bytes)
        : null;
}
