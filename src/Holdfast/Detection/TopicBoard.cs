using Holdfast.Core.Detection;
using Holdfast.Database;
using Holdfast.Listening;

namespace Holdfast.Detection;

/// <summary>A brand's topics of the week, as the list shows them.</summary>
/// <param name="Until">The brand's last complaint; what "lately" is judged by, so that an imported history can be read too.</param>
internal sealed record TopicList(
    IReadOnlyList<ListenedBrand> Brands, ListenedBrand? Brand, DateTimeOffset? Until, IReadOnlyList<(TopicLine Topic, IReadOnlyList<double> Hours)> Topics);

/// <summary>All that is shown of a topic.</summary>
/// <param name="Says">The post that says best what it is about.</param>
/// <param name="Others">What it could be joined with.</param>
public sealed record TopicView(
    NamedTopic Topic,
    ListenedBrand Brand,
    IReadOnlyList<double> Hours,
    IReadOnlyList<TopicNetwork> Networks,
    TopicPost? First,
    TopicPost? Says,
    IReadOnlyList<TopicPost> Latest,
    (Guid Id, string Title)? Situation,
    IReadOnlyList<TopicLine> Others)
{
    public const int Shown = 20;

    public long Posts => Networks.Sum(network => network.Posts);

    public long People => Networks.Sum(network => network.People);
}

/// <summary>Reads topics for their pages.</summary>
internal sealed class TopicBoard(Store store, TimeProvider time)
{
    private const int MostTopics = 60;
    private const int Looked = 200;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <param name="wanted">The brand chosen, or null for the first.</param>
    public async Task<TopicList> ListAsync(Guid? wanted, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var brands = await StoredPostSql.BrandsAsync(connection, cancel);
        var brand = brands.FirstOrDefault(one => one.Id.Value == wanted) ?? (brands.Count > 0 ? brands[0] : null);
        if (brand is null || await TopicViewSql.NewestAsync(connection, brand.Id, time.GetUtcNow()) is not { } until)
        {
            return new(brands, brand, null, []);
        }

        var topics = await TopicViewSql.ListAsync(connection, brand.Id, until - Week, until, MostTopics);
        var hours = await TopicViewSql.HoursAsync(connection, brand.Id, topics.Select(topic => topic.Id), until);
        return new(brands, brand, until, [.. topics.Select(topic => (topic, Line(hours[topic.Id])))]);
    }

    /// <summary>Null where there is none of that id any more.</summary>
    public async Task<TopicView?> FindAsync(TopicId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await TopicActSql.NamedAsync(connection, null, id, cancel) is not { } topic
            || (await StoredPostSql.BrandsAsync(connection, cancel)).FirstOrDefault(one => one.Id == topic.Brand) is not { } brand
            || await DetectionSql.BrandAsync(connection, null, topic.Brand, null, time.GetUtcNow(), cancel) is not { } row)
        {
            return null;
        }

        var until = await TopicViewSql.NewestAsync(connection, topic.Brand, time.GetUtcNow()) ?? time.GetUtcNow();
        var posts = await TopicViewSql.LatestAsync(connection, topic.Brand, id, Looked);
        var seen = posts.Where(post => post.DeletedAt is null).ToList();
        var says = TopicName.Representative(row.ToBrand(), topic.Words, [.. seen.Select(post => (post.Text, post.Language))]);
        return new(
            topic,
            brand,
            Line((await TopicViewSql.HoursAsync(connection, topic.Brand, [id], until))[id]),
            await TopicViewSql.NetworksAsync(connection, topic.Brand, id),
            await TopicViewSql.FirstAsync(connection, topic.Brand, id),
            says < 0 ? null : seen[says],
            [.. posts.Take(TopicView.Shown)],
            await TopicViewSql.SituationAsync(connection, id),
            [.. (await TopicViewSql.ListAsync(connection, topic.Brand, until - Week, until, MostTopics)).Where(other => other.Id != id)]);
    }

    private static double[] Line(IEnumerable<(int Ago, int Posts)> hours)
    {
        var line = new double[TopicViewSql.Hours];
        foreach (var (ago, posts) in hours)
        {
            if (ago >= 0 && ago < line.Length)
            {
                line[^(ago + 1)] = posts;
            }
        }

        return line;
    }
}
