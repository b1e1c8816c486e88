using System.Runtime.InteropServices;

namespace Holdfast.Core.Detection;

/// <summary>A word that posts of the brand use.</summary>
internal sealed class Term(string stem)
{
    public string Stem { get; } = stem;

    /// <summary>Posts that used it, in topics and besides.</summary>
    public double Posts { get; set; }

    /// <summary>Those of them that are in no topic any more.</summary>
    public double Elsewhere { get; set; }

    public List<Use> Uses { get; } = [];
}

/// <summary>A word in a topic.</summary>
internal sealed class Use(Term term, RememberedTopic topic)
{
    public Term Term { get; } = term;

    public RememberedTopic Topic { get; } = topic;

    /// <summary>Posts of the topic that used it.</summary>
    public double Posts { get; set; }

    /// <summary>How telling it is of the topic, as of the topic's last weighing.</summary>
    public double Weight { get; set; }

    /// <summary>As most people write it: the winner of a running majority vote (Boyer and Moore 1981).</summary>
    public string Written { get; set; } = "";

    public int Votes { get; set; }

    public void Vote(string written, int votes)
    {
        if (written == Written)
        {
            Votes += votes;
        }
        else if (Votes >= votes)
        {
            Votes -= votes;
        }
        else
        {
            (Written, Votes) = (written, votes - Votes);
        }
    }
}

/// <summary>A topic while it is remembered.</summary>
internal sealed class RememberedTopic(TopicId id, long began, IEnumerable<TopicId> apart)
{
    private readonly Dictionary<Term, Use> _uses = [];
    private double _weighedAt;
    private double _lookAt;

    public TopicId Id { get; } = id;

    /// <summary>Its place in the order of beginning.</summary>
    public long Began { get; } = began;

    /// <summary>Topics which a person said are something else.</summary>
    public HashSet<TopicId> Apart { get; } = [.. apart];

    public double Posts { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Of the search that is going on.</summary>
    public double Score { get; set; }

    /// <summary>It has grown enough to be compared with the others again.</summary>
    public bool IsDue => Posts >= _lookAt;

    public void Looked() => _lookAt = (Posts * TopicMemory.Limits.Growth) + 0.5;

    public void Restore(TopicRecord record, TopicVocabulary vocabulary)
    {
        (Posts, LastAt) = (record.Posts, record.LastAt);
        vocabulary.AddPosts(record.Posts);
        foreach (var (stem, written, posts) in record.Words)
        {
            var term = vocabulary.Of(stem);
            term.Posts += posts;
            var use = UseOf(term);
            (use.Posts, use.Written, use.Votes) = (posts, written, 1);
        }

        Looked();
    }

    public TopicRecord Record(TopicVocabulary vocabulary) => new(
        Id, Posts, LastAt, [.. Telling(vocabulary, int.MaxValue).Select(use => new TopicTerm(use.Term.Stem, use.Written, use.Posts))], [.. Apart]);

    public void Add(List<(Term Term, string Written)> words, DateTimeOffset at)
    {
        Posts++;
        LastAt = at > LastAt ? at : LastAt;
        foreach (var (term, written) in words)
        {
            var use = UseOf(term);
            use.Posts++;
            use.Vote(written, 1);
        }

        _weighedAt = 0;
    }

    public void Take(RememberedTopic gone)
    {
        Posts += gone.Posts;
        LastAt = gone.LastAt > LastAt ? gone.LastAt : LastAt;
        Apart.UnionWith(gone.Apart);
        foreach (var (term, taken) in gone._uses)
        {
            term.Uses.Remove(taken);
            var use = UseOf(term);
            use.Posts += taken.Posts;
            use.Vote(taken.Written, taken.Votes);
        }

        _weighedAt = 0;
    }

    /// <summary>Cuts the least telling words where there are too many, and the past where there is too much of it.</summary>
    public void Prune(TopicVocabulary vocabulary)
    {
        if (_uses.Count > 4 * TopicMemory.Limits.MaxTerms)
        {
            foreach (var use in Telling(vocabulary, int.MaxValue).Skip(2 * TopicMemory.Limits.MaxTerms).ToList())
            {
                Drop(use, vocabulary);
            }
        }

        if (Posts > TopicMemory.Limits.Halving)
        {
            vocabulary.Leave(Posts /= 2);
            foreach (var use in _uses.Values)
            {
                vocabulary.Leave(use.Term, use.Posts /= 2);
            }

            Looked();
        }
    }

    public void Clear(TopicVocabulary vocabulary)
    {
        foreach (var use in _uses.Values.ToList())
        {
            Drop(use, vocabulary);
        }

        vocabulary.Leave(Posts);
    }

    /// <summary>The length of its vector, as of the last weighing.</summary>
    public double Length { get; private set; }

    /// <summary>Weighs its words again where it has changed, or so much has been said besides that they tell something else.</summary>
    public void Weigh(TopicVocabulary vocabulary)
    {
        if (_weighedAt >= vocabulary.Posts * 0.95)
        {
            return;
        }

        var sum = 1e-18;
        foreach (var use in _uses.Values)
        {
            use.Weight = vocabulary.Weight(use);
            sum += use.Weight * use.Weight;
        }

        (Length, _weighedAt) = (Math.Sqrt(sum), vocabulary.Posts);
    }

    /// <summary>The cosine of the two.</summary>
    public double Alike(RememberedTopic other, TopicVocabulary vocabulary)
    {
        Weigh(vocabulary);
        other.Weigh(vocabulary);
        var (small, large) = _uses.Count < other._uses.Count ? (this, other) : (other, this);
        var sum = 0.0;
        foreach (var (term, use) in small._uses)
        {
            if (large._uses.TryGetValue(term, out var theirs))
            {
                sum += use.Weight * theirs.Weight;
            }
        }

        return sum / (Length * other.Length);
    }

    /// <summary>Its words, the most telling first.</summary>
    public IEnumerable<Use> Telling(TopicVocabulary vocabulary, int most)
    {
        Weigh(vocabulary);
        return _uses.Values
            .OrderByDescending(use => use.Weight)
            .ThenByDescending(use => use.Posts)
            .ThenBy(use => use.Term.Stem, StringComparer.Ordinal)
            .Take(most);
    }

    private Use UseOf(Term term)
    {
        ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(_uses, term, out var known);
        if (!known)
        {
            term.Uses.Add(use = new(term, this));
        }

        return use!;
    }

    private void Drop(Use use, TopicVocabulary vocabulary)
    {
        _uses.Remove(use.Term);
        use.Term.Uses.Remove(use);
        vocabulary.Leave(use.Term, use.Posts);
    }
}
