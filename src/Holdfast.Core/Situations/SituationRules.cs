namespace Holdfast.Core.Situations;

/// <summary>What the plan says about the life of a situation.</summary>
/// <param name="CoolDown">How long the rules must be quiet before a level of 3 or less comes down by itself.</param>
/// <param name="ConfirmWithin">How long a proposed 4 or 5 waits for a person.</param>
/// <param name="UnansweredTakesEffect">Whether it takes effect after that; otherwise it waits on.</param>
public sealed record SituationRules(TimeSpan CoolDown, TimeSpan ConfirmWithin, bool UnansweredTakesEffect)
{
    /// <summary>BEHAVIOUR 4: four quiet hours, ten minutes, and a person decides.</summary>
    public static SituationRules Default { get; } = new(TimeSpan.FromHours(4), TimeSpan.FromMinutes(10), UnansweredTakesEffect: false);
}
