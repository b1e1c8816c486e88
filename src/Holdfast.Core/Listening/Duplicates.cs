namespace Holdfast.Core.Listening;

/// <summary>Tells copies: the same words after folding links, handles, spaces, case, accents and punctuation.</summary>
public static class Duplicates
{
    /// <summary>The key of a text too short to be called a copy of another.</summary>
    public const long None = 0;

    /// <summary>Shorter texts are said by many people of their own accord.</summary>
    public const int MinWords = 5;
    public const int MinLetters = 20;

    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>
    /// 64 bits, stored, and the same for ever: FNV-1a (Fowler, Noll, Vo) over the folded words, stirred at the end.
    /// A leading "RT @name" is left out, so that a repost by hand is a copy.
    /// </summary>
    public static long Key(string text)
    {
        var folded = TextFold.Fold(text);
        var (hash, words, letters) = (Offset, 0, 0);
        var isRepost = IsRepost(folded);
        foreach (ref readonly var token in folded.Tokens)
        {
            if (token.Kind is not (TokenKind.Word or TokenKind.Emoji) || (isRepost && token.First == 0))
                continue;
            foreach (var c in folded.TextOf(token))
                hash = (hash ^ c) * Prime;
            hash = (hash ^ ' ') * Prime;
            words += token.Kind == TokenKind.Word ? 1 : 0;
            letters += token.Length;
        }

        return words < MinWords || letters < MinLetters ? None : Stir(hash);
    }

    private static bool IsRepost(FoldedText folded) =>
        folded.Tokens is [{ Kind: TokenKind.Word } first, { Kind: TokenKind.Handle }, ..] && folded.TextOf(first) is "rt";

    // FNV leaves the high bits of short texts alike. (Finalizer of MurmurHash3, Appleby.)
    private static long Stir(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        hash ^= hash >> 33;
        return hash == None ? 1 : unchecked((long)hash);
    }
}
