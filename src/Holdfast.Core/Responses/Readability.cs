namespace Holdfast.Core.Responses;

/// <summary>
/// How many years of school a text asks for.
/// English: the Flesch-Kincaid grade, 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers, Chissom 1975,
/// Research Branch Report 8-75, Naval Technical Training Command).
/// Polish: the fog index of Gunning (The Technique of Clear Writing, 1952), 0.4 (words a sentence + percentage of hard words), a hard word
/// having four syllables or more as is usual for Polish (Broda, Nitoń, Gruszczyński, Ogrodniczuk 2014, LREC; Jasnopis counts so too, as
/// "forms in the text"). Without a dictionary inflected forms are counted as they stand, which reads about two years too hard.
/// Syllables are counted as groups of vowels; a short text is measured roughly, and far below the precision its decimals suggest.
/// </summary>
public static class Readability
{
    /// <summary>Fewer words say nothing about how a text reads.</summary>
    public const int LeastWords = 12;

    /// <summary>BEHAVIOUR 9: "reads at about grade 8"; two years of grace, since statements name places, dates and products.</summary>
    public const double EnglishLimit = 10;

    /// <summary>As <see cref="EnglishLimit"/>, and three years more for inflected forms and for verbs that carry their person with them.</summary>
    public const double PolishLimit = 15;

    private const int HardSyllables = 4;

    public static double Limit(string language) => language == "pl" ? PolishLimit : EnglishLimit;

    /// <summary>Null for a text too short to measure, and for languages without a formula here.</summary>
    public static double? Grade(DraftText text, string language)
    {
        var words = text.Words.ToList();
        if (words.Count < LeastWords)
        {
            return null;
        }

        var length = (double)words.Count / text.Sentences.Count;
        return language switch
        {
            "en" => (0.39 * length) + (11.8 * words.Average(word => EnglishSyllables(word.Folded))) - 15.59,
            "pl" => 0.4 * (length + (100.0 * words.Count(word => PolishSyllables(word.Folded) >= HardSyllables) / words.Count)),
            _ => null,
        };
    }

    /// <summary>Groups of vowels; a silent e at the end does not count, nor the e of -ed after anything but t and d.</summary>
    internal static int EnglishSyllables(string word)
    {
        var groups = Groups(word, "aeiouy");
        if (groups > 1 && word.EndsWith('e') && !word.EndsWith("le", StringComparison.Ordinal) && !IsVowel(word[^2]))
        {
            groups--;
        }
        else if (groups > 1 && word.Length > 3 && word.EndsWith("ed", StringComparison.Ordinal) && word[^3] is not ('t' or 'd') && !IsVowel(word[^3]))
        {
            groups--;
        }

        return Math.Max(1, groups);
    }

    /// <summary>Every vowel is a syllable, but an i before another vowel only softens what stands before it, and au, eu are one.</summary>
    internal static int PolishSyllables(string word)
    {
        var count = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var softens = word[i] == 'i' && i + 1 < word.Length && IsVowel(word[i + 1]);
            var second = word[i] == 'u' && i > 0 && word[i - 1] is ('a' or 'e');
            if (IsVowel(word[i]) && !softens && !second)
            {
                count++;
            }
        }

        return Math.Max(1, count);
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static int Groups(string word, string vowels)
    {
        var groups = 0;
        var inside = false;
        foreach (var c in word)
        {
            var vowel = vowels.Contains(c, StringComparison.Ordinal);
            groups += vowel && !inside ? 1 : 0;
            inside = vowel;
        }

        return groups;
    }
}
