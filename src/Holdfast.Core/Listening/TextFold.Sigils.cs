using System.Text;

namespace Holdfast.Core.Listening;

/// <summary>Hashtags and handles: words with a sigil that are also the words inside them.</summary>
internal sealed partial class TextFold
{
    private bool ReadTag(int sigil)
    {
        var (start, from) = (_at, _folded.Length);
        BeginUnit();
        _folded.Append('#');
        _at += sigil;
        var (partFrom, partStart, end) = (_folded.Length, _at, _at);
        var before = Letter.None;
        while (true)
        {
            var glyph = Peek(_at, out var rune, out var length);
            var underscore = rune.Value is '_' or 0xFF3F;
            if (!underscore && glyph is not (Glyph.Word or Glyph.Ideograph or Glyph.Ignored))
                break;
            if (glyph is Glyph.Word or Glyph.Ideograph)
            {
                var letter = LetterOf(glyph, rune);
                if (IsCapitalBreak(before, letter, _at + length))
                {
                    EndPart(partFrom, partStart, end);
                    (partFrom, partStart) = (_folded.Length, _at);
                }

                CharFold.Append(rune, _folded);
                (before, end) = (letter, _at + length);
            }
            else if (underscore)
            {
                EndPart(partFrom, partStart, end);
                (before, partFrom, partStart) = (Letter.None, _folded.Length, _at + length);
            }

            _at += length;
        }

        EndPart(partFrom, partStart, end);
        if (_parts.Count == 0)
            return Undo(start, from);
        Emit(TokenKind.Tag, from, _folded.Length, _position, _position + _parts.Count - 1, start, end);
        EmitWords(TokenKind.Word);
        return true;
    }

    private enum Letter
    {
        None,
        Small,
        Capital,
        Digit,
        Ideograph,
        Leaning,
    }

    private static Letter LetterOf(Glyph glyph, Rune rune) =>
        glyph == Glyph.Ideograph ? CharFold.Leans(rune) ? Letter.Leaning : Letter.Ideograph
        : Rune.IsDigit(rune) ? Letter.Digit
        : Rune.IsUpper(rune) ? Letter.Capital
        : Letter.Small;

    // "aB", "a1", "1a", and before the last capital of a run that a small letter follows: "UALFail" is UAL and Fail.
    private bool IsCapitalBreak(Letter before, Letter letter, int next) => (before, letter) switch
    {
        (Letter.None, _) or (_, Letter.Leaning) => false,
        (Letter.Ideograph or Letter.Leaning, _) or (_, Letter.Ideograph) => true,
        (Letter.Small, Letter.Capital) => true,
        (Letter.Digit, not Letter.Digit) or (not Letter.Digit, Letter.Digit) => true,
        (Letter.Capital, Letter.Capital) =>
            Peek(next, out var rune, out _) == Glyph.Word && LetterOf(Glyph.Word, rune) == Letter.Small,
        _ => false,
    };

    // @name, @name.bsky.social, @name@server.example; the first label alone is also the handle.
    private bool ReadHandle(int sigil)
    {
        var (start, from) = (_at, _folded.Length);
        BeginUnit();
        _folded.Append('@');
        _at += sigil;
        var (partFrom, partStart, end) = (_folded.Length, _at, _at);
        var (shortTo, shortEnd, shortParts) = (0, 0, 0);
        while (true)
        {
            var glyph = Peek(_at, out var rune, out var length);
            if (glyph == Glyph.Word)
            {
                CharFold.Append(rune, _folded);
                end = _at + length;
            }
            else if (rune.Value == '_' || (IsHandleDivider(glyph, rune) && end > start + sigil && Peek(_at + length, out _, out _) == Glyph.Word))
            {
                EndPart(partFrom, partStart, end);
                if (rune.Value != '_' && shortTo == 0)
                    (shortTo, shortEnd, shortParts) = (_folded.Length, _at, Math.Max(_parts.Count, 1));
                _folded.Append(glyph == Glyph.At ? '@' : (char)rune.Value);
                (partFrom, partStart, end) = (_folded.Length, _at + length, _at + length);
            }
            else if (glyph != Glyph.Ignored)
            {
                break;
            }

            _at += length;
        }

        EndPart(partFrom, partStart, end);
        if (end == start + sigil)
            return Undo(start, from);
        Emit(TokenKind.Handle, from, _folded.Length, _position, _position + Math.Max(_parts.Count, 1) - 1, start, end);
        if (shortTo > 0)
            Emit(TokenKind.Handle, from, shortTo, _position, _position + shortParts - 1, start, shortEnd);
        EmitParts(TokenKind.HandleWord);
        return true;
    }

    private static bool IsHandleDivider(Glyph glyph, Rune rune) => glyph == Glyph.At || rune.Value is '.' or '-';

    private bool Undo(int start, int from)
    {
        (_at, _folded.Length) = (start, from);
        return false;
    }
}
