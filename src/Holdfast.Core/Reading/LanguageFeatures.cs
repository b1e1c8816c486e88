namespace Holdfast.Core.Reading;

/// <summary>What the language model looks at: letters with their diacritics, in pieces of one to four and as whole short words.</summary>
internal static class LanguageFeatures
{
    /// <summary>Enough letters to know a language by; the rest of a long post is not looked at.</summary>
    public const int MaxLetters = 240;

    public const int Max = (MaxLetters + 2) * 6;

    private const int LongestWhole = 8;

    /// <returns>How many features were written; <paramref name="letters"/> counts the letters they rest on.</returns>
    public static int Extract(in PostText text, Span<uint> features, out int letters)
    {
        var count = 0;
        letters = 0;
        foreach (ref readonly var token in text.Tokens)
        {
            // Tags and names are written alike in every language.
            if (token.Kind != TokenKind.Word || (token.Traits & TokenTraits.Tag) != 0)
            {
                continue;
            }

            var word = text.Source.AsSpan(token.Start, token.Length);
            if (letters + word.Length > MaxLetters)
            {
                break;
            }

            letters += word.Length;
            count += Of(word, features[count..]);
        }

        return count;
    }

    private static int Of(ReadOnlySpan<char> word, Span<uint> features)
    {
        var count = 0;
        var whole = Hash.Seed;
        for (var from = -1; from < word.Length; from++)
        {
            var hash = Hash.Seed;
            for (var to = from; to <= word.Length && to - from < 4; to++)
            {
                hash = Hash.Add(hash, to < 0 || to == word.Length ? ' ' : Lower(word[to]));
                if (to > from || (to >= 0 && to < word.Length))
                {
                    features[count++] = Hash.Mix(hash);
                }
            }

            whole = from < 0 ? whole : Hash.Add(whole, Lower(word[from]));
        }

        if (word.Length <= LongestWhole)
        {
            features[count++] = Hash.Mix(Hash.Add(whole, 0x9e3779b9));
        }

        return count;
    }

    private static char Lower(char c) => c is '’' or '‘' ? '\'' : char.ToLowerInvariant(c);
}
