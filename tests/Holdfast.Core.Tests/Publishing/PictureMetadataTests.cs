using System.Buffers.Binary;
using System.Text;
using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing;

public sealed class PictureMetadataTests
{
    // Three by two points, red with one blue, drawn for this test.
    private const string Jpeg = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAACAAMDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABoQAAMAAwEAAAAAAAAAAAAAAAECAwARMUH/xAAVAQEBAAAAAAAAAAAAAAAAAAAHCf/EABoRAQEAAwEBAAAAAAAAAAAAAAECAwQhEQD/2gAMAwEAAhEDEQA/ADlOc4zWUkVEQBVVRoKBwAeDBPa2s+9nva2rbyWtVVK1VL61S+qq+q9Xr9U3W1sOnhjX14IxwEzMgTMh4AHADgHA+//Z";
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQMAAACnuvRZAAAABlBMVEUAAP//AADF+ovTAAAADElEQVQI12NIYHgAAAIEAUGP4m1CAAAAAElFTkSuQmCC";
    private const string Webp = "UklGRkwAAABXRUJQVlA4IEAAAAAwAgCdASoDAAIAAgA0JagCdLoAyQDJAAe6AAD+8MSv6MJPxff+2k6djW9pOmZL/8L7QE//ID//C+0BP/jyAAAA";
    private const string Gif = "R0lGODlhAwACAPAAAP8AAAAA/yH5BAAAAAAALAAAAAADAAIAAAIDDH4FADs=";
    private const string Secret = "51.1079N 17.0385E";

    private static readonly byte[] Located = Exif(orientation: 6);

    public static TheoryData<string, byte[]> Pictures => new()
    {
        { "jpeg", WithJpegParts(Convert.FromBase64String(Jpeg)) },
        { "png", WithPngParts(Convert.FromBase64String(Png)) },
        { "webp", WithWebpParts(Convert.FromBase64String(Webp)) },
        { "gif", WithGifParts(Convert.FromBase64String(Gif)) },
    };

    [Theory, MemberData(nameof(Pictures))]
    public void Where_it_was_taken_is_gone_and_what_follows_the_end_too(string format, byte[] picture)
    {
        Assert.Contains(Secret, Latin(picture), StringComparison.Ordinal);
        var clean = PictureMetadata.Remove(picture);
        Assert.NotNull(clean);
        Assert.DoesNotContain(Secret, Latin(clean), StringComparison.Ordinal);
        Assert.True(clean.Length < picture.Length, format);
        Assert.Equal(clean, PictureMetadata.Remove(clean));
    }

    [Theory, InlineData(Jpeg), InlineData(Png), InlineData(Webp), InlineData(Gif)]
    public void What_is_needed_to_show_it_stays_byte_for_byte(string picture)
    {
        var bytes = Convert.FromBase64String(picture);
        Assert.Equal(bytes, PictureMetadata.Remove(bytes));
    }

    [Fact]
    public void Which_way_up_it_is_stays()
    {
        Assert.Contains("Exif", Latin(PictureMetadata.Remove(WithJpegParts(Convert.FromBase64String(Jpeg)))!), StringComparison.Ordinal);
        Assert.Contains("eXIf", Latin(PictureMetadata.Remove(WithPngParts(Convert.FromBase64String(Png)))!), StringComparison.Ordinal);
        var webp = PictureMetadata.Remove(WithWebpParts(Convert.FromBase64String(Webp)))!;
        Assert.Contains("EXIF", Latin(webp), StringComparison.Ordinal);
        Assert.Equal(0x08, webp[20]);
        Assert.Equal(webp.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(webp.AsSpan(4)));
        Assert.DoesNotContain("Exif", Latin(PictureMetadata.Remove(Jpg(Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(orientation: 1)])))!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1, 2, 3 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE1, 0, 0, 1, 2, 3 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x49, 0x44, 0x41, 0x54, 0, 0, 0, 0 })]
    public void What_cannot_be_followed_to_its_end_is_refused(byte[] picture) => Assert.Null(PictureMetadata.Remove(picture));

    /// <summary>Whatever is done to the bytes: no exception, no endless loop, and nothing of what was dropped once comes back.</summary>
    [Fact]
    public void Broken_and_hostile_files_do_no_harm()
    {
        const int Seed = 20261120;
        var dice = new Random(Seed);
        foreach (var picture in Pictures.Select(row => row.Data.Item2))
        {
            for (var i = 0; i < 4_000; i++)
            {
                var bytes = picture[..dice.Next(picture.Length + 1)];
                for (var flips = dice.Next(8); flips > 0 && bytes.Length > 0; flips--)
                {
                    bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
                }

                if (PictureMetadata.Remove(bytes) is { } clean)
                {
                    Assert.True(clean.Length <= bytes.Length + 64, $"seed {Seed}, round {i}: {Convert.ToHexString(bytes)}");
                    Assert.Equal(clean, PictureMetadata.Remove(clean));
                }
            }
        }
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Big endian: orientation, and a place in words.</summary>
    private static byte[] Exif(byte orientation) =>
        [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 2, 0x01, 0x0E, 0, 2, 0, 0, 0, 17, 0, 0, 0, 38, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Secret)];

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Jpg(params byte[][] segments)
    {
        var plain = Convert.FromBase64String(Jpeg);
        return [.. plain[..20], .. segments.SelectMany(segment => segment), .. plain[20..]];
    }

    private static byte[] WithJpegParts(byte[] plain) =>
    [
        .. Jpg(
            Segment(0xE1, [.. "Exif\0\0"u8, .. Located]),
            Segment(0xE1, Encoding.ASCII.GetBytes($"http://ns.adobe.com/xap/1.0/\0<x>{Secret}</x>")),
            Segment(0xE2, Encoding.ASCII.GetBytes($"MPF\0{Secret}")),
            Segment(0xED, Encoding.ASCII.GetBytes($"Photoshop 3.0\0{Secret}")),
            Segment(0xFE, Encoding.ASCII.GetBytes(Secret))),
        .. plain, // a second picture behind the first, as telephones write them
        .. Encoding.ASCII.GetBytes(Secret),
    ];

    private static byte[] Chunk(string name, ReadOnlySpan<byte> body)
    {
        var chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        body.CopyTo(chunk.AsSpan(8));
        return chunk;
    }

    private static byte[] WithPngParts(byte[] plain) =>
        [.. plain[..33], .. Chunk("eXIf", Located), .. Chunk("tEXt", Encoding.ASCII.GetBytes($"Comment\0{Secret}")), .. Chunk("iTXt", Encoding.ASCII.GetBytes(Secret)), .. plain[33..], .. Encoding.ASCII.GetBytes(Secret)];

    private static byte[] WithWebpParts(byte[] plain)
    {
        byte[] Part(string name, ReadOnlySpan<byte> body)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
            return [.. Encoding.ASCII.GetBytes(name), .. length, .. body, .. body.Length % 2 == 1 ? new byte[1] : []];
        }

        byte[] parts = [.. Part("VP8X", [0x0C, 0, 0, 0, 2, 0, 0, 1, 0, 0]), .. plain[12..], .. Part("EXIF", Located), .. Part("XMP ", Encoding.ASCII.GetBytes(Secret)), .. Part("home", Encoding.ASCII.GetBytes(Secret))];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, parts.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. parts, .. Encoding.ASCII.GetBytes(Secret)];
    }

    private static byte[] WithGifParts(byte[] plain)
    {
        var words = Encoding.ASCII.GetBytes(Secret);
        byte[] said = [(byte)words.Length, .. words, 0];
        var head = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 << ((plain[10] & 7) + 1));
        return [.. plain[..head], 0x21, 0xFE, .. said, 0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. said, .. plain[head..], .. words];
    }
}
