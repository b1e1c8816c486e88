using System.Collections.Immutable;

namespace Holdfast.Core.Listening;

/// <summary>
/// All queries at once, matched against batches of posts. Immutable: adding or dropping a query gives a new index and
/// leaves the old one to those who are using it. Safe from many threads.
/// </summary>
/// <remarks>
/// Each query is filed under a few words of which a post must hold at least one to match it (<see cref="QueryAnchors"/>);
/// only the queries whose word was seen are evaluated. Queries without such a word are evaluated for every post.
/// </remarks>
public sealed class MonitorIndex
{
    private readonly ImmutableDictionary<MonitorId, IndexedQuery> _queries;
    private readonly AnchorTable _words;
    private readonly AnchorTable _prefixes;
    private readonly PrefixLengths _lengths;
    private readonly ImmutableArray<IndexedQuery> _always;

    private MonitorIndex(
        ImmutableDictionary<MonitorId, IndexedQuery> queries,
        AnchorTable words,
        AnchorTable prefixes,
        PrefixLengths lengths,
        ImmutableArray<IndexedQuery> always) =>
        (_queries, _words, _prefixes, _lengths, _always) = (queries, words, prefixes, lengths, always);

    public static MonitorIndex Empty { get; } =
        new(ImmutableDictionary<MonitorId, IndexedQuery>.Empty, AnchorTable.Empty, AnchorTable.Empty, PrefixLengths.None, []);

    public int Count => _queries.Count;

    /// <summary>Adds a query, or replaces the one that has this id.</summary>
    public MonitorIndex With(MonitorId id, MonitorQuery query)
    {
        var others = Without(id);
        var entry = new IndexedQuery(id, query, QueryAnchors.Of(query.Root)?.Anchors);
        return new MonitorIndex(
            others._queries.Add(id, entry),
            others._words.With(WordsOf(entry), entry),
            others._prefixes.With(PrefixesOf(entry), entry),
            others._lengths.With(PrefixesOf(entry)),
            entry.Anchors is null ? others._always.Add(entry) : others._always);
    }

    public MonitorIndex Without(MonitorId id) =>
        !_queries.TryGetValue(id, out var entry)
            ? this
            : new MonitorIndex(
                _queries.Remove(id),
                _words.Without(WordsOf(entry), entry),
                _prefixes.Without(PrefixesOf(entry), entry),
                _lengths.Without(PrefixesOf(entry)),
                entry.Anchors is null ? _always.Remove(entry) : _always);

    /// <summary>Every (post, monitor) that match, ordered by post, then by monitor.</summary>
    public IReadOnlyList<Match> Match(IReadOnlyList<Post> batch)
    {
        var matches = new List<Match>();
        if (_queries.IsEmpty)
            return matches;
        var candidates = new HashSet<IndexedQuery>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < batch.Count; i++)
        {
            var text = TextFold.Fold(batch[i].Text);
            candidates.Clear();
            Collect(batch[i], text, candidates);
            var first = matches.Count;
            foreach (var candidate in candidates)
            {
                if (QueryMatch.Matches(candidate.Query.Root, batch[i], text))
                    matches.Add(new Match(i, candidate.Id));
            }

            matches.Sort(first, matches.Count - first, ByMonitor);
        }

        return matches;
    }

    private static readonly Comparer<Match> ByMonitor = Comparer<Match>.Create((a, b) => a.Monitor.Value.CompareTo(b.Monitor.Value));

    private void Collect(Post post, FoldedText text, HashSet<IndexedQuery> candidates)
    {
        Add(_always.AsSpan(), candidates);
        var author = QueryAnchors.Author(QueryMatch.Handle(post.Author));
        Add(_words.Find(author, string.GetHashCode(author.AsSpan())), candidates);
        foreach (ref readonly var token in text.Tokens)
        {
            var word = text.TextOf(token);
            Add(_words.Find(word, token.Hash), candidates);
            foreach (var length in _lengths.Used)
            {
                if (length > word.Length)
                    break;
                Add(_prefixes.Find(word[..length], string.GetHashCode(word[..length])), candidates);
            }
        }
    }

    private static void Add(ReadOnlySpan<IndexedQuery> found, HashSet<IndexedQuery> candidates)
    {
        foreach (var query in found)
            candidates.Add(query);
    }

    private static IEnumerable<string> WordsOf(IndexedQuery entry) => TextsOf(entry, isPrefix: false);

    private static IEnumerable<string> PrefixesOf(IndexedQuery entry) => TextsOf(entry, isPrefix: true);

    private static IEnumerable<string> TextsOf(IndexedQuery entry, bool isPrefix) =>
        (entry.Anchors ?? []).Where(a => a.IsPrefix == isPrefix).Select(a => a.Text);
}
