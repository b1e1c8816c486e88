namespace Holdfast.Core.Detection;

/// <summary>The words of a brand's posts and how telling each is.</summary>
internal sealed class TopicVocabulary
{
    /// <summary>Words remembered that are in no topic; beyond it all of them count half, and the rarest go.</summary>
    private const int MaxElsewhere = 6_000;

    /// <summary>As if so many posts about anything had come before: of the very first ones, the words that two share must tell something.</summary>
    private const double Unseen = 100;

    private readonly Dictionary<string, Term> _terms = new(StringComparer.Ordinal);
    private double _elsewhere;
    private int _wordsElsewhere;
    private double _chance;
    private double _chanceAt;

    public TopicVocabulary(TopicBackground background)
    {
        (Posts, _elsewhere) = (background.Posts, background.Posts);
        foreach (var (stem, posts) in background.Words)
        {
            var term = Of(stem);
            (term.Posts, term.Elsewhere) = (posts, posts);
            _wordsElsewhere++;
        }
    }

    /// <summary>All posts that are remembered, one way or the other.</summary>
    public double Posts { get; private set; }

    public Term Of(string stem)
    {
        if (!_terms.TryGetValue(stem, out var term))
        {
            _terms.Add(stem, term = new(stem));
        }

        return term;
    }

    /// <summary>One more post, of these words.</summary>
    public void Count(IEnumerable<Term> terms)
    {
        Posts++;
        foreach (var term in terms)
        {
            term.Posts++;
        }
    }

    public void AddPosts(double posts) => Posts += posts;

    /// <summary>Posts that leave their topic are still part of what is usual.</summary>
    public void Leave(double posts) => _elsewhere += posts;

    public void Leave(Term term, double posts)
    {
        _wordsElsewhere += term.Elsewhere == 0 ? 1 : 0;
        term.Elsewhere += posts;
        if (_wordsElsewhere > MaxElsewhere)
        {
            Halve();
        }
    }

    public TopicBackground Background() => new(
        _elsewhere,
        [.. _terms.Values.Where(term => term.Elsewhere > 0).OrderBy(term => term.Stem, StringComparer.Ordinal).Select(term => new BackgroundTerm(term.Stem, term.Elsewhere))]);

    /// <summary>In a post: the rarer, the more telling (the root of the inverse document frequency, so that one odd word is not all).</summary>
    public double Weight(Term term) => Math.Sqrt(Math.Max(0, Math.Log((Unseen + Posts) / (term.Posts + 0.5))));

    /// <summary>In a topic: how much of it uses the word, and how much oftener than everyone does.</summary>
    public double Weight(Use use)
    {
        var usual = use.Term.Posts / (Unseen + Posts);
        var here = (use.Posts + usual) / (use.Topic.Posts + 1);
        return use.Posts / use.Topic.Posts * Math.Sqrt(Math.Max(0, Math.Log(here / usual)));
    }

    /// <summary>The cosine that two posts have by chance, were each to draw its words from what everyone says; at most a twentieth of the posts old.</summary>
    public double Chance()
    {
        if (_chanceAt < Posts * 0.95)
        {
            var (shared, length) = (0.0, 1e-18);
            foreach (var term in _terms.Values)
            {
                var (part, weight) = (term.Posts / (Unseen + Posts), Weight(term));
                shared += part * Math.Max(0, term.Posts - 1) / (Unseen + Posts) * weight * weight;
                length += part * weight * weight;
            }

            (_chance, _chanceAt) = (shared / length, Posts);
        }

        return _chance;
    }

    private void Halve()
    {
        _chanceAt = 0;
        Posts -= _elsewhere /= 2;
        foreach (var term in _terms.Values.Where(term => term.Elsewhere > 0).ToList())
        {
            // What is left of a word that one post used is nothing.
            var left = term.Elsewhere >= 2 ? term.Elsewhere / 2 : 0;
            term.Posts -= term.Elsewhere - left;
            term.Elsewhere = left;
            _wordsElsewhere -= left == 0 ? 1 : 0;
            if (left == 0 && term.Uses.Count == 0)
            {
                _terms.Remove(term.Stem);
            }
        }
    }
}
