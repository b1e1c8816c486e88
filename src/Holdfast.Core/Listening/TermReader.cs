using System.Buffers;
using System.Diagnostics;
using System.Globalization;

namespace Holdfast.Core.Listening;

/// <summary>A leaf of a query and how many words it holds.</summary>
internal readonly record struct Leaf(QueryNode Node, int Words);

/// <summary>Reads one word, phrase, handle, hashtag or filter.</summary>
internal static class TermReader
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static Result<Leaf> Read(Piece piece) => piece.Kind == Lexeme.Phrase ? ReadText(piece) : ReadRun(piece);

    private static Result<Leaf> ReadRun(Piece piece)
    {
        var colon = piece.Text.IndexOf(':', StringComparison.Ordinal);
        var isFilter = colon > 0 && !piece.Text.AsSpan(0, colon).ContainsAnyExcept(Letters);
        return isFilter ? ReadFilter(piece.Text[..colon].ToLowerInvariant(), piece.Text[(colon + 1)..], piece.At) : ReadText(piece);
    }

    private static Result<Leaf> ReadText(Piece piece)
    {
        var stars = StarredWords(piece);
        if (!stars.Succeeded(out var starAts))
            return stars.Refusals[0];
        var folded = TextFold.Fold(piece.Text);
        var terms = Terms(folded, starAts);
        if (terms.Count == 0)
            return Refusals.NoLetters(piece.Text, piece.At);
        if (WordsIn(terms) > MonitorQuery.MaxPhrase)
            return Refusals.LongPhrase(piece.At);
        foreach (var (term, end) in terms)
        {
            if (starAts.Contains(end) && LastWord(term).Text.TrimStart('@', '#').Length < MonitorQuery.MinPrefix)
                return Refusals.ShortPrefix(piece.At + end);
        }

        if (piece.Kind == Lexeme.Run && SigilRefusal(piece, terms) is { } refusal)
            return refusal;
        return terms.Count == 1
            ? new Leaf(terms[0].Term, WordsIn(terms))
            : new Leaf(new Phrase([.. terms.Select(t => t.Term)]), WordsIn(terms));
    }

    // Offsets of the stars; each must end a word that is followed by a space or the end.
    private static Result<HashSet<int>> StarredWords(Piece piece)
    {
        var stars = new HashSet<int>();
        for (var i = piece.Text.IndexOf('*', StringComparison.Ordinal); i >= 0; i = piece.Text.IndexOf('*', i + 1))
        {
            if (i == 0 || char.IsWhiteSpace(piece.Text[i - 1]) || (i + 1 < piece.Text.Length && !char.IsWhiteSpace(piece.Text[i + 1])))
                return Refusals.MisplacedStar(piece.At + i);
            stars.Add(i);
        }

        return stars;
    }

    // The widest reading of each stretch of text is the term; what lies inside it belongs to it.
    private static List<(Term Term, int End)> Terms(FoldedText folded, HashSet<int> stars)
    {
        var terms = new List<(Term, int)>();
        var tokens = folded.Tokens;
        for (var i = 0; i < tokens.Length;)
        {
            var widest = tokens[i];
            var isPrefix = stars.Contains(widest.End);
            var whole = new Word(folded.TextOf(widest).ToString(), isPrefix);
            var parts = new List<Term>();
            for (i++; i < tokens.Length && tokens[i].First <= widest.Last; i++)
                parts.Add(new Word(folded.TextOf(tokens[i]).ToString(), isPrefix && tokens[i].End == widest.End));
            terms.Add((widest.Kind == TokenKind.Whole ? new Joined(whole, new Phrase(parts)) : whole, widest.End));
        }

        return terms;
    }

    private static int WordsIn(List<(Term Term, int End)> terms) => terms.Sum(t => t.Term is Joined joined ? joined.Parts.Parts.Count : 1);

    private static Word LastWord(Term term) => term switch
    {
        Word word => word,
        Joined joined => joined.Whole,
        Phrase phrase => LastWord(phrase.Parts[^1]),
        _ => throw new UnreachableException(),
    };

    // A run that begins with a sigil must be that handle or hashtag and nothing more.
    private static Refusal? SigilRefusal(Piece piece, List<(Term Term, int End)> terms)
    {
        var sigil = piece.Text[0] is '＠' ? '@' : piece.Text[0] is '＃' ? '#' : piece.Text[0];
        if (sigil is not ('@' or '#'))
            return null;
        var end = piece.Text.EndsWith('*') ? piece.Text.Length - 1 : piece.Text.Length;
        if (terms is [(Word word, var last)] && word.Text[0] == sigil && last == end)
            return null;
        return sigil == '@' ? Refusals.BadHandle(piece.At) : Refusals.BadTag(piece.At);
    }

    private static Result<Leaf> ReadFilter(string name, string value, int at)
    {
        var valueAt = at + name.Length + 1;
        var node = name switch
        {
            "lang" => value.Length is >= 2 and <= 8 && !value.AsSpan().ContainsAnyExcept(Letters)
                ? new LanguageIs(value.ToLowerInvariant()) : Refusals.FilterValue(name, "lang:pl", valueAt),
            "network" => value.Length is > 0 and <= PostRules.MaxNetwork && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                ? new NetworkIs(value.ToLowerInvariant()) : Refusals.FilterValue(name, "network:bluesky", valueAt),
            "from" => value.TrimStart('@') is { Length: > 0 and <= PostRules.MaxName } handle && !handle.Contains('*')
                ? new WrittenBy(handle.ToLowerInvariant()) : Refusals.FilterValue(name, "from:@name", valueAt),
            "has" => value.Equals("link", StringComparison.OrdinalIgnoreCase)
                ? new HasLink() : Refusals.FilterValue(name, "has:link", valueAt),
            "followers" => Followers(value) is { } followers
                ? followers : Refusals.FilterValue(name, "followers:>10000", valueAt),
            _ => (Result<QueryNode>)Refusals.UnknownFilter(name, at),
        };
        return node.Succeeded(out var filter) ? new Leaf(filter, 1) : node.Refusals[0];
    }

    private static FollowersAre? Followers(string value)
    {
        var (comparison, sign) = value switch
        {
            ['<', '=', ..] => (Comparison.AtMost, 2),
            ['>', '=', ..] => (Comparison.AtLeast, 2),
            ['<', ..] => (Comparison.Less, 1),
            ['>', ..] => (Comparison.More, 1),
            ['=', ..] => (Comparison.Equal, 1),
            _ => (Comparison.Equal, 0),
        };
        return long.TryParse(value.AsSpan(sign), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new FollowersAre(comparison, number)
            : null;
    }
}
