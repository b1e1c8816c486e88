using Holdfast.Core.Brands;

namespace Holdfast.Core.Detection;

/// <summary>What a group of posts is about, in its own most telling words.</summary>
public static class TopicName
{
    /// <summary>Enough to tell two topics apart, few enough for a page's subject.</summary>
    public const int Most = 4;

    /// <summary>A word of fewer than this part of the posts is a detail of some of them.</summary>
    private const double LeastPart = 0.25;

    /// <summary>The words that most of the posts share, most shared first; each as most people wrote it.</summary>
    internal static IReadOnlyList<string> Words(IEnumerable<IReadOnlyList<TopicWord>> posts)
    {
        var all = posts.ToList();
        return [.. all
            .SelectMany(words => words)
            .GroupBy(word => word.Stem, StringComparer.Ordinal)
            .Select(group => (Count: group.Count(), group.Key, Written: group
                .GroupBy(word => word.Written, StringComparer.Ordinal)
                .OrderByDescending(form => form.Count())
                .ThenBy(form => form.Key, StringComparer.Ordinal)
                .First().Key))
            .Where(word => word.Count >= Math.Max(2, LeastPart * all.Count))
            .OrderByDescending(word => word.Count)
            .ThenBy(word => word.Key, StringComparer.Ordinal)
            .Select(word => word.Written)
            .Distinct()
            .Take(Most)];
    }

    /// <summary>One line for a heading.</summary>
    public static string Of(IReadOnlyList<string> words) => string.Join(", ", words);

    /// <summary>The post that says best what the topic is about, by its place; the first of several that say it as well. -1 where there is none.</summary>
    /// <param name="terms">The topic's words.</param>
    public static int Representative(Brand brand, IReadOnlyList<TopicTerm> terms, IReadOnlyList<(string Text, string Language)> posts)
    {
        var words = new TopicWords(brand);
        var uses = terms.ToDictionary(term => term.Stem, term => term.Posts, StringComparer.Ordinal);
        var (best, most) = (-1, 0.0);
        foreach (var (i, post) in posts.Index())
        {
            // Long posts use many words; three more in the divisor, so that one word alone is not the best post of all.
            var its = words.Of(post.Text, post.Language);
            var fit = its.Sum(word => uses.GetValueOrDefault(word.Stem)) / Math.Sqrt(its.Count + 3);
            (best, most) = fit > most ? (i, fit) : (best, most);
        }

        return best;
    }

    /// <summary>Whether the post uses the word, however it is bent.</summary>
    public static bool Uses(Brand brand, string stem, string text, string language) =>
        new TopicWords(brand).Of(text, language).Any(word => word.Stem == stem);

    /// <summary>Whether two groups of posts, some time apart, speak of one thing: they share at least two and at least half of their words.</summary>
    public static bool SameTopic(IReadOnlyList<string> words, IReadOnlyList<string> others)
    {
        var shared = words.Select(Stemmed).Intersect(others.Select(Stemmed)).Count();
        return shared >= 2 && 2 * shared >= Math.Min(words.Count, others.Count);
    }

    // The language is not known any more; the first letters tell most words apart in both.
    private static string Stemmed(string word) => TopicWords.Folded(word) is { Length: > 5 } folded ? folded[..5] : TopicWords.Folded(word);
}
