namespace Holdfast.Core.Reading;

internal enum Script
{
    None,
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Greek,
    Hebrew,
    Thai,
    Hangul,
    Kana,
    Han,
}

/// <summary>Which writing most letters of a post belong to.</summary>
internal static class Scripts
{
    public static Script Of(in PostText text)
    {
        Span<int> counts = stackalloc int[(int)Script.Han + 1];
        foreach (ref readonly var token in text.Tokens)
        {
            if (token.Kind != TokenKind.Word)
            {
                continue;
            }

            // A tag may be in another writing than the post, but decides where there is nothing else.
            var weight = (token.Traits & TokenTraits.Tag) != 0 ? 1 : 8;
            foreach (var c in text.FoldedOf(token))
            {
                counts[(int)Of(c)] += weight;
            }
        }

        counts[0] = 0;
        // Japanese is Han with Kana between.
        counts[(int)Script.Kana] += counts[(int)Script.Kana] > 0 ? counts[(int)Script.Han] : 0;
        var best = 0;
        for (var s = 1; s < counts.Length; s++)
        {
            best = counts[s] > counts[best] ? s : best;
        }

        return (Script)best;
    }

    private static Script Of(char c) => c switch
    {
        < 'A' => Script.None,
        <= 'ɏ' => char.IsLetter(c) ? Script.Latin : Script.None,
        >= 'Ͱ' and <= 'Ͽ' => Script.Greek,
        >= 'Ѐ' and <= 'ԯ' => Script.Cyrillic,
        >= '\u0590' and <= '\u05FF' => Script.Hebrew,
        >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' => Script.Arabic,
        >= '\u0900' and <= '\u097F' => Script.Devanagari,
        >= '\u0E00' and <= '\u0E7F' => Script.Thai,
        >= '\u3040' and <= '\u30FF' => Script.Kana,
        >= '\u4E00' and <= '\u9FFF' => Script.Han,
        >= '\uAC00' and <= '\uD7AF' => Script.Hangul,
        _ => Script.None,
    };
}
