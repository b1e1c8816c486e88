using System.Globalization;
using System.Text;

namespace Holdfast.Core.Listening;

/// <summary>What a character does in a text.</summary>
internal enum Glyph : byte
{
    /// <summary>Ends a word: spaces, punctuation, most symbols.</summary>
    Gap,

    /// <summary>Part of a word.</summary>
    Word,

    /// <summary>A word of its own, from scripts written without spaces.</summary>
    Ideograph,

    /// <summary>Apostrophe, hyphen or underscore: joins two halves of one word.</summary>
    Joiner,

    /// <summary>Not seen at all: accents, invisible characters.</summary>
    Ignored,

    Emoji,
    At,
    Hash,
}

/// <summary>Folds one character: compatibility forms (width, styled letters), accents, case; ł to l, ß to ss.</summary>
/// <remarks>
/// Tables for the basic plane are computed once from Unicode's own data. Unicode never changes the decomposition of an
/// assigned character, so what is folded today is folded the same way for ever.
/// </remarks>
internal static class CharFold
{
    private const int Basic = 0x10000;
    private const char Longer = '\uFFFF';

    // Letters that carry a stroke or are two letters in one: Unicode does not decompose them.
    private static readonly Dictionary<char, string> Strokes = new()
    {
        ['ł'] = "l",
        ['đ'] = "d",
        ['ð'] = "d",
        ['ø'] = "o",
        ['ħ'] = "h",
        ['ŧ'] = "t",
        ['ı'] = "i",
        ['ĸ'] = "k",
        ['ŋ'] = "n",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ß'] = "ss",
        ['þ'] = "th",
        ['ς'] = "σ",
    };

    private static readonly Dictionary<char, string> LongForms = [];
    private static readonly char[] ShortForms = new char[Basic];
    private static readonly Glyph[] Glyphs = new Glyph[Basic];

    static CharFold()
    {
        for (var c = 0; c < Basic; c++)
        {
            Glyphs[c] = char.IsSurrogate((char)c) ? Glyph.Gap : Classify(new Rune(c));
            if (Glyphs[c] is not (Glyph.Word or Glyph.Ideograph))
                continue;
            var folded = Fold(new Rune(c));
            if (folded.EnumerateRunes().Any(rune => Classify(rune) == Glyph.Ideograph))
                Glyphs[c] = Glyph.Ideograph; // the circled numbers of Han among them: what it is folded to says what it is
            ShortForms[c] = folded.Length == 1 ? folded[0] : Longer;
            if (folded.Length != 1)
                LongForms.Add((char)c, folded);
        }
    }

    public static Glyph GlyphOf(Rune rune) => rune.IsBmp ? Glyphs[rune.Value] : Classify(rune);

    /// <summary>A sign that belongs to the ideograph before it: vowels and tones, the voicing marks of kana.</summary>
    public static bool Leans(Rune rune) => rune.Value is 0xFF9E or 0xFF9F
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Writes the folded form of a character of a word; may be nothing, and is at most 18 units.</summary>
    public static void Append(Rune rune, StringBuilder to)
    {
        if (!rune.IsBmp)
            to.Append(Fold(rune));
        else if (ShortForms[rune.Value] is not Longer and var folded)
            to.Append(folded);
        else
            to.Append(LongForms[(char)rune.Value]);
    }

    private static Glyph Classify(Rune rune)
    {
        var value = rune.Value;
        return value switch
        {
            '@' or 0xFF20 or 0xFE6B => Glyph.At,
            '#' or 0xFF03 or 0xFE5F => Glyph.Hash,
            '\'' or '-' or '_' or 0x2018 or 0x2019 or 0x02BC or 0xFF07 or 0x2010 or 0x2011 or 0xFF0D or 0xFF3F => Glyph.Joiner,
            _ when IsAccent(value) => Glyph.Ignored,
            _ => Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                    or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                    or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                    or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                    => IsIdeograph(value) ? Glyph.Ideograph : Glyph.Word,
                UnicodeCategory.Format or UnicodeCategory.EnclosingMark => Glyph.Ignored,
                // Below the arrows stand ©, ®, ™ and the like, which cling to names; U+FFFC and U+FFFD stand for nothing.
                UnicodeCategory.OtherSymbol when value is >= 0x2190 and not (0xFFFC or 0xFFFD) => Glyph.Emoji,
                _ => Glyph.Gap,
            },
        };
    }

    private static bool IsAccent(int value) => value
        is (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0487)
        or (>= 0x0591 and <= 0x05BD) or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7
        or (>= 0x0610 and <= 0x061A) or 0x0640 or (>= 0x064B and <= 0x065F) or 0x0670
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF)
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) or (>= 0xE0100 and <= 0xE01EF);

    // Han, kana, Thai, Lao, Myanmar and Khmer are written without spaces: a word of them is searched as a phrase.
    private static bool IsIdeograph(int value) => value
        is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF)
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF);

    private static string Fold(Rune rune)
    {
        if (CharUnicodeInfo.GetDecimalDigitValue(rune.ToString(), 0) is >= 0 and var digit)
            return ((char)('0' + digit)).ToString();
        if (rune.Value is >= 0xAC00 and <= 0xD7A3)
            return rune.ToString();
        var folded = new StringBuilder();
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Classify(part) is Glyph.Word or Glyph.Ideograph)
                AppendLower(Rune.ToLowerInvariant(part), folded);
        }

        return folded.ToString();
    }

    private static void AppendLower(Rune lower, StringBuilder to)
    {
        if (lower.IsBmp && Strokes.TryGetValue((char)lower.Value, out var plain))
            to.Append(plain);
        else
            to.Append(lower.ToString());
    }
}
