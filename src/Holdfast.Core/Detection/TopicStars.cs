namespace Holdfast.Core.Detection;

/// <summary>What many people's posts of a window have in common.</summary>
/// <param name="People">Different authors of all its posts.</param>
/// <param name="Coordinated">Accounts among them that possibly posted in coordination.</param>
/// <param name="Cores">The posts which alone are resembled by enough people's.</param>
internal sealed record TopicGroup(
    DateTimeOffset Minute, int People, int Coordinated, IReadOnlyList<PostAt> Posts, IReadOnlyList<PostAt> Cores, IReadOnlyList<string> Words);

/// <summary>
/// Groups the posts of sliding windows by what they say. A <i>star</i> is one post, its core, and all in the window that resemble it;
/// cores that lie in each other's stars are one group. Whether two posts resemble each other depends on those two alone (and on what
/// a person said of their topics), so groups only grow and join as posts arrive, in whatever order; grouping around centres that move,
/// as <see cref="TopicMemory"/> does, would not have that.
/// </summary>
internal sealed class TopicStars
{
    /// <summary>
    /// Two posts resemble each other when the words they share are at least this part of the geometric mean of their numbers of
    /// words (the cosine of their word sets; numbers, tags, and names across languages count more), and at least <see cref="MinShared"/>. Chosen on a week of
    /// labelled complaints about one airline, groups of five people in an hour: at 0.25 four of five posts of a group had the same
    /// labelled reason, at 0.3 more than nine of ten, in a third of the hours; at 0.4 no more, and most groups were lost.
    /// </summary>
    public const double MinAlike = 0.3;

    /// <summary>One word in common is a coincidence.</summary>
    public const int MinShared = 2;

    /// <summary>A post is linked with this many of those before it, the nearest in time: in a storm that is enough to hold it together.</summary>
    public const int MaxLinks = 256;

    private readonly TimeSpan _window;
    private readonly int _people;
    private readonly List<Node> _nodes;
    private readonly Dictionary<string, List<Node>> _postings = new(StringComparer.Ordinal);

    private readonly Dictionary<TopicId, List<Node>> _together = [];

    /// <param name="complaints">In order of time.</param>
    public TopicStars(TopicWords words, IReadOnlyList<Mention> complaints, TimeSpan window, int people)
    {
        _window = window;
        _people = people;
        _nodes = [.. complaints.Select((mention, index) => new Node(index, mention, words.Of(mention.Text, mention.Reading.Language)))];
    }

    /// <summary>The groups of each minute that posts of the changed minutes reach, where a post of that minute is in one.</summary>
    public IEnumerable<TopicGroup> Evaluate(MinuteSpan changed)
    {
        for (int index = 0, end; index < _nodes.Count; index = end)
        {
            var minute = _nodes[index].Minute;
            for (end = index; end < _nodes.Count && _nodes[end].Minute == minute; end++)
            {
                Link(_nodes[end], minute - _window);
            }

            if (minute >= changed.From && minute < changed.To + _window)
            {
                var done = new HashSet<Node>();
                foreach (var gained in _nodes[index..end].SelectMany(node => node.Alike.Append(node)))
                {
                    if (!done.Contains(gained) && IsCore(gained, minute - _window))
                    {
                        yield return Group(gained, minute, done);
                    }
                }
            }
        }
    }

    /// <summary>Links the post with those before it, younger than <paramref name="after"/>, that it resembles.</summary>
    private void Link(Node node, DateTimeOffset after)
    {
        var shared = new Dictionary<Node, int>();
        foreach (var word in node.Words)
        {
            if (!_postings.TryGetValue(word.Stem, out var posting))
            {
                _postings.Add(word.Stem, posting = []);
            }

            for (var back = posting.Count - 1; back >= 0 && posting[back].Minute > after; back--)
            {
                // Within a language a name has met as a word already.
                if (!word.IsName || posting[back].Mention.Reading.Language != node.Mention.Reading.Language)
                {
                    shared[posting[back]] = shared.GetValueOrDefault(posting[back]) + word.Weight;
                }
            }

            posting.Add(node);
        }

        Mark(node, shared);
        var alike = shared
            .Where(other => other.Value >= MinShared
                && other.Value >= MinAlike * Math.Sqrt((double)node.Weight * other.Key.Weight)
                && !SetApart(node.Mention.Topic, other.Key.Mention.Topic))
            .Select(other => other.Key)
            .Union(PutTogether(node, after))
            .OrderByDescending(other => other.Index)
            .Take(MaxLinks);
        foreach (var other in alike)
        {
            node.Alike.Add(other);
            other.Alike.Add(node);
        }
    }

    /// <summary>Marks those that possibly posted in coordination, as of the minute of the post that makes it visible.</summary>
    private static void Mark(Node node, Dictionary<Node, int> shared)
    {
        var star = shared
            .Where(other => CoordinatedPosting.NearlySame(other.Value, node.Weight, other.Key.Weight)
                && node.Mention.At - other.Key.Mention.At <= CoordinatedPosting.Within
                && node.Mention.Network == other.Key.Mention.Network)
            .Select(other => other.Key)
            .Append(node)
            .ToList();
        if (star.Count >= CoordinatedPosting.MinAccounts && CoordinatedPosting.LooksMade([.. star.Select(one => one.Voiced)]))
        {
            foreach (var one in star)
            {
                one.CoordinatedSince = one.CoordinatedSince < node.Minute ? one.CoordinatedSince : node.Minute;
            }
        }
    }

    private static bool SetApart(TopicMark? one, TopicMark? other) =>
        one is not null && other is not null && (one.Apart.Contains(other.Topic) || other.Apart.Contains(one.Topic));

    /// <summary>Those before it in a topic of which a person said that it is one thing.</summary>
    private List<Node> PutTogether(Node node, DateTimeOffset after)
    {
        if (node.Mention.Topic is not { Together: true } mark)
        {
            return [];
        }

        if (!_together.TryGetValue(mark.Topic, out var members))
        {
            _together.Add(mark.Topic, members = []);
        }

        var before = members.Where(member => member.Minute > after).ToList();
        members.Add(node);
        return before;
    }

    private bool IsCore(Node node, DateTimeOffset after)
    {
        if (node.Minute <= after || node.Alike.Count + 1 < _people)
        {
            return false;
        }

        // The newest are last; in a storm a look at a few of them is enough.
        var authors = new HashSet<string>(StringComparer.Ordinal) { node.Mention.Author };
        for (var index = node.Alike.Count - 1; index >= 0 && authors.Count < _people; index--)
        {
            if (node.Alike[index].Minute > after)
            {
                authors.Add(node.Alike[index].Mention.Author);
            }
        }

        return authors.Count >= _people;
    }

    private TopicGroup Group(Node first, DateTimeOffset minute, HashSet<Node> done)
    {
        var after = minute - _window;
        var cores = new List<Node>();
        var members = new HashSet<Node>();
        var open = new Stack<Node>([first]);
        done.Add(first);
        while (open.TryPop(out var core))
        {
            cores.Add(core);
            members.Add(core);
            foreach (var near in core.Alike.Where(near => near.Minute > after))
            {
                members.Add(near);
                if (!done.Contains(near) && IsCore(near, after))
                {
                    done.Add(near);
                    open.Push(near);
                }
            }
        }

        return new(
            minute,
            members.Select(node => node.Mention.Author).Distinct().Count(),
            members.Where(node => node.CoordinatedSince <= minute).Select(node => node.Mention.Author).Distinct().Count(),
            [.. members.Select(node => node.Post)],
            [.. cores.Select(node => node.Post)],
            TopicName.Words(members.Select(node => node.Words)));
    }

    private sealed class Node(int index, Mention mention, IReadOnlyList<TopicWord> words)
    {
        public int Index { get; } = index;

        public Mention Mention { get; } = mention;

        public PostAt Post { get; } = new(mention.At, mention.Post);

        public DateTimeOffset Minute { get; } = Minutes.Floor(mention.At);

        public IReadOnlyList<TopicWord> Words { get; } = words;

        public int Weight { get; } = words.Where(word => !word.IsName).Sum(word => word.Weight);

        public DateTimeOffset CoordinatedSince { get; set; } = DateTimeOffset.MaxValue;

        public VoicedPost Voiced => new(
            Post, Mention.Network, Mention.Author, Mention.Handle, Mention.Followers, Mention.Text, Mention.Reading.Language);

        public List<Node> Alike { get; } = [];
    }
}
