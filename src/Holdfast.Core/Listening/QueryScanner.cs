using System.Buffers;
using System.Globalization;

namespace Holdfast.Core.Listening;

/// <summary>What a piece of a query is.</summary>
internal enum Lexeme
{
    End,
    Open,
    Close,
    And,
    Or,
    Not,
    Minus,
    Near,
    Phrase,

    /// <summary>Word, handle, hashtag or filter: told apart by <see cref="TermReader"/>.</summary>
    Run,
}

/// <summary>One piece of a query and where it stands. <paramref name="Text"/> is without quotes.</summary>
internal readonly record struct Piece(Lexeme Kind, string Text, int At, int Number = 0);

/// <summary>Cuts a query into pieces. Phones write curly quotes and long dashes: all of them are understood.</summary>
internal ref struct QueryScanner(string text)
{
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„‟«»＂");
    private int _at = 0;

    /// <summary>The next piece, or the refusal that ends the scan.</summary>
    public Result<Piece> Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == text.Length)
            return new Piece(Lexeme.End, "", text.Length);
        return text[_at] switch
        {
            '(' or '（' => Single(Lexeme.Open),
            ')' or '）' => Single(Lexeme.Close),
            '-' or '−' or '–' => Minus(),
            var c when Quotes.Contains(c) => Phrase(),
            _ => Run(),
        };
    }

    private Piece Single(Lexeme kind) => new(kind, text[_at].ToString(), _at++);

    private Result<Piece> Minus()
    {
        var alone = _at + 1 == text.Length || char.IsWhiteSpace(text[_at + 1]) || text[_at + 1] is ')' or '）';
        return alone ? Refusals.StrayMinus(_at) : Single(Lexeme.Minus);
    }

    private Result<Piece> Phrase()
    {
        var start = _at + 1;
        var length = text.AsSpan(start).IndexOfAny(Quotes);
        if (length < 0)
            return Refusals.UnclosedQuote(_at);
        _at = start + length + 1;
        return new Piece(Lexeme.Phrase, text.Substring(start, length), start);
    }

    private Result<Piece> Run()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '（' or '）') && !Quotes.Contains(text[_at]))
            _at++;
        var run = text[start.._at];
        return run switch
        {
            "AND" => new Piece(Lexeme.And, run, start),
            "OR" => new Piece(Lexeme.Or, run, start),
            "NOT" => new Piece(Lexeme.Not, run, start),
            "NEAR" => Refusals.NearNumber(start),
            _ when run.StartsWith("NEAR/", StringComparison.Ordinal) => Near(run, start),
            _ => new Piece(Lexeme.Run, run, start),
        };
    }

    private static Result<Piece> Near(string run, int start) =>
        int.TryParse(run.AsSpan("NEAR/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var distance)
        && distance <= MonitorQuery.MaxNear
            ? new Piece(Lexeme.Near, run, start, distance)
            : Refusals.NearNumber(start);
}
