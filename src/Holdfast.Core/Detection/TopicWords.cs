using System.Globalization;
using System.Text;
using Holdfast.Core.Brands;

namespace Holdfast.Core.Detection;

/// <summary>One content word: its stem, by which posts are compared, and how this author wrote it, for showing.</summary>
internal readonly record struct TopicWord(string Stem, string Written);

/// <summary>The content words of posts for a brand: without its names and handles, links, other handles, and the words that everyone uses.</summary>
internal sealed class TopicWords(Brand brand)
{
    /// <summary>What a post is about it says early; a long text must not resemble everything.</summary>
    public const int Most = 24;

    private readonly HashSet<string> _names =
        [.. brand.Handles.Prepend(brand.Name).Select(Folded).SelectMany(name => Split(name).Append(name.Replace(" ", "", StringComparison.Ordinal)))];

    /// <summary>Distinct by stem, in the order of the text, at most <see cref="Most"/>.</summary>
    public IReadOnlyList<TopicWord> Of(string text, string language)
    {
        var words = new List<TopicWord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece.StartsWith('@') || piece.Contains("://", StringComparison.Ordinal) || piece.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var folded = Split(Folded(piece)).ToList();
            var written = Split(piece.Normalize(NormalizationForm.FormC).ToLowerInvariant()).ToList();
            foreach (var (i, word) in folded.Index())
            {
                if (words.Count < Most && word.Length > 2 && !_names.Contains(word) && !StopWords.Has(word)
                    && Detection.Stem.Of(word, language) is var stem && seen.Add(stem))
                {
                    // A letter that folds to several, or to none, moves the borders: then the folded word is shown.
                    words.Add(new(stem, written.Count == folded.Count ? written[i] : word));
                }
            }
        }

        return words;
    }

    /// <summary>Apostrophes go without a gap ("can't" is one word), every other sign is a gap.</summary>
    private static IEnumerable<string> Split(string folded)
    {
        var word = new StringBuilder();
        foreach (var c in folded)
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(c);
            }
            else if (c is not ('\'' or '’') && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    internal static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(c == 'ł' ? 'l' : c);
            }
        }

        return folded.ToString();
    }
}
