using System.Buffers;
using System.Text;
using Holdfast.Core.Brands;

namespace Holdfast.Core.Reading;

/// <summary>A post cut into tokens, with its letters folded and the brand's names masked. Rents its memory: dispose it.</summary>
internal ref struct PostText : IDisposable
{
    private readonly char[] _folded;
    private Token[] _tokens;
    private int _count;

    private PostText(string text)
    {
        Source = text;
        _folded = ArrayPool<char>.Shared.Rent(Math.Max(1, text.Length));
        for (var i = 0; i < text.Length; i++)
        {
            _folded[i] = Folding.Of(text[i]);
        }

        // No token is empty.
        _tokens = ArrayPool<Token>.Shared.Rent(Math.Max(1, text.Length));
    }

    public string Source { get; }

    public readonly ReadOnlySpan<char> Folded => _folded.AsSpan(0, Source.Length);

    public readonly ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, _count);

    public readonly ReadOnlySpan<char> FoldedOf(in Token token) => _folded.AsSpan(token.Start, token.Length);

    public static PostText Of(string text, Brand? brand)
    {
        var result = new PostText(text);
        result.Cut(brand);
        return result;
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_folded);
        ArrayPool<Token>.Shared.Return(_tokens);
        _tokens = [];
        _count = 0;
    }

    private void Cut(Brand? brand)
    {
        var at = 0;
        while (at < Source.Length)
        {
            at = char.IsWhiteSpace(Source[at]) ? at + 1 : Next(at, brand);
        }
    }

    private int Next(int at, Brand? brand)
    {
        var c = _folded[at];
        if (LinkLength(at) is > 0 and var link)
        {
            return Add(at, link, TokenKind.Link);
        }

        if (c == '@' && at + 1 < Source.Length && IsHandle(_folded[at + 1]))
        {
            return User(at, brand);
        }

        if (c == '#' && at + 1 < Source.Length && char.IsLetterOrDigit(_folded[at + 1]))
        {
            return Tag(at + 1, brand);
        }

        if (Emoticons.LengthAt(Source, at) is > 0 and var face)
        {
            return Add(at, face, TokenKind.Emoticon);
        }

        if (char.IsLetterOrDigit(c))
        {
            return Word(at, EndOfWord(at), TokenTraits.None, brand);
        }

        if (c is '!' or '?')
        {
            return Marks(at);
        }

        return Sign(at);
    }

    private int User(int at, Brand? brand)
    {
        var end = at + 1;
        while (end < Source.Length && (IsHandle(_folded[end]) || (_folded[end] is '@' or '.' or '-' && end + 1 < Source.Length && IsHandle(_folded[end + 1]))))
        {
            end++;
        }

        // A handle may end a sentence ("@acme.Nothing works"), so that the brand's own is looked for first.
        var own = BrandName.LengthAt(brand, Folded, Source, at + 1, tag: false);
        return own > 0 && (at + 1 + own == end || !IsHandle(_folded[at + 1 + own])) ? Add(at, own + 1, TokenKind.Brand) : Add(at, end - at, TokenKind.User);
    }

    private int Tag(int at, Brand? brand)
    {
        var end = at;
        while (end < Source.Length && (char.IsLetterOrDigit(_folded[end]) || _folded[end] == '_'))
        {
            end++;
        }

        while (at < end)
        {
            if (BrandName.LengthAt(brand, Folded[..end], Source, at, tag: true) is > 0 and var own)
            {
                at = Add(at, own, TokenKind.Brand);
                continue;
            }

            var hump = EndOfHump(at, end);
            at = _folded[at] == '_' ? at + 1 : Word(at, hump, TokenTraits.Tag, null);
        }

        return end;
    }

    /// <summary>"UnitedFailsAgain" is three words; "BREAKING" and "iphone6" are one each.</summary>
    private readonly int EndOfHump(int at, int end)
    {
        var next = at + 1;
        while (next < end && _folded[next] != '_' &&
               !(char.IsUpper(Source[next]) && (!char.IsUpper(Source[next - 1]) || (next + 1 < end && char.IsLower(Source[next + 1])))))
        {
            next++;
        }

        return next;
    }

    private readonly int EndOfWord(int at)
    {
        var end = at;
        while (end < Source.Length && (char.IsLetterOrDigit(_folded[end]) || char.GetUnicodeCategory(_folded[end]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark ||
               (_folded[end] == '\'' && end + 1 < Source.Length && char.IsLetter(_folded[end + 1]))))
        {
            end++;
        }

        return end;
    }

    private int Word(int at, int end, TokenTraits traits, Brand? brand)
    {
        if (BrandName.LengthAt(brand, Folded, Source, at, tag: false) is > 0 and var own)
        {
            Add(at, own, TokenKind.Brand);
            at += own;
            return at < Source.Length && _folded[at] == '\'' && at + 1 < Source.Length && _folded[at + 1] == 's' ? Math.Max(at + 2, at) : at;
        }

        var hash = Hash.Seed;
        var (letters, upper, repeat) = (0, 0, 0);
        for (var i = at; i < end; i++)
        {
            repeat = i > at && _folded[i] == _folded[i - 1] ? repeat + 1 : 0;
            if (repeat < 2)
            {
                hash = Hash.Add(hash, _folded[i]);
            }
            else
            {
                traits |= TokenTraits.Stretched;
            }

            letters += char.IsLetter(Source[i]) ? 1 : 0;
            upper += char.IsUpper(Source[i]) ? 1 : 0;
        }

        traits |= char.IsUpper(Source[at]) ? TokenTraits.Capital : 0;
        traits |= upper > 2 && upper == letters ? TokenTraits.Shout : 0;
        return Add(new(at, end - at, Hash.Mix(hash), letters == 0 ? TokenKind.Number : TokenKind.Word, traits));
    }

    private int Marks(int at)
    {
        var (end, asks, calls) = (at, 0, 0);
        while (end < Source.Length && _folded[end] is '!' or '?')
        {
            asks += _folded[end] == '?' ? 1 : 0;
            calls += _folded[end] == '!' ? 1 : 0;
            end++;
        }

        var hash = (uint)((Math.Min(asks, 2) * 4) + Math.Min(calls, 3));
        return Add(new(at, end - at, Hash.Mix(hash), TokenKind.Mark, TokenTraits.None));
    }

    private int Sign(int at)
    {
        if (!Rune.TryGetRuneAt(Source, at, out var rune))
        {
            return at + 1;
        }

        if (rune.Value >= 0x2190 && Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherSymbol)
        {
            return Add(new(at, rune.Utf16SequenceLength, Hash.Mix((uint)rune.Value), TokenKind.Emoji, TokenTraits.None));
        }

        if (Rune.IsLetterOrDigit(rune))
        {
            return Add(at, rune.Utf16SequenceLength, TokenKind.Word);
        }

        return Source[at] is '.' or ',' or ';' or ':' or '(' or ')' or '"' or '…' or '—' or '–' or '\n' or '|' or '„' or '”' or '“'
            ? Add(at, 1, TokenKind.Break)
            : at + rune.Utf16SequenceLength;
    }

    private readonly int LinkLength(int at)
    {
        var rest = Folded[at..];
        if (!rest.StartsWith("http", StringComparison.Ordinal) && !rest.StartsWith("www.", StringComparison.Ordinal))
        {
            return 0;
        }

        var plain = rest.StartsWith("www.", StringComparison.Ordinal) || rest.StartsWith("http:", StringComparison.Ordinal) || rest.StartsWith("https:", StringComparison.Ordinal)
            || (rest.Length == 4 || char.IsWhiteSpace(rest[4]));
        var end = 0;
        while (plain && end < rest.Length && !char.IsWhiteSpace(rest[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsHandle(char c) => char.IsLetterOrDigit(c) || c == '_';

    private int Add(int at, int length, TokenKind kind) => Add(new(at, length, Hash.Of(_folded.AsSpan(at, length)), kind, TokenTraits.None));

    private int Add(Token token)
    {
        _tokens[_count++] = token;
        return token.End;
    }
}
