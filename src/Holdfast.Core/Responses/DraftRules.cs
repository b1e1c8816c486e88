using System.Text.RegularExpressions;

namespace Holdfast.Core.Responses;

/// <summary>
/// The words of one language that each finding looks for, written folded (see <see cref="DraftText"/>). Every expression runs in linear
/// time whatever the text.
/// </summary>
internal sealed partial class DraftRules(
    string happened, string concern, string apologyWithIf, string responsibility, string nextStep, string vagueStep, string time, string telling, string blame, string speculation,
    string jargon)
{
    private readonly Regex[] _happened = Words(happened);
    private readonly Regex[] _concern = Words(concern);
    private readonly Regex[] _apologyWithIf = Words(apologyWithIf);
    private readonly Regex[] _responsibility = Words(responsibility);
    private readonly Regex[] _nextStep = Words(nextStep);
    private readonly Regex[] _vagueStep = Words(vagueStep);
    private readonly Regex[] _time = Words(time);
    private readonly Regex[] _telling = Words(telling);
    private readonly Regex[] _blame = Words(blame);
    private readonly Regex[] _speculation = Words(speculation);
    private readonly Regex[] _jargon = Words(jargon);

    /// <summary>Whether words for it were found.</summary>
    public bool Shows(DraftFinding finding, DraftText draft) => finding switch
    {
        DraftFinding.WhatHappened => Outside(_happened, draft, _vagueStep),
        DraftFinding.Concern => Matches(_concern, draft).Any(),
        DraftFinding.Responsibility => Matches(_responsibility, draft).Any(),
        DraftFinding.NextStep => Outside(_nextStep, draft, _vagueStep),
        DraftFinding.NextNews => draft.Sentences.Any(sentence => Says(_time, draft, sentence) && Says(_telling, draft, sentence)),
        _ => true,
    };

    /// <summary>Words that are better left out.</summary>
    public IEnumerable<DraftRemark> Found(DraftText draft) =>
    [
        .. Remarks(DraftFinding.ApologyWithIf, _apologyWithIf, draft),
        .. Remarks(DraftFinding.BlamePassed, _blame, draft),
        .. Remarks(DraftFinding.Speculation, _speculation, draft),
        .. Remarks(DraftFinding.Jargon, _jargon, draft),
    ];

    internal static bool BeginsWithMonth(ReadOnlySpan<char> text)
    {
        foreach (var month in Months)
        {
            if (text.StartsWith(month, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly string[] Months =
        ["styczn", "lut", "marca", "kwiet", "maja", "czerw", "lip", "sierp", "wrze", "pazdz", "listop", "grud",
         "januar", "februar", "march", "april", "may", "june", "july", "august", "septem", "octob", "novem", "decem"];

    /// <summary>A match that does not lie inside one of what is taken away.</summary>
    private static bool Outside(Regex[] wanted, DraftText draft, Regex[] except)
    {
        var holes = Matches(except, draft).ToList();
        return Matches(wanted, draft).Any(match => !holes.Exists(hole => hole.Index <= match.Index && match.Index < hole.Index + hole.Length));
    }

    private static bool Says(Regex[] words, DraftText draft, DraftSentence sentence) =>
        words.Any(each => each.IsMatch(draft.Folded.AsSpan(sentence.Start, sentence.Length)));

    private static IEnumerable<DraftRemark> Remarks(DraftFinding finding, Regex[] words, DraftText draft) =>
        Matches(words, draft).OrderBy(match => match.Index).DistinctBy(match => match.Index).Select(match => new DraftRemark(finding, match.Index, match.Length));

    private static IEnumerable<Match> Matches(Regex[] words, DraftText draft) => words.SelectMany(each => each.Matches(draft.Folded));

    /// <summary>
    /// Lines are alternatives; <c>~</c> stands for any ending of a word, <c>_</c> for up to four words in between. A few lines make one
    /// expression: an automaton of all would be larger than .NET allows.
    /// </summary>
    private static Regex[] Words(string lines) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Replace("~", @"\w*", StringComparison.Ordinal).Replace(" _ ", @"(?: [\w'-]+){0,4} ", StringComparison.Ordinal))
            .Chunk(LinesAtOnce)
            .Select(some => new Regex(@"\b(?:" + string.Join('|', some) + @")\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)),
    ];

    private const int LinesAtOnce = 4;
}
