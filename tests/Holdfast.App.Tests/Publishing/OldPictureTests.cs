using System.Buffers.Binary;
using System.Text;
using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Publishing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

/// <summary>Pictures that were kept before where they were taken was removed at the door.</summary>
public sealed class OldPictureTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    // Three by two points, drawn for these tests.
    private static readonly byte[] Jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAACAAMDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABoQAAMAAwEAAAAAAAAAAAAAAAECAwARMUH/xAAVAQEBAAAAAAAAAAAAAAAAAAAHCf/EABoRAQEAAwEBAAAAAAAAAAAAAAECAwQhEQD/2gAMAwEAAhEDEQA/ADlOc4zWUkVEQBVVRoKBwAeDBPa2s+9nva2rbyWtVVK1VL61S+qq+q9Xr9U3W1sOnhjX14IxwEzMgTMh4AHADgHA+//Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_says_where_it_was_taken_leaves_without_that_even_before_the_worker_came_to_it()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var picture = await KeptAsync(house, WithPlace());
        await PostAsync(house, picture);
        var sent = Assert.Single((await house.Sending.ClaimAsync(Cancel)).Claimed!.Outgoing.Media).Bytes.ToArray();
        Assert.Equal(Jpeg, sent);
    }

    [Fact]
    public async Task The_worker_strips_each_once()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var (placed, broken) = (await KeptAsync(house, WithPlace()), await KeptAsync(house, [0xFF, 0xD8, 0xFF, 0xE1, 0, 0, 1, 2, 3]));
        var desk = new MediaDesk(house.Store, house.Time);
        while (await desk.StripAsync(Cancel))
        {
        }

        Assert.Equal(Jpeg, (await desk.ReadAsync(placed, Cancel))!.Value.Bytes);
        Assert.NotNull(await desk.ReadAsync(broken, Cancel));
        await using var connection = await house.Store.OpenAsync(Cancel);
        Assert.Equal([true, false], await connection.QueryAsync<bool?>("select stripped from media where id in (@placed, @broken) order by id = @broken", new { placed, broken }));
    }

    [Fact]
    public async Task What_cannot_be_stripped_does_not_leave()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var post = await PostAsync(house, await KeptAsync(house, [.. Jpeg[..20], 0xFF, 0xE1, 0xFF, 0xFF, 1, 2]));
        await house.WorkAsync();
        Assert.Equal(PostState.Rejected, (await house.PostAsync(post)).State);
        Assert.Empty(house.Network.Arrivals);
    }

    private static async Task<Guid> KeptAsync(PublishingHouse house, byte[] bytes)
    {
        var id = Ids.New(house.Time);
        await using var connection = await house.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            "insert into media (id, brand_id, type, bytes, added_at) values (@id, @brand, 'image/jpeg', @bytes, now())", new { id, brand = house.Brand.Value, bytes });
        return id;
    }

    private static Task<ScheduledPost> PostAsync(PublishingHouse house, Guid picture) =>
        house.ScheduleAsync(with: draft => draft with { Media = [new MediaItem(picture, "image/jpeg", "A point.")] });

    /// <summary>The picture as a telephone writes it: Exif with a block of its own for the place, 51° 6′ 28″ N 17° 2′ 19″ E.</summary>
    private static byte[] WithPlace()
    {
        byte[] tiff =
        [
            .. "MM"u8, 0, 42, .. Long(8),
            0, 1, .. Entry(0x8825, 4, 1, Long(26)), .. Long(0),
            0, 4, .. Entry(1, 2, 2, [.. "N\0\0\0"u8]), .. Entry(2, 5, 3, Long(80)), .. Entry(3, 2, 2, [.. "E\0\0\0"u8]), .. Entry(4, 5, 3, Long(104)), .. Long(0),
            .. Ratios(51, 6, 28), .. Ratios(17, 2, 19),
        ];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        byte[] picture = [.. Jpeg[..20], 0xFF, 0xE1, 0, (byte)(body.Length + 2), .. body, .. Jpeg[20..]];
        Assert.Contains("Exif", Encoding.Latin1.GetString(picture), StringComparison.Ordinal);
        return picture;
    }

    private static byte[] Entry(ushort tag, ushort type, uint count, byte[] value) => [(byte)(tag >> 8), (byte)tag, 0, (byte)type, .. Long(count), .. value];

    private static byte[] Ratios(params uint[] numbers) => [.. numbers.SelectMany(number => (byte[])[.. Long(number), .. Long(1)])];

    private static byte[] Long(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
