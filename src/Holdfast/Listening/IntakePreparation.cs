using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Listening;

/// <summary>A post as it was read for a brand, not yet stored.</summary>
internal sealed record PreparedMention(Brand Brand, IReadOnlyList<MonitorId> Monitors, PostReading Reading);

/// <summary>A post with all that could be found out about it without the database.</summary>
internal sealed record PreparedPost(IntakeSubmission Submission, int Index, IntakeItem Item, IReadOnlyList<PreparedMention> Mentions)
{
    /// <summary>The words the full-text search will find; empty where nothing is to be stored.</summary>
    public string Search { get; init; } = "";

    public long CopyKey { get; init; } = Duplicates.None;

    public Post Post => Item.Post;

    public (string Network, string NetworkId) Key => (Post.Network, Post.NetworkId);

    public IntakeVerdict Verdict => Submission.VerdictOf(Index);

    public void Settle(IntakeVerdict verdict, string? reason = null) => Submission.Settle(Index, new(verdict, reason));
}

/// <summary>One whole submission or several, matched and read, ready for one transaction.</summary>
internal sealed record PreparedBatch(
    MonitorSnapshot Monitors,
    IReadOnlyList<IntakeSubmission> Submissions,
    IReadOnlyList<PreparedPost> Posts,
    IReadOnlyList<PoisonousPost> Poisonous);

/// <summary>A post that broke matching, reading or the insert: parked with the reason, so that the others go on.</summary>
internal sealed record PoisonousPost(PreparedPost Post, string Reason);

/// <summary>Matching and reading of a batch: no database, no clock.</summary>
internal static class IntakePreparation
{
    public static PreparedBatch Prepare(IReadOnlyList<IntakeSubmission> submissions, MonitorSnapshot monitors)
    {
        var items = submissions.SelectMany(s => s.Items.Select((item, index) => new PreparedPost(s, index, item, []))).ToList();
        var posts = new List<PreparedPost>(items.Count);
        var poisonous = new List<PoisonousPost>();
        Prepare(items, monitors, posts, poisonous);
        return new(monitors, submissions, posts, poisonous);
    }

    /// <summary>Halves what fails until the one at fault is alone.</summary>
    private static void Prepare(
        List<PreparedPost> items, MonitorSnapshot monitors, List<PreparedPost> posts, List<PoisonousPost> poisonous)
    {
        try
        {
            posts.AddRange(MatchAndRead(items, monitors));
        }
#pragma warning disable CA1031 // Whatever a hostile post breaks, it must break for itself alone.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (items.Count == 1)
            {
                poisonous.Add(new(items[0], $"It could not be read: {e.Message}"));
                return;
            }

            Prepare(items[..(items.Count / 2)], monitors, posts, poisonous);
            Prepare(items[(items.Count / 2)..], monitors, posts, poisonous);
        }
    }

    private static List<PreparedPost> MatchAndRead(List<PreparedPost> items, MonitorSnapshot monitors)
    {
        var hits = monitors.Index.Match(items.ConvertAll(i => i.Post));
        var prepared = new List<PreparedPost>(items.Count);
        var hit = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var first = hit;
            while (hit < hits.Count && hits[hit].Post == i)
            {
                hit++;
            }

            var mentions = Read(items[i], Hits(hits, first, hit), monitors);
            prepared.Add(mentions.Count == 0
                ? items[i]
                : items[i] with { Mentions = mentions, Search = IntakeSql.SearchText(items[i].Post), CopyKey = Duplicates.Key(items[i].Post.Text) });
        }

        return prepared;
    }

    private static IEnumerable<MonitorId> Hits(IReadOnlyList<Match> hits, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            yield return hits[i].Monitor;
        }
    }

    private static List<PreparedMention> Read(PreparedPost item, IEnumerable<MonitorId> hits, MonitorSnapshot monitors)
    {
        var mentions = new List<PreparedMention>();
        foreach (var ofBrand in hits.Where(monitors.Brands.ContainsKey).GroupBy(m => monitors.Brands[m].Id))
        {
            if (item.Submission.Source.ListensFor(ofBrand.Key))
            {
                mentions.Add(Read(item.Post, monitors.Brands[ofBrand.First()], [.. ofBrand]));
            }
        }

        if (item.Item.About is { } about && mentions.All(m => m.Brand.Id != about) && monitors.Brand(about) is { } brand)
        {
            mentions.Add(Read(item.Post, brand, monitors.FirstOf(about) is { } first ? [first] : []));
        }

        return mentions;
    }

    private static PreparedMention Read(Post post, Brand brand, IReadOnlyList<MonitorId> monitors) =>
        new(brand, monitors, Reader.Read(post, brand));
}
