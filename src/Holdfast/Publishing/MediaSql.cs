using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.People;

namespace Holdfast.Publishing;

/// <summary>Pictures that go with posts.</summary>
internal static class MediaSql
{
    private const string Insert = """
        insert into media (id, brand_id, type, bytes, width, height, added_at, added_by, stripped)
        values (@Id, @brand, @Type, @bytes, @Width, @Height, @now, @by, true)
        """;

    private const string Facts = """
        select id, type, octet_length(bytes)::bigint as bytes, width, height from media where brand_id = @brand and id = any(@ids)
        """;

    private const string DeleteUnused = """
        delete from media where added_at < @before and id not in (
          select (item ->> 'id')::uuid from scheduled_post p cross join lateral jsonb_array_elements(p.media) item)
        """;

    // Another node takes another one.
    private const string Unstripped = "select id, type, bytes from media where stripped is null order by id limit 1 for update skip locked";

    private const string Strip = "update media set bytes = coalesce(@clean, bytes), stripped = @clean is not null where id = @id";

    private const string Bytes = "select type, bytes from media where id = @id";

    public static Task InsertAsync(
        DbConnection connection, MediaFacts media, BrandId brand, byte[] bytes, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(
            Insert, new { media.Id, brand, media.Type, bytes, media.Width, media.Height, now, by }, cancellationToken: cancel));

    public static async Task<IReadOnlyList<MediaFacts>> FactsAsync(DbConnection connection, BrandId brand, IReadOnlyList<Guid> ids, CancellationToken cancel) =>
        ids.Count == 0 ? [] : (await connection.QueryAsync<MediaFacts>(new CommandDefinition(Facts, new { brand, ids }, cancellationToken: cancel))).AsList();

    /// <summary>Pictures that no post has; how many.</summary>
    public static Task<int> DeleteUnusedAsync(DbConnection connection, DateTimeOffset before, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(DeleteUnused, new { before }, cancellationToken: cancel));

    public static async Task<(string Type, byte[] Bytes)?> BytesAsync(DbConnection connection, Guid id, CancellationToken cancel) =>
        await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Bytes, new { id }, cancellationToken: cancel)) is { } row ? (row.Type, row.Bytes) : null;

    /// <summary>A picture that nobody has looked at for what it says of where it was taken; null: there is none.</summary>
    public static async Task<(Guid Id, byte[] Bytes)?> UnstrippedAsync(DbTransaction transaction, CancellationToken cancel) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Unstripped, transaction: transaction, cancellationToken: cancel)) is { } row
            ? (row.Id, row.Bytes) : null;

    /// <param name="clean">Null: it cannot be removed.</param>
    public static Task StripAsync(DbTransaction transaction, Guid id, byte[]? clean, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Strip, new { id, clean }, transaction, cancellationToken: cancel));

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string Type { get; init; } = "";
        public byte[] Bytes { get; init; } = [];
    }
}
