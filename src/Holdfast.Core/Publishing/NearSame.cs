using Holdfast.Core.Listening;

namespace Holdfast.Core.Publishing;

/// <summary>Tells whether two posts say the same: equal words, or nearly all pairs of neighbouring words in common. Links, handles, case and accents do not count.</summary>
public static class NearSame
{
    /// <summary>Share of the pairs of neighbouring words that two texts have in common. From trying it on announcements that differ in a date or a name.</summary>
    public const double Enough = 0.7;

    /// <summary>Shorter texts ("Good morning!") are repeated on purpose.</summary>
    public const int MinWords = 4;

    /// <summary>How far apart two posts of one account may be to be noticed.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromDays(14);

    public static bool Of(string one, string other)
    {
        var (first, second) = (Words(one), Words(other));
        if (first.Count < MinWords || second.Count < MinWords)
        {
            return false;
        }

        var (left, right) = (Pairs(first), Pairs(second));
        var common = left.Count(right.Contains);
        return common >= Enough * (left.Count + right.Count - common);
    }

    private static HashSet<(string, string)> Pairs(List<string> words) => [.. words.Zip(words.Skip(1))];

    private static List<string> Words(string text)
    {
        var folded = TextFold.Fold(text);
        var words = new List<string>();
        foreach (ref readonly var token in folded.Tokens)
        {
            if (token.Kind is TokenKind.Word)
            {
                words.Add(folded.TextOf(token).ToString());
            }
        }

        return words;
    }
}
