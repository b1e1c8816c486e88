using Holdfast.Core.Detection;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Situations;

/// <summary>What the plan says about the life of a situation.</summary>
/// <param name="CoolDown">How long the rules must be quiet before a level of 3 or less comes down by itself.</param>
public sealed record SituationRules(TimeSpan CoolDown, GraveLevel Four, GraveLevel Five)
{
    /// <summary>BEHAVIOUR 4: four quiet hours, and a person decides about 4 and 5.</summary>
    public static SituationRules Default { get; } = new(TimeSpan.FromHours(4), GraveLevel.Default, GraveLevel.Default);

    /// <summary>What a plan says; a level that freezes when nobody answers also takes effect then.</summary>
    public static SituationRules Of(CrisisPlan plan) =>
        new(plan.CoolDown, Grave(plan.Definition(Level.Four)), Grave(plan.Definition(Level.Five)));

    /// <summary>What holds for a level that a rule asks for; null at 3 and below, which take effect at once.</summary>
    public GraveLevel? Of(Level level) => level switch
    {
        Level.Four => Four,
        Level.Five => Five,
        _ => null,
    };

    private static GraveLevel Grave(LevelDefinition level) =>
        new(level.NeedsConfirmation, level.ConfirmWithin, UnansweredTakesEffect: level.Freeze == FreezeWhen.IfNobodyAnswers);
}

/// <summary>How a 4 or 5 that a rule asks for comes into force.</summary>
/// <param name="NeedsPerson">It is only proposed; otherwise it takes effect at once.</param>
/// <param name="ConfirmWithin">How long the proposal waits for an answer.</param>
/// <param name="UnansweredTakesEffect">Whether it takes effect after that; otherwise it waits on.</param>
public sealed record GraveLevel(bool NeedsPerson, TimeSpan ConfirmWithin, bool UnansweredTakesEffect)
{
    /// <summary>BEHAVIOUR 4: ten minutes.</summary>
    public static GraveLevel Default { get; } = new(NeedsPerson: true, TimeSpan.FromMinutes(10), UnansweredTakesEffect: false);
}
