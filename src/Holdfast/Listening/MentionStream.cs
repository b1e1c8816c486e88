using Holdfast.Core;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>What the page of mentions shows.</summary>
/// <param name="Older">Where the next page begins; null at the end.</param>
/// <param name="Refusal">What is wrong with the search; nothing is shown then.</param>
internal sealed record MentionPage(
    IReadOnlyList<ListenedBrand> Brands,
    IReadOnlyList<string> Networks,
    IReadOnlyList<string> Languages,
    IReadOnlyList<(MentionRow Mention, IReadOnlyList<TextSpan> Hits)> Mentions,
    MentionKey? Older,
    Refusal? Refusal)
{
    /// <summary>Until it is read.</summary>
    public static MentionPage Empty { get; } = new([], [], [], [], null, null);
}

/// <summary>Reads the stream of mentions. The search is a query like a monitor's: what it finds is what a monitor would find.</summary>
internal sealed class MentionStream(Store store, TimeProvider time)
{
    public const int PageSize = 40;

    // The index narrows, the query decides: this many rows are looked at before a page is shown short, with a way on.
    private const int MostLooked = 4_000;
    private const int Step = 200;
    private static readonly TimeSpan FacetSpan = TimeSpan.FromDays(90);

    public async Task<MentionPage> ReadAsync(MentionFilter filter, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var visible = await StoredPostSql.BrandsAsync(connection, cancel);
        var all = visible.Select(b => b.Id).ToArray();
        var brands = filter.Brand is { } one ? [.. all.Where(b => b.Value == one)] : all;
        var since = (await StoredPostSql.NewestAsync(connection, brands, time.GetUtcNow(), cancel) ?? time.GetUtcNow()) - FacetSpan;
        var page = new MentionPage(
            visible,
            await MentionSql.NetworksAsync(connection, brands, since, cancel),
            await MentionSql.LanguagesAsync(connection, brands, since, cancel),
            [],
            null,
            null);
        MonitorQuery? query = null;
        if (filter.Search is { } search)
        {
            var parsed = MonitorQuery.Parse(search);
            if (!parsed.Succeeded(out query))
                return page with { Refusal = parsed.Refusals[0] };
        }

        var terms = query is null ? null : SearchTerms.Of(query.Root);
        var shown = new List<(MentionRow, IReadOnlyList<TextSpan>)>();
        var before = filter.Before;
        for (var looked = 0; looked < MostLooked;)
        {
            var most = query is null ? PageSize + 1 : Step;
            var rows = await MentionSql.StreamAsync(connection, brands, filter, terms, before, most, cancel);
            foreach (var row in rows)
            {
                if (query is not null && !query.Matches(Searched(row)))
                {
                    before = row.Key;
                    continue;
                }

                if (shown.Count == PageSize)
                    return page with { Mentions = shown, Older = before };
                shown.Add((row, query?.Hits(row.Text) ?? []));
                before = row.Key;
            }

            looked += rows.Count;
            if (rows.Count < most)
                return page with { Mentions = shown };
        }

        return page with { Mentions = shown, Older = before };
    }

    // Who wrote it is found by name as well as by from:.
    private static Post Searched(MentionRow row) => new()
    {
        Id = row.PostId,
        Network = row.Network,
        NetworkId = row.NetworkId,
        Author = new Author(row.AuthorId, row.Handle, row.AuthorName, row.Followers, row.Verified, (Voice)row.Voice),
        Text = $"{row.Text}\n{row.Handle}",
        At = row.At,
        Language = row.DeclaredLanguage,
    };
}
