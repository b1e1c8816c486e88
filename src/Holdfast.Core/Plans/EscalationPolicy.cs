using Holdfast.Core.People;

namespace Holdfast.Core.Plans;

/// <summary>How a page runs: who is told, after how long, how often, and until when (BEHAVIOUR 7).</summary>
/// <param name="Name">Unique in the plan; level definitions name it.</param>
/// <param name="Steps">In order; at least one.</param>
public sealed record EscalationPolicy(string Name, IReadOnlyList<EscalationStep> Steps)
{
    /// <summary>BEHAVIOUR 7: "page, 5 min, page again and deputy".</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>BEHAVIOUR 7: "10 min, next duty".</summary>
    public static readonly TimeSpan NextDutyAfter = TimeSpan.FromMinutes(10);

    /// <summary>Our own choice: long enough for the duty paged last to answer before the lead is paged anew.</summary>
    public static readonly TimeSpan DefaultRepeatAfter = TimeSpan.FromMinutes(15);

    /// <summary>BEHAVIOUR 7: "Repeats end after 20 rounds".</summary>
    public const int DefaultRounds = 20;

    /// <summary>BEHAVIOUR 7: an acknowledgement lapses "after 30 min without activity at level 4–5".</summary>
    public static readonly TimeSpan DefaultLapse = TimeSpan.FromMinutes(30);

    /// <summary>BEHAVIOUR 7: nothing is sent for what is "older than 24 h".</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromHours(24);

    /// <summary>How often all steps are gone through before the page is given up, which is itself paged.</summary>
    public int Rounds { get; init; } = DefaultRounds;

    /// <summary>From the last step of a round to the first of the next.</summary>
    public TimeSpan RepeatAfter { get; init; } = DefaultRepeatAfter;

    /// <summary>An acknowledgement at level 4–5 without activity for this long is no longer believed; null: never.</summary>
    public TimeSpan? LapsesAfter { get; init; } = DefaultLapse;

    public RunsUntil Until { get; init; } = RunsUntil.Acknowledged;

    /// <summary>Nothing is sent for what began longer ago than this.</summary>
    public TimeSpan MaxAge { get; init; } = DefaultMaxAge;

    /// <summary>An issue goes to the lead, then to public relations; a crisis the same; a grave one to the chief executive.</summary>
    public static IReadOnlyList<EscalationPolicy> Template { get; } =
        [LeadThen("issue", DutyKind.PublicRelations), LeadThen("crisis", DutyKind.PublicRelations), LeadThen("grave-crisis", DutyKind.Executive)];

    private static EscalationPolicy LeadThen(string name, DutyKind next) => new(
        name,
        [
            new(TimeSpan.Zero, [Recipient.FirstOf(DutyKind.Lead)]),
            new(AgainAfter, [Recipient.FirstOf(DutyKind.Lead), Recipient.DeputiesOf(DutyKind.Lead)]),
            new(NextDutyAfter, [Recipient.FirstOf(next)]),
        ]);
}

/// <summary>One step.</summary>
/// <param name="After">From the step before, or from the start of the round for the first.</param>
/// <param name="Whom">Everyone who is told in this step.</param>
/// <param name="By">By which way; in this version mail is the only one that people have.</param>
public sealed record EscalationStep(TimeSpan After, IReadOnlyList<Recipient> Whom, PageBy By = PageBy.OwnWays);

/// <summary>Who is told: exactly one of a duty (its first or its deputies), a person, and everyone.</summary>
/// <param name="Deputies">Of the duty: its deputies rather than its first.</param>
/// <param name="Everyone">Every person who has a duty at the level of the situation.</param>
public sealed record Recipient(DutyKind? Duty = null, bool Deputies = false, PersonId? Person = null, bool Everyone = false)
{
    public static Recipient FirstOf(DutyKind duty) => new(duty);

    public static Recipient DeputiesOf(DutyKind duty) => new(duty, Deputies: true);

    public static Recipient The(PersonId person) => new(Person: person);

    public static Recipient All { get; } = new(Everyone: true);

    /// <summary>The people meant, in the order in which they are listed in the plan; empty where nobody holds the duty.</summary>
    public IReadOnlyList<PersonId> In(CrisisPlan plan, Detection.Level level) => this switch
    {
        { Everyone: true } => plan.Everyone(level),
        { Person: { } person } => [person],
        { Duty: { } duty, Deputies: true } => plan.Holders(duty, level).Deputies,
        { Duty: { } duty } => plan.Holders(duty, level).First is { } first ? [first] : [],
        _ => [],
    };
}

/// <summary>By which way a step pages. Names are stored.</summary>
public enum PageBy
{
    /// <summary>By each person's own ways.</summary>
    OwnWays,
    Mail,
}

/// <summary>What ends a page.</summary>
public enum RunsUntil
{
    Acknowledged,

    /// <summary>An acknowledgement only names the owner; paging goes on until the situation is resolved.</summary>
    Resolved,
}
