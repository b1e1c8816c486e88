using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class MonitorIndexTests
{
    private static readonly Post[] Batch = [Posts.Of("United is late"), Posts.Of("nothing"), Posts.Of("refunds from UNITED", handle: "Press")];

    [Fact]
    public void Every_match_is_told_once_ordered_by_post_then_monitor()
    {
        var index = Index("united OR late", "refund*", "from:@press", "network:x", "united -refunds");
        Assert.Equal(
            [(0, 1), (0, 4), (0, 5), (1, 4), (2, 1), (2, 2), (2, 3), (2, 4)],
            index.Match(Batch).Select(m => (m.Post, Number(m.Monitor))));
    }

    [Fact]
    public void An_index_never_changes_under_its_reader()
    {
        var before = Index("united");
        var added = before.With(Posts.Monitor(2), Parse("late"));
        var replaced = added.With(Posts.Monitor(1), Parse("nothing"));
        var dropped = replaced.Without(Posts.Monitor(1));
        Assert.Equal([0, 2], before.Match(Batch).Select(m => m.Post));
        Assert.Equal([0, 0, 2], added.Match(Batch).Select(m => m.Post));
        Assert.Equal([0, 1], replaced.Match(Batch).Select(m => m.Post));
        Assert.Equal([0], dropped.Match(Batch).Select(m => m.Post));
        Assert.Same(dropped, dropped.Without(Posts.Monitor(9)));
        Assert.Equal([1, 2, 2, 1], new[] { before, added, replaced, dropped }.Select(i => i.Count));
    }

    [Fact]
    public void An_empty_index_or_batch_matches_nothing()
    {
        Assert.Empty(MonitorIndex.Empty.Match(Batch));
        Assert.Empty(Index("united").Match([]));
        Assert.Empty(Index("united").Without(Posts.Monitor(1)).Match(Batch));
    }

    private static MonitorIndex Index(params string[] queries) =>
        queries.Index().Aggregate(MonitorIndex.Empty, (index, q) => index.With(Posts.Monitor(q.Index + 1), Parse(q.Item)));

    private static MonitorQuery Parse(string query) => MonitorQuery.Parse(query).Value;

    private static int Number(MonitorId id) => BitConverter.ToInt32(id.Value.ToByteArray());
}
