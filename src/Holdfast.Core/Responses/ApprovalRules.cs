using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Responses;

/// <summary>Whose approval a statement needs, as the plan says by level, and how long it holds.</summary>
public static class ApprovalRules
{
    /// <summary>Approvers of a live situation have this long; then they are asked again, or the glass is broken.</summary>
    public static readonly TimeSpan AskLives = TimeSpan.FromHours(4);

    /// <summary>A text prepared before is no emergency.</summary>
    public static readonly TimeSpan PreparedAskLives = TimeSpan.FromDays(14);

    /// <summary>Facts of a situation do not stay true for long.</summary>
    public static readonly TimeSpan ApprovalLives = TimeSpan.FromHours(24);

    /// <summary>A prepared text names no facts of the day; twice a year somebody reads it again.</summary>
    public static readonly TimeSpan PreparedApprovalLives = TimeSpan.FromDays(180);

    /// <summary>Prepared texts are approved as for this level.</summary>
    public const Level PreparedAs = Level.Four;

    /// <summary>The steps that the plan asks for at a level, with the people in them. Who wrote is left out; a duty that nobody else holds falls to <paramref name="others"/>.</summary>
    /// <param name="others">People who may command, for duties that nobody else holds; not for the legal one: nobody becomes a lawyer by being in command.</param>
    public static IReadOnlyList<ApprovalStep> Steps(CrisisPlan plan, Level level, IReadOnlyList<PersonId> writers, IReadOnlyList<PersonId> others) =>
        [.. plan.Answering.At(level).Approvals.Select(need => new ApprovalStep(need.All, [.. need.Duties.Select(duty => new ApprovalSeat(duty, Able(plan, level, duty, writers, others)))]))];

    /// <summary>The statement with those in its seats who hold the duties now. Who said yes to these words while they held one keeps the seat.</summary>
    public static Statement Now(Statement statement, CrisisPlan plan, IReadOnlyList<PersonId> others)
    {
        var said = statement.Approvals.Where(approval => approval.Granted && approval.Content == statement.Content).Select(approval => approval.Person).ToHashSet();
        return statement with { Steps = [.. statement.Steps.Select(step => step with { Seats = [.. step.Seats.Select(Seat)] })] };

        ApprovalSeat Seat(ApprovalSeat seat) => seat with
        {
            People = [.. Able(plan, statement.Level, seat.Duty, statement.Writers, others).Union(seat.People.Where(person => said.Contains(person)))],
        };
    }

    private static PersonId[] Able(CrisisPlan plan, Level level, DutyKind duty, IReadOnlyList<PersonId> writers, IReadOnlyList<PersonId> others)
    {
        var holders = plan.Holders(duty, level);
        PersonId[] people = [.. holders.First is { } first ? [first] : Array.Empty<PersonId>(), .. holders.Deputies];
        PersonId[] able = [.. people.Except(writers)];
        return able.Length > 0 || duty == DutyKind.Legal ? able : [.. others.Except(writers)];
    }
}

/// <summary>How far the approvals of a statement have come.</summary>
/// <param name="Granted">Every step has what it needs, for these very words.</param>
/// <param name="Step">The first step that lacks something; the count of steps where none does.</param>
/// <param name="Asked">The seats of that step that have not approved.</param>
/// <param name="Refusal">Somebody said no to these very words.</param>
public sealed record ApprovalStanding(bool Granted, int Step, IReadOnlyList<ApprovalSeat> Asked, Approval? Refusal)
{
    public static ApprovalStanding Of(Statement statement, DateTimeOffset now)
    {
        var words = statement.Approvals.Where(approval => approval.Content == statement.Content && approval.ExpiresAt > now).ToList();
        // Who says no and later yes has changed their mind.
        var last = words.GroupBy(approval => (approval.Person, approval.Guest)).Select(all => all.MaxBy(approval => approval.At)!).ToList();
        var refusal = last.Find(approval => !approval.Granted);
        for (var i = 0; i < statement.Steps.Count; i++)
        {
            var step = statement.Steps[i];
            var open = step.Seats.Where(seat => !last.Exists(approval => approval.Granted && Sits(approval, seat))).ToList();
            if (step.All ? open.Count > 0 : open.Count == step.Seats.Count)
            {
                return new ApprovalStanding(false, i, open, refusal);
            }
        }

        return new ApprovalStanding(refusal is null, statement.Steps.Count, [], refusal);
    }

    private static bool Sits(Approval approval, ApprovalSeat seat) =>
        approval.Person is { } person ? seat.People.Contains(person) : approval.GuestFor == seat.Duty;
}
