using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>Reads stored posts back as Core knows them, newest first, so that a query can be tried on them.</summary>
internal static class StoredPostSql
{
    private const string Columns = """
        p.id, p.network, p.network_id as "networkId", p.author_id as "authorId", p.handle, p.author_name as "authorName", p.followers,
        p.verified, p.voice, p.text, p.language, p.url, p.repost_of as "repostOf", p.at
        """;

    private const string Brands = """
        select b.id, b.name, b.time_zone as "timeZone" from brand b where b.retired_at is null order by lower(b.name), b.id
        """;

    private const string Newest = "select max(at) from mention where brand_id = any(@brands) and at <= @now";

    private const string Total = """
        select count(*) from post p
        where p.at > @from and p.at <= @to and p.deleted_at is null
          and exists (select 1 from mention m where m.post_id = p.id and m.brand_id = any(@brands))
        """;

    private const string Candidates = $"""
        select {Columns} from post p
        where p.at > @from and p.at <= @to and p.deleted_at is null
          and (@terms::text is null or p.search @@ @terms::tsquery)
          and exists (select 1 from mention m where m.post_id = p.id and m.brand_id = any(@brands))
        order by p.at desc, p.id
        limit @most
        """;

    // Looks at a bounded number of posts: where nearly all are about the brand, the rest is a small sample or none.
    private const string Unrelated = $"""
        select {Columns} from (select * from post order by at desc, id limit @looked) p
        where not exists (select 1 from mention m where m.post_id = p.id and m.brand_id = @brand)
        limit @most
        """;

    public static async Task<IReadOnlyList<ListenedBrand>> BrandsAsync(DbConnection connection, CancellationToken cancel) =>
        [.. await connection.QueryAsync<ListenedBrand>(new(Brands, cancellationToken: cancel))];

    /// <summary>Event time of the newest mention that is not ahead of the clock; null where there is none.</summary>
    public static Task<DateTimeOffset?> NewestAsync(DbConnection connection, BrandId[] brands, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<DateTimeOffset?>(new(Newest, new { brands, now }, cancellationToken: cancel));

    public static Task<int> TotalAsync(
        DbConnection connection, BrandId[] brands, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new(Total, new { brands, from, to }, cancellationToken: cancel));

    /// <param name="terms">From <see cref="SearchTerms"/>; null for all.</param>
    public static async Task<IReadOnlyList<Post>> CandidatesAsync(
        DbConnection connection, BrandId[] brands, string? terms, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<Row>(
            new(Candidates, new { brands, terms, from, to, most }, cancellationToken: cancel))).Select(r => r.ToPost())];

    public static async Task<IReadOnlyList<Post>> UnrelatedAsync(
        DbConnection connection, BrandId brand, int looked, int most, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<Row>(
            new(Unrelated, new { brand, looked, most }, cancellationToken: cancel))).Select(r => r.ToPost())];

    private sealed record Row(
        PostId Id, string Network, string NetworkId, string AuthorId, string Handle, string? AuthorName, long? Followers, bool Verified,
        short Voice, string Text, string? Language, string? Url, string? RepostOf, DateTimeOffset At)
    {
        public Post ToPost() => new()
        {
            Id = Id,
            Network = Network,
            NetworkId = NetworkId,
            Author = new Author(AuthorId, Handle, AuthorName, Followers, Verified, (Voice)Voice),
            Text = Text,
            At = At,
            Language = Language,
            Url = Url,
            RepostOf = RepostOf,
        };
    }
}

/// <summary>A brand that is in use.</summary>
public sealed record ListenedBrand(BrandId Id, string Name, string TimeZone);
