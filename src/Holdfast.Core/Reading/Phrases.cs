namespace Holdfast.Core.Reading;

/// <summary>A place in a text where a phrase stands: its first and last token, and what the phrase stands for.</summary>
internal readonly record struct PhraseMatch(int First, int Last, int Meaning)
{
    public bool Touches(in PhraseMatch other) => First <= other.Last && other.First <= Last;
}

/// <summary>
/// Phrases looked for at every word at once. Written folded, words divided by spaces: <c>stem*</c> for any ending, <c>a/b</c> for one of
/// several, <c>#</c> for a number, <c>..</c> for up to three words in between. A stem that begins a phrase has at least three letters.
/// </summary>
internal sealed class Phrases
{
    private const int Buckets = 4096;
    private const int Key = 3;
    private const int WidestGap = 3;
    private const int NumberBucket = Buckets;

    private readonly Phrase[][] _byStart = new Phrase[Buckets + 1][];

    public Phrases(IEnumerable<(int Meaning, string Lines)> table)
    {
        var lists = new Dictionary<int, List<Phrase>>();
        foreach (var (meaning, lines) in table)
        {
            foreach (var line in lines.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var phrase = new Phrase(meaning, Parse(line));
                foreach (var start in phrase.Steps[0].Forms.Select(BucketOf).Distinct())
                {
                    lists.TryAdd(start, []);
                    lists[start].Add(phrase);
                }
            }
        }

        foreach (var (start, list) in lists)
        {
            _byStart[start] = [.. list];
        }
    }

    private void FindAt(in PostText text, int token, ref List<PhraseMatch>? found)
    {
        var bucket = text.Tokens[token].Kind switch
        {
            TokenKind.Word => _byStart[BucketOf(text.FoldedOf(text.Tokens[token]))],
            TokenKind.Number => _byStart[NumberBucket],
            _ => null,
        };
        foreach (var phrase in bucket ?? [])
        {
            if (Fits(text, token, phrase.Steps, 0) is >= 0 and var last)
            {
                Keep(found ??= [], new(token, last, phrase.Meaning));
            }
        }
    }

    /// <returns>Every phrase, by its first token; null where there is none, so that an ordinary post costs no list.</returns>
    public List<PhraseMatch>? Find(in PostText text)
    {
        List<PhraseMatch>? found = null;
        for (var i = 0; i < text.Tokens.Length; i++)
        {
            FindAt(text, i, ref found);
        }

        return found;
    }

    /// <summary>Of those that begin alike and mean the same, the longest.</summary>
    private static void Keep(List<PhraseMatch> found, PhraseMatch match)
    {
        var same = found.FindLastIndex(f => f.First == match.First && f.Meaning == match.Meaning);
        if (same < 0)
        {
            found.Add(match);
        }
        else if (found[same].Last < match.Last)
        {
            found[same] = match;
        }
    }

    /// <returns>The last token of the fit, or −1.</returns>
    private static int Fits(in PostText text, int token, Step[] steps, int step)
    {
        var widest = steps[step].AfterGap ? WidestGap : 0;
        for (var gap = 0; gap <= widest && token + gap < text.Tokens.Length; gap++)
        {
            ref readonly var here = ref text.Tokens[token + gap];
            if (IsForm(text, here, steps[step].Forms))
            {
                var last = step == steps.Length - 1 ? token + gap : Fits(text, token + gap + 1, steps, step + 1);
                if (last >= 0)
                {
                    return last;
                }
            }

            if (here.Kind is TokenKind.Break or TokenKind.Mark or TokenKind.Link)
            {
                break;
            }
        }

        return -1;
    }

    private static bool IsForm(in PostText text, in Token token, Form[] forms)
    {
        var word = token.Kind == TokenKind.Word ? text.FoldedOf(token) : default;
        foreach (var form in forms)
        {
            if (form.Number ? token.Kind == TokenKind.Number : form.Prefix ? word.StartsWith(form.Text, StringComparison.Ordinal) : word.SequenceEqual(form.Text))
            {
                return true;
            }
        }

        return false;
    }

    private static Step[] Parse(string line)
    {
        var steps = new List<Step>();
        var gap = false;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "..")
            {
                gap = true;
                continue;
            }

            steps.Add(new([.. word.Split('/').Select(f => new Form(f.TrimEnd('*'), f.EndsWith('*'), f == "#"))], gap));
            gap = false;
        }

        return [.. steps];
    }

    private static int BucketOf(Form form) => form.Number ? NumberBucket
        : form.Text.Length >= Key || !form.Prefix ? BucketOf(form.Text)
        : throw new ArgumentException($"A phrase begins with a stem of at least {Key} letters, not '{form.Text}'.");

    private static int BucketOf(ReadOnlySpan<char> word)
    {
        var bucket = 0u;
        foreach (var letter in word[..Math.Min(Key, word.Length)])
        {
            bucket = (bucket * 31) + letter;
        }

        return (int)(bucket % Buckets);
    }

    private sealed record Phrase(int Meaning, Step[] Steps);

    private sealed record Step(Form[] Forms, bool AfterGap);

    private sealed record Form(string Text, bool Prefix, bool Number);
}
