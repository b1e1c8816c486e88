using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

/// <summary>
/// Groups the posts of sliding windows by what they say. A <i>star</i> is one post, its core, and all in the window that resemble it;
/// cores that lie in each other's stars are one group. So groups only grow and join as posts arrive, in whatever order; grouping
/// around centres that move, as <see cref="TopicMemory"/> does, would not have that.
/// </summary>
/// <param name="complaints">In order of time.</param>
internal sealed class TopicStars(TopicWords words, IReadOnlyList<Mention> complaints, TimeSpan window, int people)
{
    private readonly TopicLinks _links = new(words, complaints, window);
    private int[] _seen = [];
    private int _look;

    public int Count => Posts.Count;

    private List<TopicNode> Posts => _links.Posts;

    private AlikeWindow Alike => _links.Alike;

    public PostAt Post(int number) => Posts[number].Post;

    /// <summary>How many different people complained of anything from an instant to before another.</summary>
    public int Crowd(DateTimeOffset from, DateTimeOffset to) =>
        Posts.Where(post => post.Mention.At >= from && post.Mention.At < to).Select(post => post.Author).Distinct().Count();

    /// <summary>What the posts of a group have in common.</summary>
    public Topic Topic(TopicGroup group) =>
        new([.. group.Cores.Select(Post)], TopicName.Words(group.Posts.Select(number => Posts[number].Words)));

    /// <summary>The groups of each minute that posts of the changed minutes reach, where a post of that minute is in one. To be asked once.</summary>
    public IEnumerable<TopicGroup> Evaluate(MinuteSpan changed)
    {
        _seen = new int[_links.Authors];
        for (int index = 0, end, first = 0; index < Posts.Count; index = end)
        {
            var minute = Posts[index].Minute;
            for (; Posts[first].Minute <= minute - window; first++)
            {
            }

            for (end = index; end < Posts.Count && Posts[end].Minute == minute; end++)
            {
                _links.Add(end, first);
            }

            if (minute >= changed.From && minute < changed.To + window)
            {
                foreach (var group in Groups(index, minute))
                {
                    yield return group;
                }
            }
        }
    }

    /// <summary>The groups of the window in which a post of its last minute is.</summary>
    /// <param name="newest">The first post of that minute.</param>
    private IEnumerable<TopicGroup> Groups(int newest, DateTimeOffset minute)
    {
        var left = Alike.Empty();
        var border = new List<int>();
        for (var number = Alike.First; number < Alike.End; number++)
        {
            if (IsCore(number, minute))
            {
                Alike.Set(left, number);
            }
            else
            {
                border.Add(number);
            }
        }

        for (var number = Alike.First; number < Alike.End; number++)
        {
            if (Alike.Has(left, number))
            {
                var group = Alike.Together(number, left);
                var near = border.FindAll(other => AlikeWindow.Overlap(Alike.Row(other), group));
                var cores = Alike.Numbers(group);
                if (Math.Max(cores[^1], near.LastOrDefault()) >= newest)
                {
                    yield return Group(minute, cores, near);
                }
            }
        }
    }

    /// <summary>
    /// Whether enough people's posts resemble it. The newest are looked at first, and where they are enough, it stays a core for as
    /// long as they stay in the window: in a storm hardly more than once is looked.
    /// </summary>
    private bool IsCore(int number, DateTimeOffset minute)
    {
        var node = Posts[number];
        if (minute < node.CoreUntil || !_links.Gained[number])
        {
            return minute < node.CoreUntil;
        }

        var (authors, oldest) = (1, number);
        _seen[node.Author] = ++_look;
        foreach (var other in Alike.NewestFirst(Alike.Row(number)))
        {
            if (authors >= people)
            {
                break;
            }

            if (_seen[Posts[other].Author] != _look)
            {
                _seen[Posts[other].Author] = _look;
                authors++;
                oldest = Math.Min(oldest, other);
            }
        }

        // What was enough may go; then it is to be looked at again.
        _links.Gained[number] = authors >= people;
        node.CoreUntil = _links.Gained[number] ? Posts[oldest].Minute + window : node.CoreUntil;
        return _links.Gained[number];
    }

    private TopicGroup Group(DateTimeOffset minute, IReadOnlyList<int> cores, List<int> near)
    {
        int[] posts = [.. cores, .. near];
        var (networks, coordinated, press) = (new SortedDictionary<int, (string Network, int People)>(), new HashSet<int>(), 0);
        _look++;
        foreach (var node in posts.Select(number => Posts[number]))
        {
            press += node.Mention.Voice == Voice.Press ? 1 : 0;
            if (_seen[node.Author] != _look)
            {
                _seen[node.Author] = _look;
                networks[node.Network] = (node.Mention.Network, networks.GetValueOrDefault(node.Network).People + 1);
            }

            if (node.CoordinatedSince <= minute)
            {
                coordinated.Add(node.Author);
            }
        }

        return new(minute, [.. networks.Values], press, coordinated.Count, posts, cores);
    }
}
