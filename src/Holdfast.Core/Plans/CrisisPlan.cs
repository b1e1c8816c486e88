using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Plans;

public readonly record struct PlanId(Guid Value);

/// <summary>
/// What a brand has decided beforehand, as one document: it is stored, exported and imported as it stands here.
/// A document is never changed; a change is a new version that is in force from a moment.
/// </summary>
/// <param name="Levels">Exactly five, in order.</param>
/// <param name="Policies">Named by the levels that page; a level that names none pages nobody.</param>
/// <param name="CoolDown">How long the rules must have been quiet before a situation at level 3 or below comes down by itself.</param>
public sealed record CrisisPlan(
    IReadOnlyList<LevelDefinition> Levels,
    RuleSet Rules,
    IReadOnlyList<Duty> Duties,
    IReadOnlyList<EscalationPolicy> Policies,
    TimeSpan CoolDown)
{
    /// <summary>BEHAVIOUR 4: "after the rules have been quiet for 4 hours".</summary>
    public static readonly TimeSpan DefaultCoolDown = TimeSpan.FromHours(4);

    /// <summary>Not asked for in a document: plans that were written before it was there go by the defaults.</summary>
    public Answering Answering { get; init; } = Answering.Default;

    /// <summary>The complete plan that every brand starts from. <paramref name="everyDuty"/> stands first in every duty until others are named.</summary>
    public static CrisisPlan Template(PersonId? everyDuty = null) => new(
        LevelDefinition.Template,
        RuleSet.Default,
        [.. Enum.GetValues<DutyKind>().Select(kind => Duty.Held(kind, everyDuty))],
        EscalationPolicy.Template,
        DefaultCoolDown);

    public LevelDefinition Definition(Level level) => Levels[(int)level - 1];

    /// <summary>The policy by which a situation of this level is paged, or null where nobody is paged.</summary>
    public EscalationPolicy? Policy(Level level) => Policies.FirstOrDefault(policy => policy.Name == Definition(level).Policy);

    /// <summary>Who holds a duty at a level: the entry of that level, or of the nearest level below it that has one.</summary>
    public DutyHolders Holders(DutyKind kind, Level level) =>
        Duties.FirstOrDefault(duty => duty.Kind == kind)?.Holders
            .Where(holders => holders.Level <= level)
            .MaxBy(holders => holders.Level)
        ?? new DutyHolders(level, null, []);

    /// <summary>Whether somebody holds a duty at any level, as the first or as a deputy.</summary>
    public bool Holds(DutyKind kind, PersonId person) =>
        Duties.Any(duty => duty.Kind == kind && duty.Holders.Any(holders => holders.First == person || holders.Deputies.Contains(person)));

    /// <summary>Every person who has something to do at a level, firsts before deputies, each once.</summary>
    public IReadOnlyList<PersonId> Everyone(Level level)
    {
        var holders = Definition(level).Who.Select(kind => Holders(kind, level)).ToList();
        var firsts = holders.Where(holder => holder.First is not null).Select(holder => holder.First!.Value);
        return [.. firsts.Concat(holders.SelectMany(holder => holder.Deputies)).Distinct()];
    }
}
