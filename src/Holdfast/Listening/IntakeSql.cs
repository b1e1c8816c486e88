using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>A post that was stored before.</summary>
internal sealed record KnownPost(PostId Id, string Network, string NetworkId, string Text, DateTimeOffset At);

/// <summary>What a batch adds to the counters of a source.</summary>
internal sealed record SourceCount(SourceId Source, long Accepted, long Duplicate, long Unmatched, long Rejected);

/// <summary>The statements of intake that are about posts, sources and what is parked.</summary>
internal static class IntakeSql
{
    // Whoever stores for a brand does so alone: what is the original of a copy, and what the pulse counts, depends on all that was stored
    // before. The order of the ids is the same for everyone, so that two batches never wait for each other.
    private const string LockBrands = """
        select pg_advisory_xact_lock(hashtextextended('intake ' || b.id::text, 0)) from (select unnest(@brands) as id order by 1) b
        """;

    private const string InsertPosts = """
        insert into post (id, network, network_id, author_id, handle, author_name, followers, verified, voice, text, language, url,
                          reply_to, repost_of, quote_of, at, received_at, source_id, search)
        select id, network, network_id, author_id, handle, author_name, followers, verified, voice, text, language, url,
               reply_to, repost_of, quote_of, at, @now, source_id, to_tsvector('simple', search)
        from unnest(@id, @network, @network_id, @author_id, @handle, @author_name, @followers, @verified, @voice, @text, @language, @url,
                    @reply_to, @repost_of, @quote_of, @at, @source_id, @search)
          as p (id, network, network_id, author_id, handle, author_name, followers, verified, voice, text, language, url,
                reply_to, repost_of, quote_of, at, source_id, search)
        on conflict (network, network_id) do nothing
        returning id
        """;

    private const string Known = """
        select p.id, p.network, p.network_id as "networkId", p.text, p.at
        from unnest(@networks, @ids) as k (network, network_id)
        join post p on p.network = k.network and p.network_id = k.network_id
        """;

    private const string LockText = "select text from post where id = @id for update";

    private const string WasEarlierText = "select exists (select 1 from post_edit where post_id = @id and text = @text)";

    // Two edits within one tick of the clock are kept a microsecond apart rather than one of them lost.
    private const string KeepText = """
        insert into post_edit (post_id, seen_at, text)
        select @id, greatest(@now, (select max(seen_at) + interval '1 microsecond' from post_edit where post_id = @id)), text
        from post where id = @id
        """;

    private const string ReplaceText = """
        update post set text = @text, search = to_tsvector('simple', @search), edited_at = @now where id = @id
        """;

    private const string Park = """
        insert into parked (id, source_id, origin, line, raw, reason, at)
        select @id, @source, @origin, @line, @raw, @reason, @now
        where not exists (select 1 from parked where source_id = @source and origin = @origin and line is not distinct from @line and raw = @raw)
        """;

    private const string Count = """
        update source
        set accepted = accepted + @accepted, duplicate = duplicate + @duplicate, unmatched = unmatched + @unmatched,
            rejected = rejected + @rejected,
            last_post_at = case when @accepted + @duplicate + @unmatched > 0 then greatest(last_post_at, @now) else last_post_at end
        where id = @source
        """;

    private const string CountHour = """
        insert into source_hour (source_id, hour, arrived)
        select id, date_trunc('hour', @now, 'UTC'), @arrived from source where id = @source
        on conflict (source_id, hour) do update set arrived = source_hour.arrived + excluded.arrived
        """;

    // Ids beyond the replay window are of no use; a few of them go with each that comes.
    private const string Remember = """
        with forgotten as (
          delete from webhook_delivery where ctid in (
            select ctid from webhook_delivery where at < @now - interval '1 hour' limit 50 for update skip locked))
        insert into webhook_delivery (source_id, delivery_id, at) values (@source, @delivery, @now) on conflict do nothing
        """;

    private const string Due = """
        insert into detection_due (brand_id, from_minute, to_minute, accepted_at) values (@brand, @from, @to, @now)
        """;

    /// <summary>Folded as queries are, so that the search finds what a monitor would.</summary>
    public static string SearchText(Post post) => Core.Listening.SearchText.Of($"{post.Text} {post.Author.Handle}");

    public static Task LockBrandsAsync(NpgsqlTransaction transaction, IEnumerable<BrandId> brands) =>
        transaction.Connection!.ExecuteAsync(LockBrands, new { brands = brands.ToArray() }, transaction);

    /// <summary>The ids of those that were not there before. In the order of their keys, so that two batches never wait for each other.</summary>
    public static async Task<HashSet<PostId>> InsertPostsAsync(
        NpgsqlTransaction transaction, IEnumerable<PreparedPost> posts, DateTimeOffset now)
    {
        var rows = posts.OrderBy(p => p.Post.Network, StringComparer.Ordinal).ThenBy(p => p.Post.NetworkId, StringComparer.Ordinal).ToList();
        await using var command = new NpgsqlCommand(InsertPosts, transaction.Connection, transaction);
        var add = new ArrayParameters<PreparedPost>(command, rows);
        add.Column("id", p => p.Post.Id.Value);
        add.Column("network", p => p.Post.Network);
        add.Column("network_id", p => p.Post.NetworkId);
        add.Column("author_id", p => p.Post.Author.Id);
        add.Column("handle", p => p.Post.Author.Handle);
        add.Column("author_name", p => p.Post.Author.Name);
        add.Column("followers", p => p.Post.Author.Followers);
        add.Column("verified", p => p.Post.Author.Verified);
        add.Column("voice", p => (short)p.Post.Author.Voice);
        add.Column("text", p => p.Post.Text);
        add.Column("language", p => p.Post.Language);
        add.Column("url", p => p.Post.Url);
        add.Column("reply_to", p => p.Post.ReplyTo);
        add.Column("repost_of", p => p.Post.RepostOf);
        add.Column("quote_of", p => p.Post.QuoteOf);
        add.Column("at", p => p.Post.At);
        add.Column("source_id", p => p.Submission.SourceId.Value);
        add.Column("search", p => p.Search);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset>("now", now));
        var inserted = new HashSet<PostId>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            inserted.Add(new(reader.GetGuid(0)));
        }

        return inserted;
    }

    public static async Task<Dictionary<(string, string), KnownPost>> KnownAsync(
        NpgsqlTransaction transaction, IReadOnlyList<PreparedPost> posts)
    {
        var known = await transaction.Connection!.QueryAsync<KnownPost>(
            Known, new { networks = posts.Select(p => p.Post.Network).ToArray(), ids = posts.Select(p => p.Post.NetworkId).ToArray() }, transaction);
        return known.ToDictionary(k => (k.Network, k.NetworkId));
    }

    /// <summary>Keeps the earlier text and puts the new one in its place; false where it is an earlier text that comes once more.</summary>
    public static async Task<bool> EditAsync(NpgsqlTransaction transaction, PostId id, Post edited, DateTimeOffset now)
    {
        var connection = transaction.Connection!;
        var text = await connection.QuerySingleAsync<string>(LockText, new { id }, transaction);
        if (text == edited.Text || await connection.QuerySingleAsync<bool>(WasEarlierText, new { id, text = edited.Text }, transaction))
        {
            return false;
        }

        await connection.ExecuteAsync(KeepText, new { id, now }, transaction);
        await connection.ExecuteAsync(ReplaceText, new { id, text = edited.Text, search = SearchText(edited), now }, transaction);
        return true;
    }

    public static Task ParkAsync(NpgsqlTransaction transaction, Guid id, SourceId source, UnreadableItem item, DateTimeOffset now) =>
        transaction.Connection!.ExecuteAsync(
            Park, new { id, source, origin = item.Origin, line = item.Line, raw = item.Raw.ToArray(), reason = item.Reason, now }, transaction);

    public static async Task CountAsync(NpgsqlTransaction transaction, SourceCount count, DateTimeOffset now)
    {
        await transaction.Connection!.ExecuteAsync(
            Count, new { source = count.Source, count.Accepted, count.Duplicate, count.Unmatched, count.Rejected, now }, transaction);
        var arrived = count.Accepted + count.Duplicate + count.Unmatched;
        await transaction.Connection!.ExecuteAsync(CountHour, new { source = count.Source, arrived, now }, transaction);
    }

    public static Task RememberAsync(NpgsqlTransaction transaction, SourceId source, string delivery, DateTimeOffset now) =>
        transaction.Connection!.ExecuteAsync(Remember, new { source, delivery, now }, transaction);

    public static Task DueAsync(NpgsqlTransaction transaction, BrandId brand, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        transaction.Connection!.ExecuteAsync(Due, new { brand, from, to, now }, transaction);
}
