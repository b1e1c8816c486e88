namespace Holdfast.Core.Listening;

/// <summary>
/// Roughly what share of short posts holds a word. Our own estimates, good to a factor of two: they choose the rarer of
/// two words and tell a query that matches everything from one that does not.
/// </summary>
internal static class CommonWords
{
    public const double Unlisted = 0.002;
    private const double ShortUnlisted = 0.01;

    private static readonly Dictionary<string, double> Shares = new()
    {
        ["the"] = .45, ["to"] = .42, ["a"] = .35, ["i"] = .40, ["and"] = .35, ["of"] = .25, ["in"] = .28, ["is"] = .25, ["you"] = .28,
        ["for"] = .27, ["it"] = .22, ["on"] = .20, ["my"] = .20, ["that"] = .18, ["this"] = .15, ["with"] = .14, ["be"] = .14,
        ["at"] = .13, ["have"] = .12, ["me"] = .14, ["are"] = .13, ["so"] = .11, ["was"] = .11, ["not"] = .11, ["just"] = .10,
        ["but"] = .10, ["we"] = .10, ["your"] = .11, ["all"] = .08, ["what"] = .08, ["s"] = .15, ["t"] = .12,
        ["m"] = .06, ["re"] = .05, ["if"] = .07, ["up"] = .07, ["out"] = .07, ["do"] = .08, ["get"] = .07, ["can"] = .08, ["no"] = .08,
        ["like"] = .07, ["from"] = .08, ["they"] = .07, ["as"] = .07, ["will"] = .06, ["now"] = .06, ["about"] = .05, ["or"] = .05,
        ["by"] = .06, ["an"] = .05, ["how"] = .05, ["when"] = .05, ["he"] = .06, ["she"] = .04, ["his"] = .04, ["has"] = .05,
        ["people"] = .03, ["one"] = .05, ["good"] = .04, ["day"] = .04, ["new"] = .04, ["time"] = .04, ["love"] = .03, ["rt"] = .10,
        ["w"] = .35, ["na"] = .32, ["nie"] = .35, ["sie"] = .32, ["z"] = .28, ["ze"] = .20, ["jest"] = .20,
        ["o"] = .15, ["co"] = .14, ["jak"] = .14, ["ale"] = .12, ["po"] = .10, ["za"] = .11, ["od"] = .09, ["tak"] = .09, ["juz"] = .09,
        ["czy"] = .07, ["tylko"] = .06, ["dla"] = .07, ["mi"] = .08, ["ma"] = .07, ["jestem"] = .04, ["mam"] = .05, ["przez"] = .05,
        ["bo"] = .07, ["tego"] = .06, ["tym"] = .05, ["jej"] = .03, ["jego"] = .03, ["bardzo"] = .04, ["sa"] = .05,
        ["de"] = .06, ["la"] = .05, ["que"] = .05, ["en"] = .04, ["el"] = .04, ["die"] = .04, ["der"] = .04, ["und"] = .04,
        ["http"] = .01, ["com"] = .10, ["https"] = .01,
    };

    public static double Share(Word word)
    {
        if (!word.IsPrefix)
            return Shares.GetValueOrDefault(word.Text, word.Text.Length <= 2 ? ShortUnlisted : Unlisted);
        var absent = 1 - Math.Min(0.5, 2.0 / Math.Pow(4, word.Text.Length));
        foreach (var (text, share) in Shares)
            absent *= text.StartsWith(word.Text, StringComparison.Ordinal) ? 1 - share : 1;
        return 1 - absent;
    }
}
