namespace Holdfast.Core.Listening;

/// <summary>What a token of a folded text stands for.</summary>
internal enum TokenKind : byte
{
    Word,

    /// <summary>A joined word or a hashtag as one word: <c>coca-cola</c> as <c>cocacola</c>.</summary>
    Whole,

    /// <summary>With its <c>@</c>.</summary>
    Handle,
    HandleWord,

    /// <summary>With its <c>#</c>; the words of its camel case follow as <see cref="Word"/>.</summary>
    Tag,
    LinkWord,
    Emoji,
}

/// <summary>One way to read a stretch of text as a word.</summary>
/// <param name="From">Where its folded form begins in the folded characters.</param>
/// <param name="First">Position of its first word in the text; <paramref name="Last"/> differs where it spans several.</param>
/// <param name="Start">Where it begins in the original text; <paramref name="End"/> is behind its end.</param>
internal readonly record struct Token(TokenKind Kind, int From, int Length, int First, int Last, int Start, int End, int Hash);

/// <summary>A text as it is searched. The tokens stand in the order of the text, wider ones before those inside them.</summary>
internal sealed class FoldedText(string characters, Token[] tokens, bool hasLink)
{
    private int[]? _heads;
    private int[]? _next;

    public ReadOnlySpan<Token> Tokens => tokens;

    public bool HasLink { get; } = hasLink;

    public ReadOnlySpan<char> TextOf(in Token token) => characters.AsSpan(token.From, token.Length);

    public bool Has(string word, int hash) => Next(Head(hash), word, hash) >= 0;

    public bool HasPrefix(string prefix)
    {
        foreach (ref readonly var token in Tokens)
        {
            if (TextOf(token).StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Adds every token that reads exactly so, latest first.</summary>
    public void Find(string word, int hash, List<Token> found)
    {
        for (var i = Next(Head(hash), word, hash); i >= 0; i = Next(_next![i], word, hash))
            found.Add(tokens[i]);
    }

    public void FindPrefix(string prefix, List<Token> found)
    {
        foreach (ref readonly var token in Tokens)
        {
            if (TextOf(token).StartsWith(prefix, StringComparison.Ordinal))
                found.Add(token);
        }
    }

    private int Next(int i, string word, int hash)
    {
        while (i >= 0 && !(tokens[i].Hash == hash && TextOf(tokens[i]).SequenceEqual(word)))
            i = _next![i];
        return i;
    }

    private int Head(int hash)
    {
        Chain();
        return _heads![hash & (_heads.Length - 1)];
    }

    // Only a post that some query may match pays for its table.
    private void Chain()
    {
        if (_heads is not null)
            return;
        var heads = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)tokens.Length + 1)];
        heads.AsSpan().Fill(-1);
        _next = new int[tokens.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            ref var head = ref heads[tokens[i].Hash & (heads.Length - 1)];
            _next[i] = head;
            head = i;
        }

        _heads = heads;
    }
}
