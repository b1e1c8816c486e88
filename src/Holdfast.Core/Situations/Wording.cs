namespace Holdfast.Core.Situations;

/// <summary>Checks the words people put into a timeline: they are kept for ever, so nothing unreadable goes in.</summary>
internal static class Wording
{
    public const int MaxTitle = 160;
    public const int MaxReason = 2_000;
    public const int MaxNote = 10_000;

    /// <summary>A name made by a rule or a topic, cut where it is too long for a heading.</summary>
    public static string Title(string title) => title.Length <= MaxTitle ? title : title[..(MaxTitle - 1)] + "…";

    /// <summary>The words without blanks around them, or null and a refusal added.</summary>
    public static string? Required(string? text, string property, int limit, List<Refusal> refusals)
    {
        var words = Optional(text, property, limit, refusals);
        if (words is null && refusals.TrueForAll(r => r.Property != property))
        {
            refusals.Add(Refusals.Missing(property));
        }

        return words;
    }

    public static string? Optional(string? text, string property, int limit, List<Refusal> refusals)
    {
        var words = text?.ReplaceLineEndings("\n").Trim();
        if (string.IsNullOrEmpty(words))
        {
            return null;
        }

        if (words.Length > limit)
        {
            refusals.Add(Refusals.TooLong(property, limit));
            return null;
        }

        if (!IsText(words))
        {
            refusals.Add(Refusals.Unreadable(property));
            return null;
        }

        return words;
    }

    /// <summary>Well-formed UTF-16 without control characters other than line ends and tabs.</summary>
    private static bool IsText(string words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (char.IsHighSurrogate(words[i]) && i + 1 < words.Length && char.IsLowSurrogate(words[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(words[i]) || (char.IsControl(words[i]) && words[i] is not ('\n' or '\t')))
            {
                return false;
            }
        }

        return true;
    }
}
