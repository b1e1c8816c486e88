using Holdfast.Core.Listening;
using static Holdfast.Core.Tests.Listening.NaiveOracle;

namespace Holdfast.Core.Tests.Listening;

public sealed class MatcherOracleTests
{
    private const int Rounds = 10;
    private const int Queries = 150;
    private const int PostsARound = 80;

    [Fact]
    public void The_index_agrees_with_a_naive_reading_of_the_grammar_while_queries_come_and_go()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var (queries, posts) = (new RandomQueries(random), new RandomPosts(random));
        var standing = new Dictionary<MonitorId, (Node Tree, string Text)>();
        var index = MonitorIndex.Empty;
        var (pairs, matches) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            index = Change(index, standing, queries, random);
            var batch = Enumerable.Range(0, PostsARound).Select(_ => posts.Next()).ToArray();
            var found = index.Match([.. batch.Select(p => p.Post)]);
            var expected = Naive(batch, standing);
            Assert.True(found.SequenceEqual(expected), Explain(seed, batch, standing, found, expected));
            pairs += batch.Length * standing.Count;
            matches += found.Count;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{pairs:N0} pairs, {matches:N0} matches");
        Assert.InRange(pairs, 100_000, int.MaxValue);
        // Both answers must be common, or nothing is proven.
        Assert.InRange((double)matches / pairs, 0.05, 0.6);
    }

    // Fills up with new queries, then replaces some and drops some.
    private static MonitorIndex Change(
        MonitorIndex index, Dictionary<MonitorId, (Node Tree, string Text)> standing, RandomQueries queries, Random random)
    {
        foreach (var id in standing.Keys.Where(_ => random.Next(4) == 0).ToArray())
        {
            standing.Remove(id);
            index = index.Without(id);
        }

        while (standing.Count < Queries)
        {
            var id = Posts.Monitor(random.Next(Queries * 2));
            var query = queries.Next();
            var parsed = MonitorQuery.Parse(query.Text);
            Assert.True(parsed.Succeeded(out var monitor), $"{query.Text}: {string.Join(' ', parsed.Refusals)}");
            standing[id] = query;
            index = index.With(id, monitor);
        }

        Assert.Equal(standing.Count, index.Count);
        return index;
    }

    private static List<Match> Naive(KnownPost[] batch, Dictionary<MonitorId, (Node Tree, string Text)> standing) =>
        [.. from i in Enumerable.Range(0, batch.Length)
            from monitor in standing.OrderBy(m => m.Key.Value)
            where Matches(monitor.Value.Tree, batch[i])
            select new Match(i, monitor.Key)];

    private static string Explain(
        int seed,
        KnownPost[] batch,
        Dictionary<MonitorId, (Node Tree, string Text)> standing,
        IReadOnlyList<Match> found,
        List<Match> expected)
    {
        var wrong = found.Except(expected).Select(m => (m, "matched, should not")).Concat(
            expected.Except(found).Select(m => (m, "did not match, should"))).FirstOrDefault();
        return wrong.Item2 is null
            ? $"seed {seed}: wrong order"
            : $"seed {seed}: {wrong.Item2}\n  {standing[wrong.m.Monitor].Text}\n  {batch[wrong.m.Post].Post}";
    }
}
