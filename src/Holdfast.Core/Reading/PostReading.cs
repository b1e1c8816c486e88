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
/// <param name="Level">4 or 5: the gravest of the words that are credible, or of all where none is.</param>
/// <param name="Ground">On what ground; only some make it credible.</param>
public sealed record RiskFinding(int Level, IReadOnlyList<RiskWord> Words, RiskGround Ground = RiskGround.Stated)
{
    /// <summary>Said as a fact or announced by the author: what a rule may wake someone for.</summary>
    public bool Credible => Ground is RiskGround.Stated or RiskGround.Announced;
}

/// <summary>On what ground a risk is spoken of.</summary>
public enum RiskGround
{
    /// <summary>As something that has happened or is happening.</summary>
    Stated,

    /// <summary>The author says they will: "I will sue you".</summary>
    Announced,

    /// <summary>"Was anyone hurt?"</summary>
    Asked,

    /// <summary>"I heard that …", "allegedly".</summary>
    Heard,

    /// <summary>"Someone could get hurt."</summary>
    Possible,

    /// <summary>With laughter, or "lol".</summary>
    Joked,
}

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
