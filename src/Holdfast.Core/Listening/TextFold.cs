using System.Buffers;
using System.Globalization;
using System.Text;

namespace Holdfast.Core.Listening;

/// <summary>
/// Cuts a text into the words that queries look for: case, width and accents folded, hashtags split at their capitals,
/// joined words both whole and in parts, each emoji a word. Linear in the length of the text.
/// </summary>
internal sealed partial class TextFold
{
    private const int ZeroWidthJoiner = 0x200D;
    private static readonly SearchValues<char> LinkEnds = SearchValues.Create(" \t\r\n\u00A0\u3000\"<>“”„«»");
    private static readonly SearchValues<char> LinkQuery = SearchValues.Create("?#");

    private readonly string _text;
    private readonly StringBuilder _folded;
    private readonly List<Token> _tokens;
    private readonly List<Part> _parts = [];
    private int _at;
    private int _position;
    private int _linkPathEnd = int.MaxValue;
    private int _linkEnd;
    private bool _hasLink;

    private TextFold(string text)
    {
        _text = text;
        _folded = new StringBuilder(text.Length + 16);
        _tokens = new List<Token>((text.Length / 4) + 4);
    }

    private readonly record struct Part(int From, int To, int Start, int End);

    public static FoldedText Fold(string text) => new TextFold(text).Run();

    private FoldedText Run()
    {
        var before = Glyph.Gap;
        while (_at < _text.Length)
        {
            if (_at >= _linkPathEnd)
                LeaveLink();
            if (_at >= _text.Length)
                break;
            var glyph = Peek(_at, out var rune, out var length);
            var start = _at;
            var read = glyph switch
            {
                Glyph.Word => TryLink() || ReadWord(),
                Glyph.Ideograph => ReadIdeograph(),
                Glyph.Emoji => ReadEmoji(),
                Glyph.At => before != Glyph.Word && ReadHandle(length),
                Glyph.Hash => before != Glyph.Word && ReadTag(length),
                _ => false,
            };
            _at = read ? _at : start + length;
            before = glyph;
        }

        return Hashed();
    }

    private FoldedText Hashed()
    {
        var characters = _folded.ToString();
        var tokens = _tokens.ToArray();
        foreach (ref var token in tokens.AsSpan())
            token = token with { Hash = string.GetHashCode(characters.AsSpan(token.From, token.Length)) };
        return new FoldedText(characters, tokens, _hasLink);
    }

    private Glyph Peek(int at, out Rune rune, out int length)
    {
        rune = default;
        length = 1;
        return at < _text.Length && Rune.DecodeFromUtf16(_text.AsSpan(at), out rune, out length) == OperationStatus.Done
            ? CharFold.GlyphOf(rune)
            : Glyph.Gap;
    }

    private bool TryLink()
    {
        var rest = _text.AsSpan(_at);
        var scheme = rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        if (scheme == 0 || _at < _linkEnd)
            return false;
        var end = rest.IndexOfAny(LinkEnds);
        _linkEnd = end < 0 ? _text.Length : _at + end;
        var query = rest[..(_linkEnd - _at)].IndexOfAny(LinkQuery);
        _linkPathEnd = query < 0 ? _linkEnd : _at + query;
        _hasLink = true;
        _at += scheme;
        return true;
    }

    // Host and path say something ("/united-breaks-guitars"); what follows is for machines.
    private void LeaveLink() => (_at, _linkPathEnd) = (Math.Max(_at, _linkEnd), int.MaxValue);

    private bool ReadWord()
    {
        var kind = _at < _linkEnd ? TokenKind.LinkWord : TokenKind.Word;
        BeginUnit();
        var partStart = _at;
        var partFrom = _folded.Length;
        var end = _at;
        while (true)
        {
            var glyph = Peek(_at, out var rune, out var length);
            if (glyph == Glyph.Word)
            {
                CharFold.Append(rune, _folded);
                end = _at + length;
            }
            else if (glyph == Glyph.Joiner && Peek(_at + length, out _, out _) == Glyph.Word)
            {
                EndPart(partFrom, partStart, end);
                (partFrom, partStart) = (_folded.Length, _at + length);
            }
            else if (glyph != Glyph.Ignored)
            {
                break;
            }

            _at += length;
        }

        EndPart(partFrom, partStart, end);
        EmitWords(kind);
        return true;
    }

    // Cut after folding: one character may stand for two ("ヿ" is "コト"), or for a sign that leans and one that does not.
    private bool ReadIdeograph()
    {
        BeginUnit();
        var (start, from, end) = (_at, _folded.Length, _at);
        var glyph = Peek(_at, out var rune, out var length);
        do
        {
            var at = _folded.Length;
            if (glyph == Glyph.Ideograph)
                CharFold.Append(rune, _folded);
            while (at < _folded.Length)
            {
                var one = Rune.GetRuneAt(_folded.ToString(at, Math.Min(2, _folded.Length - at)), 0);
                if (at > from && !CharFold.Leans(one))
                {
                    _parts.Add(new Part(from, at, start, Math.Max(end, start + 1)));
                    (start, from) = (_at, at);
                }

                at += one.Utf16SequenceLength;
            }

            _at += length;
            end = _at;
            glyph = Peek(_at, out rune, out length);
        }
        while (glyph is Glyph.Ignored or Glyph.Ideograph);

        EndPart(from, start, _at);
        EmitParts(_at <= _linkEnd ? TokenKind.LinkWord : TokenKind.Word);
        return true;
    }

    // One emoji as people see it; skin tones and presentation selectors do not make it another word.
    private bool ReadEmoji()
    {
        var length = StringInfo.GetNextTextElementLength(_text.AsSpan(_at));
        var from = _folded.Length;
        foreach (var rune in _text.AsSpan(_at, length).EnumerateRunes())
        {
            if (rune.Value == ZeroWidthJoiner || CharFold.GlyphOf(rune) == Glyph.Emoji)
                _folded.Append(rune.ToString());
        }

        while (_folded[^1] == ZeroWidthJoiner)
            _folded.Length--;
        Emit(TokenKind.Emoji, from, _folded.Length, _position, _position, _at, _at + length);
        _position++;
        _at += length;
        return true;
    }

    private void BeginUnit() => _parts.Clear();

    private void EndPart(int from, int start, int end)
    {
        if (_folded.Length > from)
            _parts.Add(new Part(from, _folded.Length, start, end));
    }

    private void EmitWords(TokenKind kind)
    {
        if (_parts.Count > 1)
        {
            Emit(
                TokenKind.Whole, _parts[0].From, _parts[^1].To, _position, _position + _parts.Count - 1, _parts[0].Start, _parts[^1].End);
        }

        if (_parts.Count > 0)
            EmitParts(kind);
    }

    private void EmitParts(TokenKind kind)
    {
        for (var i = 0; i < _parts.Count; i++)
            Emit(kind, _parts[i].From, _parts[i].To, _position + i, _position + i, _parts[i].Start, _parts[i].End);
        _position += Math.Max(_parts.Count, 1);
    }

    private void Emit(TokenKind kind, int from, int to, int first, int last, int start, int end) =>
        _tokens.Add(new Token(kind, from, to - from, first, last, start, end, 0));
}
