using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Listening;

/// <summary>The statements of a correction by hand.</summary>
internal static class CorrectionSql
{
    private const string Lock = """
        select m.at, m.network, m.author, m.monitors, m.language, m.sentiment, m.class, m.intent, m.risk, m.about, m.spreads,
               m.counted_negative as "countedNegative"
        from mention m where m.brand_id = @brand and m.post_id = @post for update
        """;

    private const string Correct = """
        update mention set class = @class, sentiment = @sentiment, intent = @intent, risk = @risk, language = @language, about = @about,
                           counted_negative = @countedNegative, corrected_by = @by
        where brand_id = @brand and post_id = @post
        """;

    private const string CountNegative = """
        update pulse
        set negative = negative + 1, negative_authors = array(select unnest(negative_authors) union select @author order by 1)
        where monitor_id = any(@monitors) and minute = @minute and network = @network
        """;

    private const string Keep = """
        insert into correction (id, brand_id, post_id, at, person_id, before, after)
        values (@id, @brand, @post, @now, @by, @before::jsonb, @after::jsonb)
        """;

    public static Task<HeardMention?> LockAsync(DbTransaction transaction, BrandId brand, PostId post, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<HeardMention>(new(Lock, new { brand, post }, transaction, cancellationToken: cancel));

    public static Task CorrectAsync(
        DbTransaction transaction, BrandId brand, PostId post, Correction now, bool countedNegative, Guid by, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new(
            Correct,
            new
            {
                brand,
                post,
                @class = (short)now.Class,
                sentiment = (float)(int)now.Class,
                intent = (short)now.Intent,
                risk = (short)now.Risk,
                now.Language,
                now.About,
                countedNegative,
                by,
            },
            transaction,
            cancellationToken: cancel));

    /// <summary>One of its mentions, counted before, turned out to be negative.</summary>
    public static Task CountNegativeAsync(
        DbTransaction transaction, IReadOnlyList<MonitorId> monitors, DateTimeOffset minute, string network, int author, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new(CountNegative, new { monitors, minute, network, author }, transaction, cancellationToken: cancel));

    public static Task KeepAsync(
        DbTransaction transaction, Guid id, BrandId brand, PostId post, DateTimeOffset now, Guid by, string before, string after, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new(Keep, new { id, brand, post, now, by, before, after }, transaction, cancellationToken: cancel));
}

/// <summary>A mention as it stands, locked.</summary>
internal sealed record HeardMention(
    DateTimeOffset At, string Network, string Author, IReadOnlyList<MonitorId> Monitors, string Language, float Sentiment, short Class, short Intent,
    short Risk, bool About, bool Spreads, bool CountedNegative)
{
    public Correction Reading => new((SentimentClass)Class, (Intent)Intent, Risk, Language, About);
}

/// <summary>What a person says about a mention, instead of what the models said.</summary>
internal sealed record Correction(SentimentClass Class, Intent Intent, int Risk, string Language, bool About);
