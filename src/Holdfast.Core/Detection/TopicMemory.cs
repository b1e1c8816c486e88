using Holdfast.Core.Brands;

namespace Holdfast.Core.Detection;

/// <summary>
/// What is remembered of a brand's topics while posts come in: the words of each and how often they were used. A post goes to the
/// topic whose own words it uses, or begins a new one; topics that turn out to speak of one thing become one. One pass, no look
/// ahead, and bounded: old topics and rare words are forgotten. A single-pass clustering around centroids (Hill 1968; Rijsbergen,
/// Information Retrieval, 1979, ch. 3), with words weighed by how much oftener the topic uses them than everyone does.
/// </summary>
public sealed class TopicMemory
{
    /// <summary>Topics in memory; beyond it the least are forgotten.</summary>
    public const int MostTopics = 1_000;

    /// <summary>Fewer posts than these are the first to be forgotten where memory is short.</summary>
    public const int FewPosts = 3;

    /// <summary>A topic that falls silent and comes back within this is the same topic.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(7);

    private readonly TopicWords _words;
    private readonly Func<TopicId> _fresh;
    private readonly Dictionary<TopicId, RememberedTopic> _topics = [];
    private readonly List<RememberedTopic> _found = [];
    private readonly TopicVocabulary _vocabulary;
    private long _began;
    private DateTimeOffset _swept;

    /// <param name="fresh">Makes the id of a new topic.</param>
    /// <param name="known">Topics remembered before, in the order in which they began.</param>
    public TopicMemory(Brand brand, Func<TopicId> fresh, IEnumerable<TopicRecord>? known = null, TopicBackground? background = null)
    {
        _words = new(brand);
        _fresh = fresh;
        _vocabulary = new(background ?? TopicBackground.Empty);
        foreach (var record in known ?? [])
        {
            var topic = new RememberedTopic(record.Id, _began++, record.Apart);
            topic.Restore(record, _vocabulary);
            _topics.Add(record.Id, topic);
        }
    }

    public int Count => _topics.Count;

    /// <summary>What has been forgotten since this was last cleared; where there is some, <see cref="Background"/> has changed.</summary>
    public ISet<TopicId> Forgotten { get; } = new HashSet<TopicId>();

    /// <summary>The topic as it should be stored, or null where it is not remembered any more.</summary>
    public TopicRecord? Find(TopicId id) => _topics.TryGetValue(id, out var topic) ? topic.Record(_vocabulary) : null;

    /// <summary>What is known of words besides the topics; stored with them.</summary>
    public TopicBackground Background => _vocabulary.Background();

    /// <summary>Puts a complaint where it belongs. Null where it says nothing: no word of its own.</summary>
    public TopicPlacement? Place(string text, string language, DateTimeOffset at)
    {
        var words = _words.Of(text, language);
        if (words.Count == 0)
        {
            return null;
        }

        Sweep(at);
        var terms = words.Select(word => (Term: _vocabulary.Of(word.Stem), word.Written)).ToList();
        _vocabulary.Count(terms.Select(one => one.Term));
        var best = Nearest(terms);
        var began = best is null;
        best ??= Begin();
        best.Add(terms, at);
        best.Prune(_vocabulary);
        return new(best.Id, began, best.IsDue ? Joined(best) : []);
    }

    /// <summary>A person says that two topics are one.</summary>
    public void Join(TopicId gone, TopicId kept)
    {
        if (!_topics.TryGetValue(kept, out var into) || !_topics.Remove(gone, out var taken))
        {
            return;
        }

        into.Take(taken);
        into.Apart.ExceptWith([gone, kept]);
        into.Prune(_vocabulary);
    }

    /// <summary>The topic that these posts alone would make, for a person who says that they are one.</summary>
    public static TopicRecord Counted(
        Brand brand, TopicId id, IEnumerable<(string Text, string Language, DateTimeOffset At)> posts, IReadOnlyList<TopicId> apart)
    {
        var (words, all) = (new TopicWords(brand), posts.ToList());
        var terms = all
            .SelectMany(post => words.Of(post.Text, post.Language))
            .GroupBy(word => word.Stem, StringComparer.Ordinal)
            .Select(word => new TopicTerm(
                word.Key,
                word.CountBy(one => one.Written).OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal).First().Key,
                word.Count()))
            .OrderByDescending(word => word.Posts)
            .ThenBy(word => word.Stem, StringComparer.Ordinal)
            .Take(4 * Limits.MaxTerms);
        return new(id, all.Count, all.Count == 0 ? default : all.Max(post => post.At), [.. terms], apart);
    }

    /// <summary>What is asked for on top, because all that the brand is told is alike.</summary>
    private double Chance => Limits.TimesChance * Math.Min(_vocabulary.Chance(), Limits.MostChance);

    private RememberedTopic Begin()
    {
        var topic = new RememberedTopic(_fresh(), _began++, []);
        _topics.Add(topic.Id, topic);
        return topic;
    }

    /// <summary>The topic that the words fit best; the older of two that they fit as well.</summary>
    private RememberedTopic? Nearest(List<(Term Term, string Written)> words)
    {
        _found.Clear();
        var length = 0.0;
        foreach (var (term, _) in words)
        {
            var weight = _vocabulary.Weight(term);
            length += weight * weight;
            foreach (var use in term.Uses)
            {
                if (use.Topic.Score == 0)
                {
                    use.Topic.Weigh(_vocabulary);
                    _found.Add(use.Topic);
                }

                use.Topic.Score += weight * use.Weight;
            }
        }

        var (best, most, least) = ((RememberedTopic?)null, 1.0, Limits.MinAlike + Chance);
        foreach (var topic in _found)
        {
            var alike = topic.Score / (Math.Sqrt(length) * topic.Length);
            var fit = alike / least * (1 + (Limits.Larger * Math.Log(topic.Posts))) / (1 + (Limits.Smaller / topic.Posts));
            if (fit > most || (fit == most && topic.Began < best?.Began))
            {
                (best, most) = (topic, fit);
            }

            topic.Score = 0;
        }

        return best;
    }

    /// <summary>Joins the topic with those that say the same, now that more is known of it.</summary>
    private List<TopicJoin> Joined(RememberedTopic topic)
    {
        var joins = new List<TopicJoin>();
        while (Twin(topic) is { } twin)
        {
            var (kept, gone) = twin.Posts > topic.Posts || (twin.Posts == topic.Posts && twin.Began < topic.Began) ? (twin, topic) : (topic, twin);
            kept.Take(gone);
            kept.Prune(_vocabulary);
            _topics.Remove(gone.Id);
            joins.Add(new(gone.Id, kept.Id));
            topic = kept;
        }

        topic.Looked();
        return joins;
    }

    private RememberedTopic? Twin(RememberedTopic topic)
    {
        var (best, most) = ((RememberedTopic?)null, Limits.MinAlikeTopics + Chance);
        var near = topic.Telling(_vocabulary, Limits.TellingWords).SelectMany(use => use.Term.Uses).Select(use => use.Topic).Distinct();
        foreach (var other in near.Where(other => other != topic && !other.Apart.Contains(topic.Id) && !topic.Apart.Contains(other.Id)))
        {
            var alike = topic.Alike(other, _vocabulary);
            if (alike > most || (alike == most && other.Began < best?.Began))
            {
                (best, most) = (other, alike);
            }
        }

        return best;
    }

    /// <summary>Forgets what has fallen silent, and the least of what is too much; its words stay known as background.</summary>
    private void Sweep(DateTimeOffset at)
    {
        if (_topics.Count < MostTopics && at - _swept < Limits.SweepEvery)
        {
            return;
        }

        _swept = at > _swept ? at : _swept;
        foreach (var topic in _topics.Values.Where(topic => _swept - topic.LastAt > RememberedFor).ToList())
        {
            Forget(topic);
        }

        if (_topics.Count >= MostTopics)
        {
            var least = _topics.Values
                .OrderBy(topic => topic.Posts >= FewPosts)
                .ThenBy(topic => topic.LastAt)
                .ThenBy(topic => topic.Began)
                .Take(MostTopics / 5)
                .ToList();
            least.ForEach(Forget);
        }
    }

    private void Forget(RememberedTopic topic)
    {
        topic.Clear(_vocabulary);
        _topics.Remove(topic.Id);
        Forgotten.Add(topic.Id);
    }

    /// <summary>
    /// The numbers behind the grouping: one set for every brand and language. Chosen on four labelled sets of short texts of very
    /// different kinds (docs/design/detection.md), in the middle of where all four do well.
    /// </summary>
    internal static class Limits
    {
        /// <summary>The cosine of a post with a large topic from which on it belongs to it.</summary>
        public const double MinAlike = 0.12;

        /// <summary>A topic of n posts asks for this / n more: of one post too little is known to tell its words from chance.</summary>
        public const double Smaller = 0.5;

        /// <summary>Each e-fold of posts makes a topic this much likelier: what many speak of, the next one does too.</summary>
        public const double Larger = 0.03;

        /// <summary>The cosine of two topics from which on they are one.</summary>
        public const double MinAlikeTopics = 0.18;

        /// <summary>
        /// Both ask for so many times the cosine that two posts of the brand have by chance on top: where everyone speaks of cards, a card
        /// in common tells little.
        /// </summary>
        public const double TimesChance = 5;

        /// <summary>More is no chance, but one text said over and over.</summary>
        public const double MostChance = 0.05;

        /// <summary>Two topics that share none of these speak of different things.</summary>
        public const int TellingWords = 12;

        /// <summary>A topic is compared with the others each time it has grown by this factor.</summary>
        public const double Growth = 1.3;

        /// <summary>Words kept of a topic; a few times as many before they are cut to it.</summary>
        public const int MaxTerms = 32;

        /// <summary>Posts after which a topic counts its past as half: what it is about may drift.</summary>
        public const double Halving = 2_000;

        public static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);
    }
}
