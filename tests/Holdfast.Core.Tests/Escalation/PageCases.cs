using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Tests.Escalation;

/// <summary>The people and the policy that the tables of cases use: Ania leads, Marek is her deputy, Ola is next.</summary>
internal static class PageCases
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly PersonId Ania = Person(1);
    public static readonly PersonId Marek = Person(2);
    public static readonly PersonId Ola = Person(3);
    public static readonly PersonId Chief = Person(4);
    public static readonly PersonId Admin = Person(5);

    public static PagePlan Plan { get; } = new(
        "issue",
        [
            new(TimeSpan.Zero, [Contact(Ania)]),
            new(TimeSpan.FromMinutes(5), [Contact(Ania), Contact(Marek)]),
            new(TimeSpan.FromMinutes(10), [Contact(Ola)]),
        ],
        Rounds: 3,
        RepeatAfter: TimeSpan.FromMinutes(15),
        LapsesAfter: TimeSpan.FromMinutes(30),
        RunsUntil.Acknowledged,
        MaxAge: TimeSpan.FromHours(24),
        NextLevel: [Contact(Ania), Contact(Chief)],
        Administrators: [Contact(Admin)]);

    public static PageDemand Call(Level level = Level.Three, DateTimeOffset? freshAt = null, DateTimeOffset? quietUntil = null, PagePlan? plan = null) =>
        new(level, false, plan ?? Plan, freshAt ?? Noon, quietUntil);

    public static PageDecision Start(Level level = Level.Three, PagePlan? plan = null) =>
        EscalationDecisions.Start(new PageId(Guid.CreateVersion7(Noon)), Call(level, plan: plan), Noon);

    public static Contact Contact(PersonId person, params PageWay[] ways) =>
        new(person, [.. (ways.Length == 0 ? [PageWay.Mail] : ways).Select(way => new ContactWay(way, $"{person.Value:N}@holdfast.test"))]);

    public static Attempt Sent(this PlannedAttempt planned, int tries = 0) =>
        new(new AttemptId(Guid.CreateVersion7(Noon)), planned.Person, planned.Way, planned.Address, planned.Step, planned.Round, planned.Cause, tries);

    public static IEnumerable<PersonId> Whom(this PageDecision decision) => decision.Attempts.Select(attempt => attempt.Person);

    private static PersonId Person(byte n) => new(new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
}
