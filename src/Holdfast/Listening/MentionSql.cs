using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>A mention in the stream.</summary>
public sealed record MentionRow(
    BrandId BrandId, string Brand, string Zone, PostId PostId, DateTimeOffset At, string Network, string NetworkId, string AuthorId, string Handle,
    string? AuthorName, long? Followers, bool Verified, short Voice, string Text, string? DeclaredLanguage, string? Url, DateTimeOffset? EditedAt,
    DateTimeOffset? DeletedAt, string Language, float Sentiment, short Class, short Intent, short Risk, IReadOnlyList<string> RiskWords, bool About,
    bool Spreads, string? CorrectedBy, bool Coordinated, bool Late)
{
    public MentionKey Key => new(At, PostId.Value, BrandId.Value);
}

/// <summary>The stream of mentions, read newest first.</summary>
internal static class MentionSql
{
    // Each brand is read along its own index; the newest of all are then put together.
    private const string Stream = """
        select m.brand_id as "brandId", b.name as brand, b.time_zone as zone, m.post_id as "postId", m.at, m.network, p.network_id as "networkId",
               p.author_id as "authorId", p.handle, p.author_name as "authorName", p.followers, p.verified, m.voice, p.text,
               p.language as "declaredLanguage", p.url, p.edited_at as "editedAt", p.deleted_at as "deletedAt", m.language, m.sentiment, m.class,
               m.intent, m.risk, m.risk_words as "riskWords", m.about, m.spreads, who.name as "correctedBy",
               exists (select from coordinated_post c where c.brand_id = m.brand_id and c.post_id = m.post_id) as coordinated,
               -- Later than signals allow for (Core: SpikeDetector.AllowedLateness); what was read from a file is history.
               p.received_at > p.at + interval '10 minutes' and not exists (select from source s where s.id = p.source_id and s.kind = 'File') as late
        from unnest(@brands) as wanted (id)
        join brand b on b.id = wanted.id
        cross join lateral (
          select * from mention m
          where m.brand_id = wanted.id
            and (@before::timestamptz is null
                 or (m.at <= @before and (m.at < @before or (m.post_id, m.brand_id) > (@post, @brand))))
            and (@monitor::uuid is null or @monitor = any(m.monitors))
            and (@network::text is null or m.network = @network)
            and (@class::smallint is null or m.class = @class)
            and (@intent::smallint is null or m.intent = @intent)
            and (@risk::smallint is null or m.risk >= @risk)
            and (@language::text is null or m.language = @language)
            and (@terms::text is null or exists (select 1 from post p where p.id = m.post_id and p.search @@ @terms::tsquery))
          order by m.at desc, m.post_id
          limit @most) m
        join post p on p.id = m.post_id
        left join person who on who.id = m.corrected_by
        order by m.at desc, m.post_id, m.brand_id
        limit @most
        """;

    private const string Facets = """
        select distinct network as value from mention where brand_id = any(@brands) and at > @since order by 1 limit 30
        """;

    private const string Languages = """
        select language from mention where brand_id = any(@brands) and at > @since group by 1 order by count(*) desc, 1 limit 30
        """;

    public static async Task<IReadOnlyList<MentionRow>> StreamAsync(
        DbConnection connection, BrandId[] brands, MentionFilter filter, string? terms, MentionKey? before, int most, CancellationToken cancel) =>
        [.. await connection.QueryAsync<MentionRow>(new(
            Stream,
            new
            {
                brands,
                filter.Monitor,
                filter.Network,
                @class = (short?)filter.Class,
                intent = (short?)filter.Intent,
                risk = (short?)filter.Risk,
                filter.Language,
                terms,
                before = before?.At,
                post = before?.Post ?? default,
                brand = before?.Brand ?? default,
                most,
            },
            cancellationToken: cancel))];

    public static async Task<IReadOnlyList<string>> NetworksAsync(
        DbConnection connection, BrandId[] brands, DateTimeOffset since, CancellationToken cancel) =>
        [.. await connection.QueryAsync<string>(new(Facets, new { brands, since }, cancellationToken: cancel))];

    public static async Task<IReadOnlyList<string>> LanguagesAsync(
        DbConnection connection, BrandId[] brands, DateTimeOffset since, CancellationToken cancel) =>
        [.. await connection.QueryAsync<string>(new(Languages, new { brands, since }, cancellationToken: cancel))];
}
