using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Drills;

/// <summary>
/// What a plan would have made of signals: situations, levels and pages, by the very decisions of live work. Nobody acts in a
/// rehearsal: nobody confirms, overrules or resolves, and who is paged is told once. A situation ends when its rules have been
/// quiet for the plan's time to cool down, at level 4 and 5 too, where in life a person would end it.
/// </summary>
public static class Rehearsal
{
    /// <summary>The situations that would have been opened (level 3 up), in order of time. What runs in shadow opens none.</summary>
    public static IReadOnlyList<ForeseenSituation> Of(CrisisPlan plan, IReadOnlyList<SignalRun> runs)
    {
        var rules = SituationRules.Of(plan);
        var people = Everyone(plan);
        var cases = new List<RehearsedCase>();
        var topics = new RehearsedTopics();
        var ordered = runs
            .Where(run => !run.Subject.Shadow)
            .OrderBy(run => run.StartedAt)
            .ThenBy(run => run.Subject.Kind != SignalKind.SameIssue)
            .ThenByDescending(run => run.Subject.Level)
            .ThenBy(run => run.Subject.Rule, StringComparer.Ordinal);
        foreach (var (number, run) in ordered.Index())
        {
            var signal = Signal(number, run, topics.Of(run));
            var live = cases.Where(one => one.EndsAt >= run.StartedAt).ToList();
            live.ForEach(one => one.Advance(run.StartedAt));
            if (ToJoin(live, signal) is { } joined)
            {
                joined.Take(signal);
            }
            else if (signal.Level >= SituationDecisions.OpensFrom)
            {
                cases.Add(new RehearsedCase(cases.Count, plan, rules, people, signal));
            }
        }

        return [.. cases.Select(one => one.Foreseen()).OrderBy(one => one.From)];
    }

    /// <summary>As signals find their situation live: the one of their topic; without a topic the gravest; else one that has none yet.</summary>
    private static RehearsedCase? ToJoin(List<RehearsedCase> live, Signal signal) =>
        (signal.Topic is { } topic ? live.FirstOrDefault(one => one.Situation.Topic == topic) : null)
        ?? live
            .Where(one => (one.Situation.Cause == SignalKind.Blind) == (signal.Kind == SignalKind.Blind))
            .Where(one => signal.Topic is null || one.Situation.Topic is null)
            .OrderByDescending(one => one.Situation.Level)
            .ThenByDescending(one => one.Situation.OpenedAt)
            .FirstOrDefault();

    private static Signal Signal(int number, SignalRun run, TopicId? topic) => new(
        new(RehearsedCase.Id(number)), default, run.Subject.Kind, run.Subject.Rule, run.Subject.Monitor, topic, run.Subject.Source, run.Subject.Level,
        run.StartedAt, run.LastAt, run.Peak.Figures, [])
    {
        AtOnce = run.Subject.AtOnce,
        TopicWords = run.Peak.Topic?.Words ?? [],
    };

    /// <summary>Everyone the plan names, as if each could be reached: a rehearsal asks whom, not by which way.</summary>
    private static Dictionary<PersonId, Contact> Everyone(CrisisPlan plan) =>
        plan.Duties.SelectMany(duty => duty.Holders)
            .SelectMany(holders => holders.First is { } first ? holders.Deputies.Prepend(first) : holders.Deputies)
            .Concat(plan.Policies.SelectMany(policy => policy.Steps).SelectMany(step => step.Whom).Select(whom => whom.Person).OfType<PersonId>())
            .Distinct()
            .ToDictionary(person => person, person => new Contact(person, [new ContactWay(PageWay.Outbox, "")]));
}

/// <summary>A situation that would have been.</summary>
/// <param name="Title">Its topic in its own words, or the rule that opened it.</param>
/// <param name="To">When its rules had been quiet long enough.</param>
/// <param name="Levels">Each time the level rose or a higher one was proposed, in order.</param>
public sealed record ForeseenSituation(
    string Title, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ForeseenLevel> Levels, IReadOnlyList<ForeseenPage> Pages)
{
    /// <summary>The highest, in force or proposed.</summary>
    public Level Highest => Levels.Max(step => step.Level);

    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => From <= to && To >= from;
}

/// <summary>A level as it came into force, or was proposed to a person.</summary>
/// <param name="Rule">The rule that asked for it; empty where nobody answered the proposal in time.</param>
public sealed record ForeseenLevel(DateTimeOffset At, Level Level, bool Proposed, string Rule);

/// <summary>The people of the first step of a page.</summary>
public sealed record ForeseenPage(DateTimeOffset At, Level Level, bool ToConfirm, IReadOnlyList<PersonId> People);
