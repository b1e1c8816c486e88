using System.Buffers.Binary;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>A picture, without its bytes.</summary>
public sealed record MediaFacts
{
    public Guid Id { get; init; }
    public string Type { get; init; } = "";
    public long Bytes { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
}

/// <summary>Pictures are taken in by what they are, never by what they are called.</summary>
internal sealed class MediaDesk(Store store, TimeProvider time)
{
    public const int MostBytes = 10_000_000;

    /// <summary>A post that is being written keeps its pictures this long before it is saved.</summary>
    private static readonly TimeSpan UnusedLives = TimeSpan.FromDays(7);

    public async Task<Result<MediaFacts>> AddAsync(BrandId brand, IFormFile file, PersonId by, CancellationToken cancel)
    {
        if (file.Length > MostBytes)
        {
            return PublishingRefusals.PictureTooBig;
        }

        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(bytes, cancel);
        }

        if (Look(bytes) is not { } facts)
        {
            return PublishingRefusals.NotAPicture;
        }

        // Before anything of it is kept: where and when it was taken is nobody's business.
        if (PictureMetadata.Remove(bytes) is not { } clean)
        {
            return PublishingRefusals.PictureBroken;
        }

        facts = facts with { Id = Ids.New(time), Bytes = clean.Length };
        await using var connection = await store.OpenAsync(cancel);
        await MediaSql.InsertAsync(connection, facts, brand, clean, by, time.GetUtcNow(), cancel);
        return facts;
    }

    public async Task<IReadOnlyList<MediaFacts>> FindAsync(BrandId brand, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await MediaSql.FactsAsync(connection, brand, ids, cancel);
    }

    public async Task<(string Type, byte[] Bytes)?> ReadAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await MediaSql.BytesAsync(connection, id, cancel);
    }

    /// <summary>Removes where it was taken from a picture that was kept before this was done at the door; false: there is none left.</summary>
    public Task<bool> StripAsync(CancellationToken cancel) => store.InTransactionAsync(async transaction =>
    {
        if (await MediaSql.UnstrippedAsync(transaction, cancel) is not { } old)
        {
            return false;
        }

        await MediaSql.StripAsync(transaction, old.Id, PictureMetadata.Remove(old.Bytes), cancel);
        return true;
    }, cancel);

    /// <summary>Deletes the pictures of posts that were never saved; how many.</summary>
    public async Task<int> ClearAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await MediaSql.DeleteUnusedAsync(connection, time.GetUtcNow() - UnusedLives, cancel);
    }

    /// <summary>By the first bytes, as each format's own specification has them; null: no picture that the networks take.</summary>
    public static MediaFacts? Look(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && bytes.Length >= 24)
        {
            return Of("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        }

        if ((bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)) && bytes.Length >= 10)
        {
            return Of("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
        }

        if (bytes.StartsWith("RIFF"u8) && bytes.Length >= 30 && bytes[8..12].SequenceEqual("WEBP"u8))
        {
            return bytes[12..16].SequenceEqual("VP8X"u8)
                ? Of("image/webp", 1 + (bytes[24] | (bytes[25] << 8) | (bytes[26] << 16)), 1 + (bytes[27] | (bytes[28] << 8) | (bytes[29] << 16)))
                : new MediaFacts { Type = "image/webp" };
        }

        return bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg(bytes) : null;
    }

    /// <summary>The size stands in the first frame's header; the parts before it are passed over by their lengths.</summary>
    private static MediaFacts Jpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return Of("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return new MediaFacts { Type = "image/jpeg" };
    }

    private static MediaFacts Of(string type, int width, int height) =>
        width > 0 && height > 0 ? new MediaFacts { Type = type, Width = width, Height = height } : new MediaFacts { Type = type };
}
