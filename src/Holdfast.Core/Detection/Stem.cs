namespace Holdfast.Core.Detection;

/// <summary>Light stems, good enough to see that two people use the same word. Not for showing.</summary>
internal static class Stem
{
    private const int Shortest = 3;

    /// <summary>Polish words differ at their ends only; most are told apart by their first six letters.</summary>
    private const int PolishLength = 6;

    private static readonly string[] EnglishEndings =
        ["ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s"];

    private static readonly string[] PolishEndings =
    [
        "owie", "iach", "iami", "iego", "iemu", "ach", "ami", "ego", "emu", "ich", "iej", "iem", "imi", "owi", "ych", "ymi",
        "cie", "ej", "em", "ia", "ie", "im", "iu", "mi", "om", "ow", "ym", "a", "e", "i", "o", "u", "y",
    ];

    /// <param name="folded">Lower case without diacritics.</param>
    public static string Of(string folded, string language) => language == "pl" ? Polish(folded) : English(folded);

    private static string English(string word)
    {
        var stem = Cut(word, EnglishEndings);

        // "cancelled" and "canceled" are one word: of a doubled consonant one remains. So are "delete" and "deleting".
        var doubled = stem.Length < word.Length && stem.Length > Shortest && stem[^1] == stem[^2] && stem[^1] is not ('s' or 'e' or 'o');
        stem = doubled ? stem[..^1] : stem;
        return stem.TrimEnd('e') is { Length: >= Shortest } bare ? bare : stem;
    }

    private static string Polish(string word)
    {
        var stem = Cut(word, PolishEndings);
        return stem.Length > PolishLength ? stem[..PolishLength] : stem;
    }

    private static string Cut(string word, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (word.Length - ending.Length >= Shortest && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}
