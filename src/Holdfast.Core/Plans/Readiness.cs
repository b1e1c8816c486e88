using System.Globalization;
using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Plans;

/// <summary>Why a plan is not ready (BEHAVIOUR 6). Names are keys of the pages' words.</summary>
public enum GapKind
{
    /// <summary>A duty that a level calls in has nobody.</summary>
    NobodyOnDuty,

    /// <summary>A duty of level 3 up has a first but no deputy.</summary>
    NoDeputy,

    /// <summary>Someone who would be called has never confirmed that messages reach them.</summary>
    ContactNotConfirmed,

    /// <summary>A level that pages has no policy.</summary>
    NoPolicy,

    /// <summary>A policy that would reach nobody.</summary>
    PolicyReachesNobody,

    /// <summary>No rule asks for any level of 3 and more.</summary>
    NoRuleForACrisis,

    /// <summary>A level that needs confirmation has no lead to confirm it.</summary>
    NobodyConfirms,

    /// <summary>Not every holding statement has been approved by legal beforehand.</summary>
    TemplateNotApproved,
}

/// <summary>One reason, what it is about, and how many points of a hundred it costs.</summary>
public sealed record ReadinessGap(GapKind Kind, Level Level, DutyKind? Duty, PersonId? Person, int Points);

/// <summary>A person as far as readiness goes.</summary>
public sealed record Reachable(PersonId Person, bool ContactConfirmed);

/// <summary>A number from 0 to 100 with all its reasons, the costliest first.</summary>
public sealed record Readiness(int Score, IReadOnlyList<ReadinessGap> Gaps)
{
    // Our own weights: what stops a page from arriving costs most. They add up to more than a hundred on an empty plan on purpose.
    private const int NobodyPaged = 25;
    private const int NobodyHeld = 8;
    private const int Unconfirmed = 5;
    private const int Single = 2;

    /// <summary>Where whole statements are called for.</summary>
    private const Level ApprovedFrom = Level.Four;

    public static Readiness Of(CrisisPlan plan, IReadOnlyList<Reachable> people)
    {
        var gaps = Duties(plan)
            .Concat(Contacts(plan, people))
            .Concat(Policies(plan))
            .Concat(Rules(plan))
            .Concat(Templates(plan))
            .OrderByDescending(gap => gap.Points)
            .ToList();
        return new(Math.Max(0, 100 - gaps.Sum(gap => gap.Points)), gaps);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Score} ({Gaps.Count} gaps)");

    private static IEnumerable<ReadinessGap> Duties(CrisisPlan plan)
    {
        // A duty is reported once, at the lowest level that misses it: filling it there fills it above too.
        var missing = plan.Levels
            .SelectMany(definition => definition.Who.Select(kind => (definition.Level, Kind: kind)))
            .Select(called => (called.Level, called.Kind, Holders: plan.Holders(called.Kind, called.Level)))
            .ToList();
        var empty = missing.Where(called => called.Holders.First is null && called.Holders.Deputies.Count == 0).ToList();
        var confirms = plan.Levels.FirstOrDefault(definition =>
            definition.NeedsConfirmation && plan.Holders(DutyKind.Lead, definition.Level).First is null);
        return empty
            .DistinctBy(called => called.Kind)
            .Select(called => new ReadinessGap(GapKind.NobodyOnDuty, called.Level, called.Kind, null, NobodyHeld))
            .Concat(missing
                .Where(called => called.Level >= Level.Three && called.Holders.First is not null && called.Holders.Deputies.Count == 0)
                .DistinctBy(called => called.Kind)
                .Select(called => new ReadinessGap(GapKind.NoDeputy, called.Level, called.Kind, null, Single)))
            .Concat(confirms is null
                ? []
                : [new ReadinessGap(GapKind.NobodyConfirms, confirms.Level, DutyKind.Lead, null, NobodyPaged)]);
    }

    private static IEnumerable<ReadinessGap> Contacts(CrisisPlan plan, IReadOnlyList<Reachable> people)
    {
        var confirmed = people.Where(person => person.ContactConfirmed).Select(person => person.Person).ToHashSet();
        return plan.Levels
            .Where(definition => definition.Level >= Level.Three)
            .SelectMany(definition => plan.Everyone(definition.Level).Select(person => (definition.Level, Person: person)))
            .DistinctBy(called => called.Person)
            .Where(called => !confirmed.Contains(called.Person))
            .Select(called => new ReadinessGap(GapKind.ContactNotConfirmed, called.Level, null, called.Person, Unconfirmed));
    }

    private static IEnumerable<ReadinessGap> Policies(CrisisPlan plan)
    {
        foreach (var definition in plan.Levels.Where(definition => definition.ByItself.Contains(LevelAct.Page)))
        {
            var policy = plan.Policy(definition.Level);
            if (policy is null || policy.Steps.Count == 0)
            {
                yield return new(GapKind.NoPolicy, definition.Level, null, null, NobodyPaged);
            }
            else if (!policy.Steps.SelectMany(step => step.Whom).Any(whom => whom.In(plan, definition.Level).Count > 0))
            {
                yield return new(GapKind.PolicyReachesNobody, definition.Level, null, null, NobodyPaged);
            }
        }
    }

    // The first hour is what they are for, and then nobody waits for a lawyer. One reason, however many texts: it is one hour's work.
    private static IEnumerable<ReadinessGap> Templates(CrisisPlan plan) =>
        Enum.GetValues<CrisisCause>().All(cause => plan.Answering.Own(TemplateKind.Holding, cause)?.Legal == true)
            ? []
            : [new(GapKind.TemplateNotApproved, ApprovedFrom, DutyKind.Legal, null, Single)];

    private static IEnumerable<ReadinessGap> Rules(CrisisPlan plan) =>
        plan.Rules.All().Any(rule => !rule.Off && !rule.Shadow && rule.Level >= Level.Three)
            ? []
            : [new(GapKind.NoRuleForACrisis, Level.Three, null, null, NobodyPaged)];
}
