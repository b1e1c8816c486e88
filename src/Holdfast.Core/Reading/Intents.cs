namespace Holdfast.Core.Reading;

/// <summary>What the author wants: rules over cues, the risk found and the sentiment; the first that holds, gravest first.</summary>
internal static class Intents
{
    /// <summary>From here on a feeling is strong enough to be an intent without any cue.</summary>
    private const double Strong = 0.6;

    private const int SpamTags = 8;

    public static Intent Of(in PostText text, double sentiment, SentimentClass mood, RiskFinding? risk)
    {
        Span<int> cues = stackalloc int[(int)Cue.Nothing + 1];
        Count(text, cues);
        var (asks, links, tags) = Signs(text);
        if ((cues[(int)Cue.Sells] > 0 && (links > 0 || cues[(int)Cue.Sells] > 1) && cues[(int)Cue.Complains] == 0) || tags > SpamTags)
        {
            return Intent.Spam;
        }

        if (cues[(int)Cue.Disputes] > 0)
        {
            return Intent.FalseClaim;
        }

        if (risk is { Credible: true } && Harms(risk))
        {
            return Intent.HarmReport;
        }

        if (cues[(int)Cue.Threatens] > 0 || (risk is { Credible: true } && Threatens(risk)))
        {
            return Intent.Threat;
        }

        return Everyday(cues, asks, sentiment, mood);
    }

    private static Intent Everyday(ReadOnlySpan<int> cues, bool asks, double sentiment, SentimentClass mood)
    {
        var (complains, praises) = (cues[(int)Cue.Complains] > 0, cues[(int)Cue.Praises] > 0);
        return mood switch
        {
            // "Thanks for ruining my day" is no praise, and "is it down again?" no mere question.
            SentimentClass.Negative when complains || sentiment <= -Strong => Intent.Complaint,
            SentimentClass.Positive when praises && !(complains && asks) => Intent.Praise,
            _ when asks && !complains => Intent.Question,
            _ when complains && mood != SentimentClass.Positive => Intent.Complaint,
            SentimentClass.Positive when sentiment >= Strong => Intent.Praise,
            _ => asks ? Intent.Question : Intent.Other,
        };
    }

    private static void Count(in PostText text, Span<int> cues)
    {
        if (IntentTable.All.Find(text) is not { } matches)
        {
            return;
        }

        foreach (var match in matches)
        {
            var hidden = false;
            foreach (var other in matches)
            {
                hidden |= match.Meaning != (int)Cue.Nothing && other.Meaning == (int)Cue.Nothing && other.Touches(match);
            }

            cues[match.Meaning] += hidden ? 0 : 1;
        }
    }

    private static (bool Asks, int Links, int Tags) Signs(in PostText text)
    {
        var (asks, links, tags, previous) = (false, 0, 0, -2);
        foreach (ref readonly var token in text.Tokens)
        {
            asks |= token.Kind == TokenKind.Mark && text.FoldedOf(token).Contains('?');
            links += token.Kind == TokenKind.Link ? 1 : 0;
            // The words of one tag follow each other without a space.
            tags += (token.Traits & TokenTraits.Tag) != 0 && token.Start != previous ? 1 : 0;
            previous = token.End;
        }

        return (asks, links, tags);
    }

    private static bool Harms(RiskFinding risk)
    {
        foreach (var word in risk.Words)
        {
            if (word.Kind is RiskKind.Injury or RiskKind.Death or RiskKind.Poisoning or RiskKind.Fire)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Threatens(RiskFinding risk)
    {
        foreach (var word in risk.Words)
        {
            if (word.Kind is RiskKind.Lawsuit or RiskKind.Boycott)
            {
                return true;
            }
        }

        return false;
    }
}
