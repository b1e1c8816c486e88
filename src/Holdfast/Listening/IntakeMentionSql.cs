using System.Text.Json;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>A mention of a post that is already stored.</summary>
internal sealed record KnownMention(PostId Post, BrandId Brand, MonitorId[] Monitors, bool CountedNegative);

/// <summary>The one mention of a brand with this text that is no copy.</summary>
internal sealed record Original(
    BrandId Brand, long CopyKey, PostId Post, DateTimeOffset At, string Network, string NetworkId, string Author, MonitorId[] Monitors,
    bool CountedNegative);

/// <summary>A mention about to be stored.</summary>
internal sealed record NewMention(PostId PostId, PreparedPost Prepared, PreparedMention Mention, long CopyKey)
{
    public bool Spreads { get; set; }

    public Post Post => Prepared.Post;

    public BrandId Brand => Mention.Brand.Id;

    public bool CountsNegative => !Spreads && Mention.Reading.Class == SentimentClass.Negative;

    public string Author => IntakeCounting.Author(Post);

    /// <summary>By event time; of the same instant by the network's own identity, so that the order of arrival decides nothing.</summary>
    public static IComparer<NewMention> Earlier { get; } = Comparer<NewMention>.Create((a, b) => Compare(a.Identity, b.Identity));

    public bool IsEarlierThan(Original original) => Compare(Identity, (original.At, original.Network, original.NetworkId)) < 0;

    private (DateTimeOffset At, string Network, string Id) Identity => (Post.At, Post.Network, Post.NetworkId);

    private static int Compare((DateTimeOffset At, string Network, string Id) a, (DateTimeOffset At, string Network, string Id) b)
    {
        var byTime = a.At.CompareTo(b.At);
        var byNetwork = byTime != 0 ? byTime : string.CompareOrdinal(a.Network, b.Network);
        return byNetwork != 0 ? byNetwork : string.CompareOrdinal(a.Id, b.Id);
    }
}

/// <summary>The statements of intake that are about mentions and copies.</summary>
internal static class IntakeMentionSql
{
    private const string KnownMentions = """
        select m.post_id as post, m.brand_id as brand, m.monitors, m.counted_negative as "countedNegative"
        from mention m where m.post_id = any(@posts) and m.brand_id in (select id from brand)
        """;

    private const string Originals = """
        select m.brand_id as brand, m.copy_key as "copyKey", m.post_id as post, m.at, m.network, p.network_id as "networkId", m.author,
               m.monitors, m.counted_negative as "countedNegative"
        from unnest(@brands, @keys) as k (brand_id, copy_key)
        join mention m on m.brand_id = k.brand_id and m.copy_key = k.copy_key and not m.spreads
        join post p on p.id = m.post_id
        """;

    private const string Insert = """
        insert into mention (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, risk, risk_words,
                             about, voice, copy_key, spreads, counted_negative)
        select brand_id, post_id, monitors::uuid[], at, network, author, reach, language, sentiment, class, intent, risk,
               case when risk_words is null then '{}' else array(select jsonb_array_elements_text(risk_words::jsonb)) end,
               about, voice, copy_key, spreads, counted_negative
        from unnest(@brand_id, @post_id, @monitors, @at, @network, @author, @reach, @language, @sentiment, @class, @intent, @risk,
                    @risk_words, @about, @voice, @copy_key, @spreads, @counted_negative)
          as m (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, risk, risk_words, about,
                voice, copy_key, spreads, counted_negative)
        """;

    private const string Widen = "update mention set monitors = monitors || @monitors where brand_id = @brand and post_id = @post";

    // What a person has corrected stays as the person said.
    private const string Reread = """
        update mention set language = @language, sentiment = @sentiment, class = @class, intent = @intent, risk = @risk,
                           risk_words = @riskWords, about = @about
        where brand_id = @brand and post_id = @post and corrected_by is null
        """;

    private const string Demote = "update mention set spreads = true, counted_negative = false where brand_id = @brand and post_id = @post";

    public static async Task<ILookup<PostId, KnownMention>> KnownAsync(NpgsqlTransaction transaction, IEnumerable<PostId> posts)
    {
        var known = await transaction.Connection!.QueryAsync<KnownMention>(KnownMentions, new { posts = posts.ToArray() }, transaction);
        return known.ToLookup(m => m.Post);
    }

    public static async Task<Dictionary<(BrandId, long), Original>> OriginalsAsync(
        NpgsqlTransaction transaction, IReadOnlyCollection<(BrandId Brand, long Key)> keys)
    {
        var found = await transaction.Connection!.QueryAsync<Original>(
            Originals, new { brands = keys.Select(k => k.Brand).ToArray(), keys = keys.Select(k => k.Key).ToArray() }, transaction);
        return found.ToDictionary(o => (o.Brand, o.CopyKey));
    }

    public static async Task InsertAsync(NpgsqlTransaction transaction, IReadOnlyList<NewMention> mentions)
    {
        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction);
        var add = new ArrayParameters<NewMention>(command, mentions);
        add.Column("brand_id", m => m.Brand.Value);
        add.Column("post_id", m => m.PostId.Value);
        add.Column("monitors", m => $"{{{string.Join(',', m.Mention.Monitors.Select(i => i.Value))}}}");
        add.Column("at", m => m.Post.At);
        add.Column("network", m => m.Post.Network);
        add.Column("author", m => m.Author);
        add.Column("reach", m => IntakeCounting.Reach(m.Post));
        add.Column("language", m => m.Mention.Reading.Language);
        add.Column("sentiment", m => (float)m.Mention.Reading.Sentiment);
        add.Column("class", m => (short)m.Mention.Reading.Class);
        add.Column("intent", m => (short)m.Mention.Reading.Intent);
        add.Column("risk", m => RiskLevel(m.Mention.Reading));
        add.Column("risk_words", m => m.Mention.Reading.Risk is null ? null : JsonSerializer.Serialize(RiskWords(m.Mention.Reading)));
        add.Column("about", m => m.Mention.Reading.About);
        add.Column("voice", m => (short)m.Post.Author.Voice);
        add.Column("copy_key", m => m.CopyKey);
        add.Column("spreads", m => m.Spreads);
        add.Column("counted_negative", m => m.CountsNegative);
        await command.ExecuteNonQueryAsync();
    }

    public static Task WidenAsync(NpgsqlTransaction transaction, BrandId brand, PostId post, IReadOnlyList<MonitorId> monitors) =>
        transaction.Connection!.ExecuteAsync(Widen, new { brand, post, monitors }, transaction);

    public static Task RereadAsync(NpgsqlTransaction transaction, BrandId brand, PostId post, PostReading reading) =>
        transaction.Connection!.ExecuteAsync(
            Reread,
            new
            {
                brand,
                post,
                reading.Language,
                sentiment = (float)reading.Sentiment,
                @class = (short)reading.Class,
                intent = (short)reading.Intent,
                risk = RiskLevel(reading),
                riskWords = RiskWords(reading),
                reading.About,
            },
            transaction);

    public static Task DemoteAsync(NpgsqlTransaction transaction, Original original) =>
        transaction.Connection!.ExecuteAsync(Demote, new { original.Brand, original.Post }, transaction);

    // A doubtful risk ("was anyone hurt?") keeps its words for people to see, but has no level that a rule could fire on.
    private static short RiskLevel(PostReading reading) => reading.Risk is { Credible: true } risk ? (short)risk.Level : (short)0;

    // Kind and words as found, "Injury:broken arm": detection names the kind, pages show the words.
    private static string[] RiskWords(PostReading reading) => [.. (reading.Risk?.Words ?? []).Select(w => $"{w.Kind}:{w.Text}")];
}
