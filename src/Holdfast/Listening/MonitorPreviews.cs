using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>What a query would have matched among the stored posts of the last days.</summary>
/// <param name="Estimate">The share of all posts of the world that it would match, 0…1, from what is known of its words.</param>
/// <param name="Total">All stored posts of that time.</param>
/// <param name="Partial">There were too many to look at; the newest were.</param>
/// <param name="Days">Matches a day, oldest first; the last day ends at <paramref name="Until"/>.</param>
public sealed record MonitorPreview(
    string Text, Refusal? Refusal, double Estimate, int Matched, int Total, bool Partial, DateTimeOffset Until, IReadOnlyList<int> Days, IReadOnlyList<PreviewPost> Latest)
{
    /// <summary>Until it is tried.</summary>
    public static MonitorPreview Empty { get; } = new("", null, 0, 0, 0, false, default, [], []);
}

public sealed record PreviewPost(Post Post, IReadOnlyList<TextSpan> Hits);

/// <summary>Tries queries on what is stored, while they are being written.</summary>
internal sealed class MonitorPreviews(Store store, TimeProvider time)
{
    public const int Days = 7;
    private const int Shown = 10;
    private const int MostLooked = 50_000;
    private const int UnrelatedLooked = 5_000;
    private const int UnrelatedMost = 1_000;

    /// <summary>The days end with the newest mention: an import may be of old posts.</summary>
    public async Task<MonitorPreview> TryAsync(BrandId? brand, string? text, CancellationToken cancel)
    {
        var typed = (text ?? "").Trim();
        var parsed = MonitorQuery.Parse(typed);
        await using var connection = await store.OpenAsync(cancel);
        var now = time.GetUtcNow();
        var brands = (await StoredPostSql.BrandsAsync(connection, cancel)).Select(b => b.Id).ToArray();
        if (!parsed.Succeeded(out var query))
            return new(typed, parsed.Refusals[0], 0, 0, 0, false, now, [], []);
        var until = await StoredPostSql.NewestAsync(connection, brands, now, cancel) ?? now;
        var from = until.AddDays(-Days);
        var total = await StoredPostSql.TotalAsync(connection, brands, from, until, cancel);
        var candidates = await StoredPostSql.CandidatesAsync(connection, brands, SearchTerms.Of(query.Root), from, until, MostLooked, cancel);
        var matched = candidates.Where(query.Matches).ToList();
        var unrelated = brand is { } of ? await StoredPostSql.UnrelatedAsync(connection, of, UnrelatedLooked, UnrelatedMost, cancel) : [];
        var breadth = QueryBreadth.Judge(query, unrelated);
        return new(
            typed,
            breadth.Succeeded(out _) ? null : breadth.Refusals[0],
            QueryBreadth.Estimate(query, unrelated),
            matched.Count,
            total,
            candidates.Count == MostLooked,
            until,
            PerDay(matched, until),
            [.. matched.Take(Shown).Select(p => new PreviewPost(p, query.Hits(p.Text)))]);
    }

    private static int[] PerDay(List<Post> matched, DateTimeOffset until)
    {
        var days = new int[Days];
        foreach (var post in matched)
            days[Days - 1 - Math.Min(Days - 1, (int)(until - post.At).TotalDays)]++;
        return days;
    }
}
