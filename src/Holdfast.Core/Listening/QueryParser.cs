namespace Holdfast.Core.Listening;

/// <summary>
/// Recursive descent over the grammar, its depth limited. From tightest: <c>-</c> and NOT, NEAR, AND (written or not), OR.
/// </summary>
internal ref struct QueryParser
{
    private QueryScanner _scanner;
    private Piece _piece;
    private Refusal? _refusal;
    private int _depth;
    private int _terms;

    private QueryParser(string text)
    {
        _scanner = new QueryScanner(text);
        _piece = default;
        _refusal = null;
    }

    public static Result<MonitorQuery> Parse(string text)
    {
        if (text.Length > MonitorQuery.MaxLength)
            return Refusals.TooLong(text.Length);
        if (FirstNonText(text) is >= 0 and var at)
            return Refusals.NotText(at);
        var parser = new QueryParser(text);
        parser.Advance();
        if (parser._refusal is null && parser._piece.Kind == Lexeme.End)
            return Refusals.EmptyQuery();
        var root = parser.Any();
        if (parser._refusal is null && parser._piece.Kind == Lexeme.Close)
            return Refusals.UnopenedParenthesis(parser._piece.At);
        return parser._refusal is { } refusal ? refusal : new MonitorQuery(text, root);
    }

    private static int FirstNonText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]) || (char.IsControl(text[i]) && !char.IsWhiteSpace(text[i])))
                return i;
        }

        return -1;
    }

    private void Advance()
    {
        if (_refusal is not null)
            return;
        var next = _scanner.Next();
        if (!next.Succeeded(out _piece))
            Refuse(next.Refusals[0]);
    }

    // After a refusal every loop sees the end of the query, so that parsing stops at once with the first thing wrong.
    private AnyOf Refuse(Refusal refusal)
    {
        _refusal ??= refusal;
        _piece = new Piece(Lexeme.End, "", 0);
        return new AnyOf([]);
    }

    private QueryNode Any()
    {
        var parts = new List<QueryNode> { All() };
        while (_piece.Kind == Lexeme.Or)
        {
            AdvanceToTerm();
            parts.Add(All());
        }

        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private QueryNode All()
    {
        var parts = new List<QueryNode> { Excluded() };
        while (_piece.Kind is not (Lexeme.End or Lexeme.Close or Lexeme.Or))
        {
            if (_piece.Kind == Lexeme.And)
                AdvanceToTerm();
            parts.Add(Excluded());
        }

        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private QueryNode Excluded()
    {
        if (_piece.Kind is not (Lexeme.Not or Lexeme.Minus))
            return Neighbours();
        if (++_depth > MonitorQuery.MaxDepth)
            return Refuse(Refusals.TooDeep(_piece.At));
        AdvanceToTerm();
        var part = Excluded();
        _depth--;
        return new Not(part);
    }

    private QueryNode Neighbours()
    {
        var leftAt = _piece.At;
        var left = Primary();
        if (_piece.Kind != Lexeme.Near)
            return left;
        var distance = _piece.Number;
        AdvanceToTerm();
        var rightAt = _piece.At;
        var right = Primary();
        if (_refusal is not null)
            return left;
        if (TermsOf(left) is not { } leftTerms)
            return Refuse(Refusals.NearOperand(leftAt));
        if (TermsOf(right) is not { } rightTerms)
            return Refuse(Refusals.NearOperand(rightAt));
        return _piece.Kind == Lexeme.Near
            ? Refuse(Refusals.NearOperand(_piece.At))
            : new Near(leftTerms, rightTerms, distance);
    }

    private static List<Term>? TermsOf(QueryNode node) => node switch
    {
        Term term => [term],
        AnyOf any when any.Parts.All(p => p is Term) => [.. any.Parts.Cast<Term>().Distinct()],
        _ => null,
    };

    private QueryNode Primary()
    {
        var piece = _piece;
        return piece.Kind switch
        {
            Lexeme.Open => Group(piece.At),
            Lexeme.Phrase or Lexeme.Run => Leaf(piece),
            Lexeme.Close => Refuse(Refusals.UnopenedParenthesis(piece.At)),
            Lexeme.End => Refuse(Refusals.EmptyQuery()),
            Lexeme.Not or Lexeme.Minus => Refuse(Refusals.NearOperand(piece.At)),
            _ => Refuse(Refusals.MissingTerm(piece.Text, piece.At)),
        };
    }

    private QueryNode Group(int open)
    {
        if (++_depth > MonitorQuery.MaxDepth)
            return Refuse(Refusals.TooDeep(open));
        Advance();
        if (_piece.Kind == Lexeme.Close)
            return Refuse(Refusals.EmptyParentheses(open));
        if (_refusal is null && _piece.Kind == Lexeme.End)
            return Refuse(Refusals.UnclosedParenthesis(open));
        var inner = Any();
        if (_refusal is null && _piece.Kind != Lexeme.Close)
            return Refuse(Refusals.UnclosedParenthesis(open));
        _depth--;
        Advance();
        return inner;
    }

    private QueryNode Leaf(Piece piece)
    {
        var read = TermReader.Read(piece);
        if (!read.Succeeded(out var leaf))
            return Refuse(read.Refusals[0]);
        _terms += leaf.Words;
        if (_terms > MonitorQuery.MaxTerms)
            return Refuse(Refusals.TooManyTerms(piece.At));
        Advance();
        return leaf.Node;
    }

    // What follows an operator must be a term; said at the operator, where the eye is.
    private void AdvanceToTerm()
    {
        var op = _piece;
        Advance();
        if (_refusal is null && _piece.Kind is Lexeme.End or Lexeme.Close or Lexeme.And or Lexeme.Or or Lexeme.Near)
            Refuse(Refusals.MissingTerm(op.Text, op.At));
    }
}
