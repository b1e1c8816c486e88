using System.Collections.Immutable;

namespace Holdfast.Core.Responses;

/// <summary>A word of a draft, folded, with its place.</summary>
public readonly record struct DraftWord(int Start, int Length, string Folded);

/// <summary>A sentence of a draft: from its first letter to its end mark.</summary>
public sealed record DraftSentence(int Start, int Length, IReadOnlyList<DraftWord> Words);

/// <summary>A draft as the rules see it: every letter folded to one plain lower-case letter, so that places stay what they were.</summary>
public sealed class DraftText
{
    public DraftText(string text)
    {
        Folded = string.Create(text.Length, text, (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = Fold(from[i]);
            }
        });
        Sentences = Split(Folded);
    }

    public string Folded { get; }

    public IReadOnlyList<DraftSentence> Sentences { get; }

    public IEnumerable<DraftWord> Words => Sentences.SelectMany(sentence => sentence.Words);

    private static char Fold(char c) => char.ToLowerInvariant(c) switch
    {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'ź' or 'ż' => 'z',
        '’' or '‘' or 'ʼ' => '\'',
        var other when char.IsWhiteSpace(other) && other is not '\n' => ' ',
        var other => other,
    };

    private static ImmutableArray<DraftSentence> Split(string text)
    {
        var sentences = ImmutableArray.CreateBuilder<DraftSentence>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // "3.5", "10.00" and "4. June" do not end a sentence; a new line does, as in a list.
            var mark = text[i] is '!' or '?' or '…' or '\n'
                || (text[i] == '.' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) && !(i > 0 && char.IsDigit(text[i - 1]) && FollowsLower(text, i + 1)));
            if (mark)
            {
                Add(i + 1);
            }
        }

        Add(text.Length);
        return sentences.ToImmutable();

        void Add(int end)
        {
            while (start < end && !char.IsLetterOrDigit(text[start]))
            {
                start++;
            }

            if (WordsOf(text, start, end) is { Length: > 0 } words)
            {
                sentences.Add(new DraftSentence(start, end - start, words));
            }

            start = end;
        }
    }

    private static bool FollowsLower(string text, int from)
    {
        var i = from;
        while (i < text.Length && text[i] == ' ')
        {
            i++;
        }

        // Folded text has no capitals; a day's number is followed by a month or a word, a sentence's end by a space and much else.
        return i < text.Length && i - from == 1 && char.IsLetter(text[i]) && DraftRules.BeginsWithMonth(text.AsSpan(i));
    }

    private static ImmutableArray<DraftWord> WordsOf(string text, int from, int to)
    {
        var words = ImmutableArray.CreateBuilder<DraftWord>();
        for (var i = from; i < to;)
        {
            if (!char.IsLetter(text[i]))
            {
                i++;
                continue;
            }

            var begin = i;
            while (i < to && (char.IsLetter(text[i]) || (text[i] == '\'' && i + 1 < to && char.IsLetter(text[i + 1]))))
            {
                i++;
            }

            words.Add(new DraftWord(begin, i - begin, text[begin..i]));
        }

        return words.ToImmutable();
    }
}
