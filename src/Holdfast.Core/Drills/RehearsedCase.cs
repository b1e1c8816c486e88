using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Drills;

/// <summary>One situation while it is rehearsed.</summary>
internal sealed class RehearsedCase
{
    private readonly CrisisPlan _plan;
    private readonly SituationRules _rules;
    private readonly IReadOnlyDictionary<PersonId, Contact> _people;
    private readonly List<ForeseenLevel> _levels = [];
    private readonly List<ForeseenPage> _pages = [];
    private readonly int _number;
    private DateTimeOffset _heard;
    private Page? _page;

    public RehearsedCase(int number, CrisisPlan plan, SituationRules rules, IReadOnlyDictionary<PersonId, Contact> people, Signal signal)
    {
        (_number, _plan, _rules, _people, _heard) = (number, plan, rules, people, signal.LastAt);
        Situation = Situation.Empty(new(Id(number)));
        Write(SituationDecisions.Open(Situation.Id, signal, Title(signal), signal.StartedAt, rules).Events, signal.StartedAt, signal.Rule);
    }

    public Situation Situation { get; private set; }

    public DateTimeOffset EndsAt => _heard + _plan.CoolDown;

    /// <summary>The same number gives the same id, so that a rehearsal can be repeated.</summary>
    public static Guid Id(int number) => new(number + 1, 0, 0, new byte[8]);

    public void Take(Signal signal)
    {
        _heard = signal.LastAt > _heard ? signal.LastAt : _heard;
        Write(SituationDecisions.Take(Situation, signal, Title(signal), signal.StartedAt, _rules).Events, signal.StartedAt, signal.Rule);
    }

    /// <summary>What the clock brings about until then: a proposal that nobody answered.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (Situation.Proposed?.ConfirmBy is { } by && by <= now)
        {
            Write(SituationDecisions.ConfirmationDue(Situation, by), by, "");
        }
    }

    public ForeseenSituation Foreseen()
    {
        Advance(EndsAt);
        return new(Situation.Title, Situation.OpenedAt, EndsAt, _levels, _pages);
    }

    private void Write(IReadOnlyList<TimelineEvent> events, DateTimeOffset now, string rule)
    {
        var before = Situation;
        Situation = before.And(events, Actor.Detection, now);
        if (before.LastSeq == 0 || Situation.Level > before.Level)
        {
            _levels.Add(new(now, Situation.Level, Proposed: false, rule));
        }

        if (Situation.Proposed is { } proposal && proposal.Level > (before.Proposed?.Level ?? before.Level))
        {
            _levels.Add(new(now, proposal.Level, Proposed: true, rule));
        }

        if (Alarm.For(before, Situation, events) is { Act: AlarmAct.Start } alarm)
        {
            Page(alarm, now);
        }
    }

    private void Page(Alarm alarm, DateTimeOffset now)
    {
        if (PagePlan.Resolve(_plan, alarm.Level, _people, []) is not { } plan)
        {
            return;
        }

        var demand = new PageDemand(alarm.Level, alarm.ToConfirm, plan, now);
        var decision = _page is null
            ? EscalationDecisions.Start(new PageId(Id(_number)), demand, now)
            : EscalationDecisions.Take(_page, demand, now);
        _page = decision.Page;
        if (decision.Attempts.Count > 0)
        {
            _pages.Add(new(now, alarm.Level, alarm.ToConfirm, [.. decision.Attempts.Select(attempt => attempt.Person)]));
        }
    }

    private static string Title(Signal signal) => signal.TopicWords.Count > 0 ? TopicName.Of(signal.TopicWords) : signal.Rule;
}

/// <summary>Which signals speak of the same topic, as the live desk tells it: the same words within two days.</summary>
internal sealed class RehearsedTopics
{
    private static readonly TimeSpan Memory = TimeSpan.FromHours(48);
    private readonly List<(TopicId Id, IReadOnlyList<string> Words, DateTimeOffset LastAt)> _known = [];

    public TopicId? Of(SignalRun run)
    {
        if (run.Peak.Topic is not { Words: { Count: > 0 } words })
        {
            return null;
        }

        var at = _known.FindLastIndex(one => one.LastAt + Memory >= run.StartedAt && TopicName.SameTopic(one.Words, words));
        if (at < 0)
        {
            _known.Add((new(RehearsedCase.Id(_known.Count)), words, run.LastAt));
            return _known[^1].Id;
        }

        _known[at] = _known[at] with { LastAt = run.LastAt > _known[at].LastAt ? run.LastAt : _known[at].LastAt };
        return _known[at].Id;
    }
}
