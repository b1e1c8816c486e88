using Holdfast.Core.Brands;

namespace Holdfast.Core.Reading;

/// <summary>
/// Finds the brand's name and handles in a text: any case, "Virgin America" also as <c>#VirginAmerica</c> or virgin-america, and for a
/// brand that listens in Polish also with an ending ("Żabce", "Orlenu") where the word is written with a capital.
/// </summary>
internal static class BrandName
{
    private const int LongestEnding = 3;

    /// <returns>How many characters from <paramref name="at"/> are the brand's name; 0 if none.</returns>
    public static int LengthAt(Brand? brand, ReadOnlySpan<char> folded, string source, int at, bool tag)
    {
        if (brand is null)
        {
            return 0;
        }

        var best = Length(brand.Name, folded, at, tag);
        for (var i = 0; i < brand.Handles.Count; i++)
        {
            best = Math.Max(best, Length(brand.Handles[i], folded, at, tag));
        }

        return best > 0 || tag || !char.IsUpper(source[at]) || !Speaks(brand, "pl") ? best : Inflected(brand.Name, folded, at);
    }

    private static int Length(string name, ReadOnlySpan<char> folded, int at, bool tag)
    {
        var place = at;
        var letters = 0;
        foreach (var n in name)
        {
            if (!char.IsLetterOrDigit(n))
            {
                while (place < folded.Length && letters > 0 && folded[place] is ' ' or '-' or '_' or '.' or '&' or '\'')
                {
                    place++;
                }

                continue;
            }

            if (place >= folded.Length || folded[place] != Folding.Of(n))
            {
                return 0;
            }

            place++;
            letters++;
        }

        return letters == 0 || (!tag && place < folded.Length && char.IsLetterOrDigit(folded[place])) ? 0 : place - at;
    }

    private static int Inflected(string name, ReadOnlySpan<char> folded, int at)
    {
        var stem = name.Length;
        if (stem < 4 || name.Contains(' ', StringComparison.Ordinal))
        {
            return 0;
        }

        stem -= Folding.Of(name[^1]) is 'a' or 'e' or 'o' or 'y' or 'i' ? 1 : 0;
        for (var i = 0; i < stem; i++)
        {
            // The last consonant of the stem may change: Żabka, Żabce.
            var last = i == stem - 1 && stem < name.Length && i >= 3;
            if (at + i >= folded.Length || !char.IsLetterOrDigit(folded[at + i]) || (!last && folded[at + i] != Folding.Of(name[i])))
            {
                return 0;
            }
        }

        var end = at + stem;
        while (end < folded.Length && char.IsLetter(folded[end]))
        {
            end++;
        }

        return end - at - stem <= LongestEnding ? end - at : 0;
    }

    public static bool Speaks(Brand brand, string language)
    {
        for (var i = 0; i < brand.Languages.Count; i++)
        {
            if (brand.Languages[i].StartsWith(language, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
