using System.Runtime.InteropServices;

namespace Holdfast.Core.Detection;

/// <summary>
/// Which of the complaints in a sliding window resemble each other. Whether two do depends on those two alone (and on what a person
/// said of their topics), and on nothing that came before.
/// </summary>
internal sealed class TopicLinks
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

    /// <summary>By the weights of two posts: what they must share to resemble each other.</summary>
    private static readonly byte[][] Needed =
        [.. Enumerable.Range(0, TopicWords.MostWeight + 1).Select(one => Enumerable.Range(0, TopicWords.MostWeight + 1)
            .Select(other => (byte)Math.Max(MinShared, Math.Ceiling(MinAlike * Math.Sqrt((double)one * other)))).ToArray())];

    private readonly List<List<int>> _postings = [];
    private readonly Dictionary<TopicId, List<int>> _together = [];
    private readonly byte[] _weights;
    private readonly bool[] _marked;
    private readonly byte[] _shared;
    private int _near;

    /// <param name="complaints">In order of time.</param>
    public TopicLinks(TopicWords words, IReadOnlyList<Mention> complaints, TimeSpan window)
    {
        var (terms, authors, networks) = (new Numbers(), new Numbers(), new Numbers());
        foreach (var mention in complaints)
        {
            var its = words.Of(mention.Text, mention.Reading.Language);
            Posts.Add(new(mention, its, [.. its.Select(word => terms.Of(word.Stem))], authors.Of(mention.Author), networks.Of(mention.Network)));
        }

        _postings.AddRange(Enumerable.Range(0, terms.Count).Select(_ => new List<int>()));
        Authors = authors.Count;
        Alike = new(Most(window));
        _shared = new byte[Alike.Slots];
        Gained = new bool[Posts.Count];
        Gained.AsSpan().Fill(true);

        // Asked of every two posts, and so not looked up in the posts.
        _weights = [.. Posts.Select(post => post.Weight)];
        _marked = [.. Posts.Select(post => post.Mention.Topic is { Apart.Count: > 0 })];
    }

    /// <summary>By their numbers, in order of time.</summary>
    public List<TopicNode> Posts { get; } = [];

    public AlikeWindow Alike { get; }

    /// <summary>Something may resemble the post that did not when this was last set back.</summary>
    public bool[] Gained { get; }

    /// <summary>Different ones of all posts; they are numbered.</summary>
    public int Authors { get; }

    /// <summary>Takes the next post into the window, which begins with <paramref name="first"/>, and links it with those in it that it resembles.</summary>
    public void Add(int number, int first)
    {
        var node = Posts[number];
        Alike.Slide(first, number + 1);
        for (; node.Mention.At - Posts[_near].Mention.At > CoordinatedPosting.Within; _near++)
        {
        }

        for (var i = 0; i < node.Terms.Length; i++)
        {
            Share(number, first, node.Words[i], _postings[node.Terms[i]]);
        }

        List<TopicNode>? copies = null;
        var needed = Needed[node.Weight];
        for (var other = first; other < number; other++)
        {
            ref var shared = ref _shared[Alike.Slot(other)];
            if (shared > 0 && shared >= needed[_weights[other]])
            {
                if (!SetApart(number, other))
                {
                    Link(number, other);
                }

                if (other >= _near && CoordinatedPosting.NearlySame(shared, node.Weight, _weights[other]) && node.Network == Posts[other].Network)
                {
                    (copies ??= [node]).Add(Posts[other]);
                }
            }

            shared = 0;
        }

        Mark(node, copies);
        PutTogether(number);
    }

    private void Link(int one, int other)
    {
        Alike.Link(one, other);
        (Gained[one], Gained[other]) = (true, true);
    }

    /// <summary>Adds up what the post shares with each one that uses the word too.</summary>
    private void Share(int number, int first, TopicWord word, List<int> posting)
    {
        var (shared, last) = (_shared, _shared.Length - 1);
        var before = CollectionsMarshal.AsSpan(posting);
        for (var back = before.Length - 1; back >= 0 && before[back] >= first; back--)
        {
            // Within a language a name has met as a word already.
            var other = before[back];
            if (!word.IsName || Posts[other].Mention.Reading.Language != Posts[number].Mention.Reading.Language)
            {
                shared[other & last] += (byte)word.Weight;
            }
        }

        posting.Add(number);
    }

    /// <summary>Marks those that possibly posted in coordination, as of the minute of the post that makes it visible.</summary>
    private static void Mark(TopicNode node, List<TopicNode>? copies)
    {
        if (copies?.Count >= CoordinatedPosting.MinAccounts && CoordinatedPosting.LooksMade([.. copies.Select(one => one.Voiced)]))
        {
            foreach (var one in copies)
            {
                one.CoordinatedSince = one.CoordinatedSince < node.Minute ? one.CoordinatedSince : node.Minute;
            }
        }
    }

    private bool SetApart(int one, int other) =>
        (_marked[one] || _marked[other])
        && Posts[one].Mention.Topic is { } mark && Posts[other].Mention.Topic is { } its
        && (mark.Apart.Contains(its.Topic) || its.Apart.Contains(mark.Topic));

    /// <summary>Links it with those before it in a topic of which a person said that it is one thing.</summary>
    private void PutTogether(int number)
    {
        if (Posts[number].Mention.Topic is not { Together: true } mark)
        {
            return;
        }

        if (!_together.TryGetValue(mark.Topic, out var members))
        {
            _together.Add(mark.Topic, members = []);
        }

        members.FindAll(member => member >= Alike.First).ForEach(member => Link(number, member));
        members.Add(number);
    }

    /// <summary>How many posts are in a window at most.</summary>
    private int Most(TimeSpan window)
    {
        var (most, first) = (0, 0);
        for (var index = 0; index < Posts.Count; index++)
        {
            for (; Posts[first].Minute <= Posts[index].Minute - window; first++)
            {
            }

            most = Math.Max(most, index - first + 1);
        }

        return most;
    }

    /// <summary>Numbers names in the order in which they are first met.</summary>
    private sealed class Numbers
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public int Count => _numbers.Count;

        public int Of(string name)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, name, out var known);
            return known ? number : number = _numbers.Count - 1;
        }
    }
}
