namespace Holdfast.Core.Reading;

/// <summary>Finds what a post says of levels 4 and 5, less what is denied or only a manner of speaking.</summary>
internal static class RiskFinder
{
    /// <summary>A post that says more says it again.</summary>
    private const int MostWords = 20;

    private const int NoToken = -10;

    public static RiskFinding? Find(in PostText text)
    {
        if (RiskTable.All.Find(text) is not { } matches)
        {
            return null;
        }

        var jokes = RiskContext.IsJoke(text);
        var found = new List<(RiskWord Word, RiskGround Ground)>();
        var denied = NoToken;
        var taken = new PhraseMatch(NoToken, NoToken, RiskTable.Harmless);
        foreach (var match in matches)
        {
            if (match.Meaning == RiskTable.Harmless || IsHarmless(matches, match) || (match.Meaning == taken.Meaning && match.Touches(taken)))
            {
                continue;
            }

            if (RiskContext.IsDenied(text, match, denied))
            {
                denied = match.Last;
                continue;
            }

            taken = match;
            var kind = (RiskKind)match.Meaning;
            var word = new RiskWord(kind, text.Source[text.Tokens[match.First].Start..text.Tokens[match.Last].End]);
            if (found.Count < MostWords && !found.Exists(f => f.Word == word))
            {
                found.Add((word, RiskContext.GroundOf(text, match, kind, jokes)));
            }
        }

        return found.Count == 0 ? null : Sum(found);
    }

    private static bool IsHarmless(List<PhraseMatch> matches, PhraseMatch match)
    {
        foreach (var other in matches)
        {
            if (other.Meaning == RiskTable.Harmless && other.Touches(match))
            {
                return true;
            }
        }

        return false;
    }

    private static RiskFinding Sum(List<(RiskWord Word, RiskGround Ground)> found)
    {
        var best = found.Min(f => f.Ground);
        var credible = found.Where(f => f.Ground is RiskGround.Stated or RiskGround.Announced).ToList();
        var counted = credible.Count > 0 ? credible : found;
        return new(counted.Max(f => RiskTable.LevelOf(f.Word.Kind)), [.. counted.Select(f => f.Word)], best);
    }
}
