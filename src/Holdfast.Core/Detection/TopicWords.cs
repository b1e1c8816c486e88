using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
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

    private static readonly SearchValues<char> Spaces =
        SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(char.IsWhiteSpace)]);

    /// <summary>A flight number, an error code, a tag: two posts of five words that share one are about one thing.</summary>
    private const int Pointed = 3;

    /// <summary>No post weighs more.</summary>
    public const int MostWeight = Most * Pointed;

    /// <summary>Pieces of text that are remembered: a few hundred kilobytes at most, and then it begins anew.</summary>
    private const int MostMet = 2_000;

    private readonly Dictionary<string, (string Language, Said[] Said)> _met = new(StringComparer.Ordinal);

    private readonly HashSet<string> _names =
        [.. brand.Handles.Prepend(brand.Name).Select(Folded).SelectMany(name => Split(name).Append(name.Replace(" ", "", StringComparison.Ordinal)))];

    /// <summary>Distinct by stem, in the order of the text, at most <see cref="Most"/>.</summary>
    public IReadOnlyList<TopicWord> Of(string text, string language)
    {
        var words = new List<TopicWord>(Most / 2);
        var begins = true;
        foreach (var range in text.AsSpan().SplitAny(Spaces))
        {
            var piece = text.AsSpan()[range];
            if (piece.IsEmpty || piece[0] == '@' || piece.Contains("://", StringComparison.Ordinal) || piece.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var said in Met(piece, language))
            {
                if (words.Count < Most && said.Stem is not null)
                {
                    Add(words, said, piece[0] == '#', said.IsName && !begins);
                }

                begins = false;
            }

            begins = piece[^1] is '.' or '!' or '?' or '…';
        }

        return words;
    }

    /// <summary>What a piece of text says. Most have been met before: in a storm many say the same.</summary>
    private Said[] Met(ReadOnlySpan<char> piece, string language)
    {
        if (_met.Count >= MostMet)
        {
            _met.Clear();
        }

        ref var met = ref CollectionsMarshal.GetValueRefOrAddDefault(_met.GetAlternateLookup<ReadOnlySpan<char>>(), piece, out _);
        if (met.Language != language)
        {
            var said = new List<Said>();
            if (Ascii.IsValid(piece))
            {
                Plain(piece, said);
            }
            else
            {
                said.AddRange(Any(piece.ToString()));
            }

            met = (language, [.. said.Select(word => Tells(word.Word) ? word with { Stem = StemOf(word.Word, language) } : word)]);
        }

        return met.Said;
    }

    private bool Tells(string word) => word.Length >= 3 && !_names.Contains(word) && !StopWords.Has(word);

    private static string StemOf(string word, string language) => HasDigit(word) ? word : Stem.Of(word, language);

    private static bool HasDigit(string word) => word.AsSpan().ContainsAnyInRange('0', '9');

    private static void Add(List<TopicWord> words, Said said, bool tag, bool name)
    {
        if (HasDigit(said.Word))
        {
            Add(words, said.Stem!, said.Written, IsYear(said.Word) ? 1 : Pointed);
            return;
        }

        Add(words, said.Stem!, said.Written, 1);
        if (tag)
        {
            Add(words, "#" + said.Word, said.Written, Pointed - 1);
        }
        else if (name)
        {
            Add(words, NameStem(said.Word), said.Written, Pointed - 1);
        }
    }

    private static void Add(List<TopicWord> words, string stem, string written, int weight)
    {
        foreach (var other in words)
        {
            if (other.Stem == stem)
            {
                return;
            }
        }

        words.Add(new(stem, written, weight));
    }

    /// <summary>The words of a piece without letters that fold: they are shown as they are compared.</summary>
    private static void Plain(ReadOnlySpan<char> piece, List<Said> words)
    {
        Span<char> word = piece.Length <= 256 ? stackalloc char[piece.Length] : new char[piece.Length];
        var (length, upper, lower) = (0, false, false);
        foreach (var c in piece)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                (upper, lower) = (upper || char.IsAsciiLetterUpper(c), lower || char.IsAsciiLetterLower(c));
                word[length++] = char.ToLowerInvariant(c);
            }
            else if (c != '\'')
            {
                End(word);
            }
        }

        End(word);

        void End(ReadOnlySpan<char> all)
        {
            if (length > 0)
            {
                var text = all[..length].ToString();
                words.Add(new(text, text, length > 3 && upper && lower));
            }

            (length, upper, lower) = (0, false, false);
        }
    }

    private static IEnumerable<Said> Any(string piece)
    {
        var folded = Split(Folded(piece)).ToList();
        var written = Split(piece.Normalize(NormalizationForm.FormC)).ToList();

        // A letter that folds to several, or to none, moves the borders: then the folded word is shown.
        return folded.Zip(written.Count == folded.Count ? written : folded, (word, form) => new Said(word, form.ToLowerInvariant(), IsName(form)));
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

    /// <param name="Word">Folded.</param>
    /// <param name="Written">As the author wrote it, in lower case.</param>
    /// <param name="IsName">Whether it is one, unless it begins a sentence.</param>
    /// <param name="Stem">Null where the word tells nothing.</param>
    private readonly record struct Said(string Word, string Written, bool IsName, string? Stem = null);
}
