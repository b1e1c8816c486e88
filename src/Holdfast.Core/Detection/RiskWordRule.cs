namespace Holdfast.Core.Detection;

/// <summary>Credible posts that speak of injury, lawsuits and the like, from enough different people within a window (BEHAVIOUR 3.4).</summary>
/// <param name="Risk">The level of risk that is looked for, 4 or 5; the other has rules of its own.</param>
/// <param name="AtOnce">The level takes effect without a person's confirmation.</param>
public sealed partial record RiskWordRule(
    string Name, Level Level, int Risk, int People, TimeSpan Window, bool AtOnce = false, bool Shadow = false, bool Off = false) : IRule
{
    /// <summary>BEHAVIOUR 3.4: "three within an hour from different people". Used for risks of level 4 as well.</summary>
    public const int ManyPeople = 3;

    /// <summary>BEHAVIOUR 3.4.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    /// <summary>BEHAVIOUR 3.4: one credible post with a risk of level 5 is proposed to a human as level 5.</summary>
    public static RiskWordRule Grave { get; } = new("grave-word", Level.Five, 5, 1, DefaultWindow);

    /// <summary>BEHAVIOUR 3.4: three of them within an hour from different people are level 4 at once.</summary>
    public static RiskWordRule GraveFromMany { get; } = new("grave-words-from-many", Level.Four, 5, ManyPeople, DefaultWindow, AtOnce: true);

    /// <summary>Our own choice, as the specification is silent: one post with a risk of level 4 is looked at by a person (level 2).</summary>
    public static RiskWordRule Serious { get; } = new("serious-word", Level.Two, 4, 1, DefaultWindow);

    /// <summary>Our own choice: three different people with a risk of level 4 within an hour are a proposal of level 4.</summary>
    public static RiskWordRule SeriousFromMany { get; } = new("serious-words-from-many", Level.Four, 4, ManyPeople, DefaultWindow);
}
