using System.Globalization;
using System.Text;
using Holdfast.Core.Brands;

namespace Holdfast.Core.Detection;

/// <summary>One content word: its stem, by which posts are compared, and how this author wrote it, for showing.</summary>
/// <param name="Weight">How many words it counts for when two posts are compared: a number or a tag in common is no coincidence.</param>
internal readonly record struct TopicWord(string Stem, string Written, int Weight = 1)
{
    /// <summary>The beginning of a name, beside the name's own stem, which is another in another language.</summary>
    public bool IsName => Stem[0] == TopicWords.NameSign;
}

/// <summary>The content words of posts for a brand: without its names and handles, links, other handles, and the words that everyone uses.</summary>
internal sealed class TopicWords(Brand brand)
{
    /// <summary>What a post is about it says early; a long text must not resemble everything.</summary>
    public const int Most = 24;

    public const char NameSign = '^';

    private const int NameLength = 5;

    /// <summary>A flight number, an error code, a tag: two posts of five words that share one are about one thing.</summary>
    private const int Pointed = 3;

    private readonly HashSet<string> _names =
        [.. brand.Handles.Prepend(brand.Name).Select(Folded).SelectMany(name => Split(name).Append(name.Replace(" ", "", StringComparison.Ordinal)))];

    /// <summary>Distinct by stem, in the order of the text, at most <see cref="Most"/>.</summary>
    public IReadOnlyList<TopicWord> Of(string text, string language)
    {
        var words = new List<TopicWord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var begins = true;
        foreach (var piece in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece.StartsWith('@') || piece.Contains("://", StringComparison.Ordinal) || piece.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var folded = Split(Folded(piece)).ToList();
            var written = Split(piece.Normalize(NormalizationForm.FormC)).ToList();
            foreach (var (i, word) in folded.Index())
            {
                if (words.Count >= Most || word.Length < 3 || _names.Contains(word) || StopWords.Has(word))
                {
                    begins = false;
                    continue;
                }

                // A letter that folds to several, or to none, moves the borders: then the folded word is shown.
                var form = written.Count == folded.Count ? written[i] : word;
                if (word.Any(char.IsAsciiDigit))
                {
                    Add(word, form, IsYear(word) ? 1 : Pointed);
                }
                else
                {
                    Add(Detection.Stem.Of(word, language), form);
                    if (piece.StartsWith('#'))
                    {
                        Add("#" + word, form, Pointed - 1);
                    }
                    else if (!begins && IsName(form))
                    {
                        Add(NameStem(word), form, Pointed - 1);
                    }
                }

                begins = false;
            }

            begins = piece[^1] is '.' or '!' or '?' or '…';
        }

        return words;

        void Add(string stem, string form, int weight = 1)
        {
            if (seen.Add(stem))
            {
                words.Add(new(stem, form.ToLowerInvariant(), weight));
            }
        }
    }

    /// <summary>A capital within a sentence, or within a word, but not shouting.</summary>
    private static bool IsName(string written) => written.Length > 3 && written.Any(char.IsUpper) && written.Any(char.IsLower);

    /// <summary>
    /// Beside the word's own stem, and the same in every language: a name is bent at its end (Kraków, Krakowie, Krakow). So a Polish
    /// and an English post can meet in what they name.
    /// </summary>
    private static string NameStem(string word) => NameSign + (word.Length <= NameLength ? word : word[..NameLength]);

    private static bool IsYear(string word) => word.Length == 4 && (word.StartsWith("19", StringComparison.Ordinal) || word.StartsWith("20", StringComparison.Ordinal));

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
