using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>Reads posts with their authors, and keeps which are possibly coordinated. Copies are looked at too: they are what is sought.</summary>
internal static class CoordinationSql
{
    private const string Posts = """
        select m.post_id as post, m.at, m.network, m.author, p.handle, p.followers, p.text, m.language
        from mention m join post p on p.id = m.post_id
        where m.brand_id = @brand and m.at >= @from and m.at < @to and (m.at, m.post_id) > (@after, @afterPost)
        order by m.at, m.post_id limit @most
        """;

    // What is known of a group only grows.
    private const string Mark = """
        insert into coordinated_post as c (brand_id, post_id, accounts, odd)
        select @brand, post, accounts, odd from unnest(@posts, @accounts, @odd) as x (post, accounts, odd)
        on conflict (brand_id, post_id) do update set accounts = greatest(c.accounts, excluded.accounts), odd = greatest(c.odd, excluded.odd)
        """;

    private const int Page = 2_000;

    /// <summary>Looks at these minutes and those they touch, a page at a time with what the pages have in common.</summary>
    public static async Task MarkAsync(NpgsqlTransaction transaction, Brand brand, MinuteSpan span, CancellationToken cancel)
    {
        var (tail, last) = (new List<VoicedPost>(), (PostRow?)null);
        List<PostRow> rows;
        do
        {
            rows = (await transaction.Connection!.QueryAsync<PostRow>(new CommandDefinition(
                Posts,
                new
                {
                    brand = brand.Id,
                    from = span.From - CoordinatedPosting.Within,
                    to = span.To.AddMinutes(1) + CoordinatedPosting.Within,
                    after = last?.At ?? span.From.AddDays(-1),
                    afterPost = last?.Post.Value ?? Guid.Empty,
                    most = Page,
                },
                transaction,
                cancellationToken: cancel))).AsList();
            var posts = tail.Concat(rows.Select(row => row.ToPost())).ToList();
            if (posts.Count >= CoordinatedPosting.MinAccounts && rows.Count > 0)
            {
                await MarkAsync(transaction, brand, CoordinatedPosting.Find(brand, posts), cancel);
                last = rows[^1];
                tail = [.. posts.Where(post => post.Post.At >= last.At - CoordinatedPosting.Within)];
            }
        }
        while (rows.Count == Page);
    }

    private static async Task MarkAsync(NpgsqlTransaction transaction, Brand brand, IReadOnlyList<CoordinatedGroup> groups, CancellationToken cancel)
    {
        if (groups.Count == 0)
        {
            return;
        }

        var marks = groups.SelectMany(group => group.Posts.Select(post => (post.Post, group.Accounts, group.Odd))).ToList();
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Mark,
            new
            {
                brand = brand.Id,
                posts = marks.Select(mark => mark.Post.Value).ToArray(),
                accounts = marks.Select(mark => (short)Math.Min(mark.Accounts, short.MaxValue)).ToArray(),
                odd = marks.Select(mark => (short)Math.Min(mark.Odd, short.MaxValue)).ToArray(),
            },
            transaction,
            cancellationToken: cancel));
    }

    private sealed record PostRow
    {
        public PostId Post { get; init; }

        public DateTimeOffset At { get; init; }

        public string Network { get; init; } = "";

        public string Author { get; init; } = "";

        public string Handle { get; init; } = "";

        public long? Followers { get; init; }

        public string Text { get; init; } = "";

        public string Language { get; init; } = "";

        public VoicedPost ToPost() => new(new(At, Post), Network, Author, Handle, Followers, Text, Language);
    }
}
