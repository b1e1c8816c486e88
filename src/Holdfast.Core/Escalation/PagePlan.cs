using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Escalation;

/// <summary>How a message can go. Names are stored.</summary>
public enum PageWay
{
    Mail,

    /// <summary>Kept here for reading: the demo, and where no mail server is set.</summary>
    Outbox,
}

/// <summary>One way to one person.</summary>
public sealed record ContactWay(PageWay Way, string Address);

/// <summary>A person and their ways, in their own order.</summary>
public sealed record Contact(PersonId Person, IReadOnlyList<ContactWay> Ways);

/// <summary>A policy with the people it named when the page began: later changes of the plan do not touch a running page.</summary>
/// <param name="NextLevel">Everyone of the next level, for when nobody can be reached.</param>
/// <param name="Administrators">Told of exhaustion, and when nobody can be reached.</param>
public sealed record PagePlan(
    string Policy,
    IReadOnlyList<PagePlanStep> Steps,
    int Rounds,
    TimeSpan RepeatAfter,
    TimeSpan? LapsesAfter,
    RunsUntil Until,
    TimeSpan MaxAge,
    IReadOnlyList<Contact> NextLevel,
    IReadOnlyList<Contact> Administrators)
{
    /// <summary>Null where the plan pages nobody at this level. People who have left, and those without any way, drop out.</summary>
    public static PagePlan? Resolve(CrisisPlan plan, Level level, IReadOnlyDictionary<PersonId, Contact> people, IReadOnlyList<PersonId> administrators)
    {
        if (plan.Policy(level) is not { } policy)
        {
            return null;
        }

        var steps = policy.Steps.Select(step => new PagePlanStep(
            step.After, Contacts(step.Whom.SelectMany(whom => whom.In(plan, level)), people)));
        var next = level < Level.Five ? level + 1 : Level.Five;
        return new PagePlan(
            policy.Name,
            [.. steps],
            policy.Rounds,
            policy.RepeatAfter,
            policy.LapsesAfter,
            policy.Until,
            policy.MaxAge,
            Contacts(plan.Everyone(next), people),
            Contacts(administrators, people));
    }

    /// <summary>Anyone this plan knows by that id.</summary>
    public Contact? Find(PersonId person) =>
        Steps.SelectMany(step => step.Whom).Concat(NextLevel).Concat(Administrators).FirstOrDefault(contact => contact.Person == person);

    private static List<Contact> Contacts(IEnumerable<PersonId> ids, IReadOnlyDictionary<PersonId, Contact> people) =>
        [.. ids.Distinct().Select(id => people.GetValueOrDefault(id)).OfType<Contact>().Where(contact => contact.Ways.Count > 0)];
}

/// <summary>One step with its people; may be nobody, and is then passed over at once.</summary>
public sealed record PagePlanStep(TimeSpan After, IReadOnlyList<Contact> Whom);
