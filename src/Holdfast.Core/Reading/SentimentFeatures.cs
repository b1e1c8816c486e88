using System.Text;

namespace Holdfast.Core.Reading;

/// <summary>
/// What the sentiment model looks at, as hashes: words, pairs of words, pieces of words, words under a negation, emoji and the way of
/// writing. Training and reading call the same function; links, people and the brand have no meaning of their own.
/// </summary>
internal static class SentimentFeatures
{
    /// <summary>The rest of a longer post is not looked at.</summary>
    public const int Max = 4096;

    private const int NegatedWords = 3;
    private const int LongestWord = 20;
    private const uint Someone = 7;
    private const uint Address = 11;

    private enum Space : uint
    {
        Word = 1,
        Negated,
        Pair,
        Piece,
        Emoji,
        Mood,
        Writing,
        Negation,
        Last,
    }

    public static int Extract(in PostText text, Span<uint> features)
    {
        var (count, negated, previous) = (0, 0, Hash.Seed);
        var (happy, sad, shouts, stretched) = (0, 0, 0, 0);
        foreach (ref readonly var token in text.Tokens)
        {
            if (count > Max - 128)
            {
                break;
            }

            switch (token.Kind)
            {
                case TokenKind.Word:
                    var word = text.FoldedOf(token);
                    features[count++] = Of(negated > 0 ? Space.Negated : Space.Word, token.Hash);
                    features[count++] = Of(Space.Pair, Hash.Add(previous, token.Hash));
                    count += Pieces(word, features[count..]);
                    shouts += token.Traits.HasFlag(TokenTraits.Shout) ? 1 : 0;
                    stretched += token.Traits.HasFlag(TokenTraits.Stretched) ? 1 : 0;
                    negated = Negation.Is(word) ? NegatedWords : Math.Max(0, negated - 1);
                    previous = token.Hash;
                    break;
                case TokenKind.Emoji:
                case TokenKind.Emoticon:
                    features[count++] = Of(Space.Emoji, token.Hash);
                    var mood = Mood(text, token);
                    happy += mood > 0 ? 1 : 0;
                    sad += mood < 0 ? 1 : 0;
                    break;
                case TokenKind.Mark:
                    features[count++] = Of(Space.Word, token.Hash);
                    features[count++] = Of(Space.Pair, Hash.Add(previous, token.Hash));
                    (negated, previous) = (0, token.Hash);
                    break;
                case TokenKind.Link:
                    features[count++] = Of(Space.Word, Address);
                    previous = Address;
                    break;
                case TokenKind.User:
                case TokenKind.Brand:
                    previous = Someone;
                    break;
                case TokenKind.Number:
                    previous = 3;
                    break;
                case TokenKind.Break:
                    negated = 0;
                    break;
            }
        }

        features[count++] = Of(Space.Mood, (uint)((Math.Min(happy, 3) * 4) + Math.Min(sad, 3)));
        features[count++] = Of(Space.Writing, (uint)((Math.Min(shouts, 3) * 4) + Math.Min(stretched, 3)));
        features[count++] = Of(Space.Last, previous);
        return count;
    }

    public static int Mood(in PostText text, in Token token)
    {
        if (token.Kind == TokenKind.Emoticon)
        {
            return Emoticons.Mood(text.Source.AsSpan(token.Start, token.Length));
        }

        return Rune.TryGetRuneAt(text.Source, token.Start, out var rune) ? EmojiMood.Of(rune.Value) : 0;
    }

    private static int Pieces(ReadOnlySpan<char> word, Span<uint> features)
    {
        var count = 0;
        var length = Math.Min(word.Length, LongestWord);
        for (var from = -1; from < length - 1; from++)
        {
            var hash = Hash.Seed;
            for (var to = from; to <= length && to - from < 5; to++)
            {
                hash = Hash.Add(hash, to < 0 || to == length ? ' ' : word[to]);
                if (to - from >= 2)
                {
                    features[count++] = Of(Space.Piece, hash);
                }
            }
        }

        return count;
    }

    private static uint Of(Space space, uint value) => Hash.Mix(Hash.Add(value, (uint)space * 0x9e3779b9));
}
