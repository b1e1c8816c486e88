using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Plans;

/// <summary>Whether a plan can be put in force. All refusals at once, each with the path of its field.</summary>
public static class PlanCheck
{
    public const int MaxWording = 500;
    public const int MaxSteps = 20;
    public const int MaxRounds = 200;

    /// <summary>No window needs more, and live detection reads this much history at most.</summary>
    public static readonly TimeSpan MaxStretch = TimeSpan.FromHours(48);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <param name="people">Everyone who may be named; a person who has left is not among them.</param>
    public static IReadOnlyList<Refusal> Refusals(CrisisPlan plan, IReadOnlySet<PersonId> people) =>
    [
        .. Levels(plan),
        .. RuleCheck.Refusals(plan.Rules),
        .. Duties(plan, people),
        .. Policies(plan, people),
        .. AnsweringCheck.Refusals(plan.Answering),
        .. Time("coolDown", plan.CoolDown, Minute, TimeSpan.FromDays(7)),
    ];

    internal static IEnumerable<Refusal> Time(string property, TimeSpan time, TimeSpan least, TimeSpan most)
    {
        if (time < least || time > most)
        {
            yield return Plans.Refusals.TimeOutside(property, least, most);
        }
    }

    internal static IEnumerable<Refusal> Number(string property, double number, double least, double most)
    {
        if (!(number >= least && number <= most))
        {
            yield return Plans.Refusals.NumberOutside(property, least, most);
        }
    }

    private static IEnumerable<Refusal> Levels(CrisisPlan plan)
    {
        if (!plan.Levels.Select(definition => definition.Level).SequenceEqual(Enum.GetValues<Level>()))
        {
            yield return Plans.Refusals.FiveLevels("levels");
            yield break;
        }

        foreach (var (index, definition) in plan.Levels.Index())
        {
            var path = $"levels[{index}]";
            foreach (var refusal in Wording($"{path}.name", definition.Name)
                .Concat(Wording($"{path}.what", definition.What))
                .Concat(Time($"{path}.confirmWithin", definition.ConfirmWithin, Minute, Day)))
            {
                yield return refusal;
            }

            if (definition.Policy is { } name && plan.Policies.All(policy => policy.Name != name))
            {
                yield return Plans.Refusals.NoSuchPolicy($"{path}.policy", name);
            }
        }
    }

    private static IEnumerable<Refusal> Wording(string property, LocalText text)
    {
        if (string.IsNullOrWhiteSpace(text.En) || string.IsNullOrWhiteSpace(text.Pl))
        {
            yield return Plans.Refusals.WordingMissing(property);
        }
        else if (text.En.Length > MaxWording || text.Pl.Length > MaxWording)
        {
            yield return Plans.Refusals.WordingTooLong(property);
        }
    }

    private static IEnumerable<Refusal> Duties(CrisisPlan plan, IReadOnlySet<PersonId> people)
    {
        foreach (var (index, duty) in plan.Duties.Index())
        {
            var path = $"duties[{index}]";
            if (plan.Duties.Take(index).Any(earlier => earlier.Kind == duty.Kind))
            {
                yield return Plans.Refusals.DutyTwice(path);
            }

            foreach (var (entry, holders) in duty.Holders.Index())
            {
                foreach (var refusal in Holders($"{path}.holders[{entry}]", holders, duty.Holders.Take(entry), people))
                {
                    yield return refusal;
                }
            }
        }
    }

    private static IEnumerable<Refusal> Holders(
        string path, DutyHolders holders, IEnumerable<DutyHolders> earlier, IReadOnlySet<PersonId> people)
    {
        if (earlier.Any(other => other.Level == holders.Level))
        {
            yield return Plans.Refusals.HoldersTwice(path);
        }

        if (holders.First is { } first && !people.Contains(first))
        {
            yield return Plans.Refusals.NobodySuch($"{path}.first");
        }

        foreach (var (index, deputy) in holders.Deputies.Index())
        {
            if (!people.Contains(deputy))
            {
                yield return Plans.Refusals.NobodySuch($"{path}.deputies[{index}]");
            }

            if (deputy == holders.First || holders.Deputies.Take(index).Contains(deputy))
            {
                yield return Plans.Refusals.HeldTwice($"{path}.deputies[{index}]");
            }
        }
    }

    private static IEnumerable<Refusal> Policies(CrisisPlan plan, IReadOnlySet<PersonId> people)
    {
        foreach (var (index, policy) in plan.Policies.Index())
        {
            var path = $"policies[{index}]";
            if (string.IsNullOrWhiteSpace(policy.Name) || policy.Name.Length > RuleCheck.MaxRuleName)
            {
                yield return Plans.Refusals.PolicyNameMissing($"{path}.name");
            }
            else if (plan.Policies.Take(index).Any(earlier => earlier.Name == policy.Name))
            {
                yield return Plans.Refusals.PolicyTwice($"{path}.name");
            }

            if (policy.Steps.Count == 0)
            {
                yield return Plans.Refusals.NoSteps($"{path}.steps");
            }

            foreach (var refusal in Number($"{path}.steps", policy.Steps.Count, 0, MaxSteps)
                .Concat(Number($"{path}.rounds", policy.Rounds, 1, MaxRounds))
                .Concat(Time($"{path}.repeatAfter", policy.RepeatAfter, Minute, Day))
                .Concat(Time($"{path}.maxAge", policy.MaxAge, Minute, TimeSpan.FromDays(7)))
                .Concat(policy.LapsesAfter is { } lapse ? Time($"{path}.lapsesAfter", lapse, Minute, Day) : [])
                .Concat(policy.Steps.Index().SelectMany(step => Step($"{path}.steps[{step.Index}]", step.Item, people))))
            {
                yield return refusal;
            }
        }
    }

    private static IEnumerable<Refusal> Step(string path, EscalationStep step, IReadOnlySet<PersonId> people)
    {
        foreach (var refusal in Time($"{path}.after", step.After, TimeSpan.Zero, Day))
        {
            yield return refusal;
        }

        if (step.Whom.Count == 0)
        {
            yield return Plans.Refusals.NobodyPaged($"{path}.whom");
        }

        foreach (var (index, whom) in step.Whom.Index())
        {
            var ways = (whom.Duty is null ? 0 : 1) + (whom.Person is null ? 0 : 1) + (whom.Everyone ? 1 : 0);
            if (ways != 1)
            {
                yield return Plans.Refusals.WhomIncomplete($"{path}.whom[{index}]");
            }
            else if (whom.Person is { } person && !people.Contains(person))
            {
                yield return Plans.Refusals.NobodySuch($"{path}.whom[{index}]");
            }
        }
    }
}
