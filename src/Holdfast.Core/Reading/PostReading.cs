namespace Holdfast.Core.Reading;

/// <summary>What a post says, for one brand.</summary>
/// <param name="Language">ISO 639-1, or <c>und</c> where it is not known.</param>
/// <param name="Sentiment">−1 … 1.</param>
/// <param name="Risk">The gravest risk found that is not denied; null where there is none.</param>
/// <param name="About">False where the brand's name is meant in another sense.</param>
/// <param name="Supported">False where the language has no model of its own and the reading is a guess.</param>
public sealed record PostReading(
    string Language,
    double Sentiment,
    SentimentClass Class,
    Intent Intent,
    RiskFinding? Risk,
    bool About,
    bool Supported);

/// <summary>The numbers are stored.</summary>
public enum SentimentClass
{
    Negative = -1,
    Neutral = 0,
    Positive = 1,
}

/// <summary>What the author wants. The numbers are stored.</summary>
public enum Intent
{
    Other = 0,
    Question = 1,
    Complaint = 2,
    Praise = 3,
    HarmReport = 4,
    Threat = 5,
    FalseClaim = 6,
    Spam = 7,
}

/// <summary>A risk of level 4 or 5 and the words, as written, that say so.</summary>
public sealed record RiskFinding(int Level, IReadOnlyList<RiskWord> Words);

/// <summary>One word of risk: what kind, and the piece of text it was found as.</summary>
public sealed record RiskWord(RiskKind Kind, string Text);

/// <summary>The kinds of BEHAVIOUR 2.</summary>
public enum RiskKind
{
    Injury,
    Death,
    Lawsuit,
    Recall,
    Breach,
    Discrimination,
    Arrest,
    Strike,
    LayOff,
    Fraud,
    Boycott,
    Fire,
    Poisoning,
}
