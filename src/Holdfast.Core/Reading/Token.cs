namespace Holdfast.Core.Reading;

internal enum TokenKind : byte
{
    Word,
    Number,
    Link,

    /// <summary>Someone's handle, but not the brand's.</summary>
    User,

    /// <summary>The brand's name or handle: masked, whatever it would mean as a word.</summary>
    Brand,
    Emoji,
    Emoticon,

    /// <summary>A run of <c>!</c> and <c>?</c>.</summary>
    Mark,

    /// <summary>Anything else that ends a clause.</summary>
    Break,
}

[Flags]
internal enum TokenTraits : byte
{
    None = 0,
    Tag = 1,
    Capital = 2,
    Shout = 4,
    Stretched = 8,
}

/// <summary>A piece of a post: where it stands in the text, and a hash of its folded letters with long repeats shortened.</summary>
internal readonly record struct Token(int Start, int Length, uint Hash, TokenKind Kind, TokenTraits Traits)
{
    public int End => Start + Length;
}
