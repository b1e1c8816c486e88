using System.Text;

namespace Holdfast.Core.Reading;

/// <summary>
/// What the words around a risk make of it: denied ("no one was hurt", "nikt nie ucierpiał"), possible, asked, heard or announced.
/// Looks only within the clause; rules, not understanding: their limits are the cases of RiskTests.
/// </summary>
internal static class RiskContext
{
    private const int SubjectReach = 6;
    private const int VerbReach = 3;
    private const int DoubtReach = 6;
    private const int After = 4;

    private static readonly WordSet Subjects = new("no nobody none zero without neither nor nikt nikogo nikomu zaden zadna zadne zadnych zadnego zadnej brak bez ani");
    private static readonly WordSet ClauseEnds = new("but because although though since when while after and so ale bo poniewaz gdy kiedy i oraz choc chociaz wiec po");

    /// <summary>"I can't believe he was hurt", "nie dość, że": the negation is about something else.</summary>
    private static readonly WordSet Idle = new("""
        believe only just happy care know sure ok okay acceptable surprised surprising forget ignore wait stop mention funny cool fair right good great excuse excuses wonder apology apologies refund response answer reply help
        comment word shame explanation compensation sleep time idea tylko wierze wiary moge dosc wstyd wazne obchodzi obchodza rozumiem zapomne przeprosin odpowiedzi zwrotu reakcji slowa pomocy zartuje dziwne wiem
        """);

    private static readonly WordSet Possibly = new("""
        if could might may can would should before unless until hope hoping hopefully wish risk risks potential potentially prevent prevents avoid avoids imagine someday wouldve couldve almost nearly maybe possibly probably lest
        will gonna going bound waiting afraid fear worried jesli jezeli gdyby zeby oby aby zanim dopoki moze moga moglo mogl mogla mogli mogly grozi ryzyko boje obawiam prawie chyba niech bedzie beda czekac mozna
        """);

    private static readonly WordSet Hearsay = new("heard hear allegedly alleged reportedly rumor rumors rumour rumours rumored rumoured apparently supposedly claims gossip podobno rzekomo rzekome plotki plotka plotek ponoc slyszalem slyszalam slychac");
    private static readonly WordSet Untrue = new("fake hoax false untrue bogus debunked misinformation disinformation nieprawda falszywe falszywa falszywy fejk zmyslone zmyslona");
    private static readonly WordSet Asking = new("is are was were did does do has have had any anyone anybody can could will what who czy kto ktos ile");
    private static readonly WordSet Knowing = new("you ya u know");
    private static readonly WordSet Denying = new("ma bylo byly byl byla stwierdzono odnotowano potwierdzono ogloszono planujemy reported been happened occurred confirmed issued true planned");
    private static readonly WordSet Laughs = new("lol lmao lmfao rofl haha hahaha hahahaha hehe jk xd xdd xddd kidding");

    public static bool IsDenied(in PostText text, in PhraseMatch match, int deniedBefore) =>
        deniedBefore == match.First - 2 || IsDeniedBefore(text, match.First) || IsDeniedAfter(text, match.Last);

    public static RiskGround GroundOf(in PostText text, in PhraseMatch match, RiskKind kind, bool jokes)
    {
        if (jokes)
        {
            return RiskGround.Joked;
        }

        if (IsAsked(text, match))
        {
            return RiskGround.Asked;
        }

        return Doubt(text, match) switch
        {
            // A threat is what it says; "will" makes it more so, not less.
            RiskGround.Possible when kind is RiskKind.Lawsuit or RiskKind.Boycott or RiskKind.Strike or RiskKind.LayOff or RiskKind.Recall => RiskGround.Announced,
            var ground => ground,
        };
    }

    /// <summary>Laughter anywhere makes the post a joke as far as waking someone goes.</summary>
    public static bool IsJoke(in PostText text)
    {
        foreach (ref readonly var token in text.Tokens)
        {
            if (token.Kind == TokenKind.Word ? Laughs.Has(text.FoldedOf(token))
                : token.Kind == TokenKind.Emoji && Rune.TryGetRuneAt(text.Source, token.Start, out var rune) && EmojiMood.Laughs(rune.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDeniedBefore(in PostText text, int first)
    {
        for (var (i, words) = (first - 1, 0); i >= 0 && words < SubjectReach; i--, words++)
        {
            var word = WordAt(text, i, out var ends);
            if (ends || ClauseEnds.Has(word))
            {
                return false;
            }

            if (Untrue.Has(word))
            {
                return true;
            }

            if (Negation.Is(word) && !(i + 1 < first && Idle.Has(WordAt(text, i + 1, out _))) && (words < VerbReach || Subjects.Has(word)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDeniedAfter(in PostText text, int last)
    {
        for (var (i, words) = (last + 1, 0); i < text.Tokens.Length && words < After; i++, words++)
        {
            var word = WordAt(text, i, out var ends);
            if (ends && text.Tokens[i].Kind != TokenKind.Break)
            {
                return false;
            }

            if (Untrue.Has(word) || word is "brak" or "none" || (Negation.Is(word) && i + 1 < text.Tokens.Length && Denying.Has(WordAt(text, i + 1, out _))))
            {
                return true;
            }

            if (ends || ClauseEnds.Has(word))
            {
                return text.Tokens[i].Kind == TokenKind.Break && text.Source[text.Tokens[i].Start] == ':' && i + 1 < text.Tokens.Length
                    && (WordAt(text, i + 1, out _) is "none" or "brak" or "zero" || IsNought(text, i + 1));
            }
        }

        return false;
    }

    private static RiskGround Doubt(in PostText text, in PhraseMatch match)
    {
        for (var (i, words) = (match.Last, 0); i >= 0 && words < DoubtReach + (match.Last - match.First); i--, words++)
        {
            var word = WordAt(text, i, out var ends);
            if (i < match.First && (ends || word is "but" or "because" or "ale" or "bo" or "after" or "and" or "i" or "oraz"))
            {
                break;
            }

            if (Hearsay.Has(word))
            {
                return RiskGround.Heard;
            }

            if (Possibly.Has(word) || (word.EndsWith("'ll", StringComparison.Ordinal) || word.EndsWith("'d", StringComparison.Ordinal)))
            {
                return RiskGround.Possible;
            }
        }

        return RiskGround.Stated;
    }

    /// <summary>The sentence begins as a question and ends as one; "did you know that …?" tells.</summary>
    private static bool IsAsked(in PostText text, in PhraseMatch match)
    {
        var start = match.First;
        while (start > 0 && !Stops(text, start - 1))
        {
            start--;
        }

        var end = match.Last;
        while (end < text.Tokens.Length && text.Tokens[end].Kind != TokenKind.Mark && !Stops(text, end))
        {
            end++;
        }

        var asked = end < text.Tokens.Length && text.Tokens[end].Kind == TokenKind.Mark && text.Source.AsSpan(text.Tokens[end].Start, text.Tokens[end].Length).Contains('?');
        while (start < match.First && text.Tokens[start].Kind is TokenKind.Brand or TokenKind.User or TokenKind.Break)
        {
            start++;
        }

        return asked && Asking.Has(WordAt(text, start, out _)) && !(start + 1 < text.Tokens.Length && Knowing.Has(WordAt(text, start + 1, out _)));
    }

    private static bool Stops(in PostText text, int i) =>
        text.Tokens[i].Kind == TokenKind.Mark || (text.Tokens[i].Kind == TokenKind.Break && text.Source[text.Tokens[i].Start] is '.' or '\n' or ';' or '…');

    private static bool IsNought(in PostText text, int i) => text.Tokens[i].Kind == TokenKind.Number && text.FoldedOf(text.Tokens[i]) is "0";

    private static ReadOnlySpan<char> WordAt(in PostText text, int i, out bool ends)
    {
        ref readonly var token = ref text.Tokens[i];
        ends = token.Kind is TokenKind.Break or TokenKind.Mark or TokenKind.Link;
        return token.Kind is TokenKind.Word ? text.FoldedOf(token) : IsNought(text, i) ? "zero" : default;
    }
}
