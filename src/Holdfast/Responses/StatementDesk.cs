using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Plans;
using Holdfast.Situations;
using Npgsql;
using Refusals = Holdfast.Core.Responses.Refusals;

namespace Holdfast.Responses;

/// <summary>What somebody chose to begin with.</summary>
internal sealed record StatementStart(BrandId Brand, SituationId? Situation, TemplateKind Kind, CrisisCause Cause);

/// <summary>Writing, asking for and giving approval. Each act is one transaction on the locked statement; letting it out is <see cref="ReleaseDesk"/>'s.</summary>
internal sealed class StatementDesk(Store store, ResponseMail mail, TimeProvider time)
{
    /// <summary>A new statement from a template: one version for each account, in the languages of the brand.</summary>
    public Task<Result<StatementId>> BeginAsync(StatementStart start, IReadOnlyList<StatementVersion> versions, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<StatementId>>(async transaction =>
        {
            var now = time.GetUtcNow();
            var level = start.Situation is { } situation ? await ReplySql.LevelAsync(transaction, situation, cancel) : ApprovalRules.PreparedAs;
            var blank = new Statement(new StatementId(Ids.New(time)), start.Brand, start.Situation, start.Kind, start.Cause, level, [], [by]);
            var written = StatementDecisions.Write(blank, versions, by);
            if (!written.Succeeded(out var statement))
            {
                return Result<StatementId>.Refused(written.Refusals);
            }

            await StatementSql.InsertAsync(transaction, statement, now, cancel);
            await ResponsesFeature.TellAsync(transaction, start.Brand);
            return statement.Id;
        }, cancel);

    /// <summary>A prepared text goes to a situation with the approvals that its words have; the prepared one stays as it is.</summary>
    public Task<Result<StatementId>> TakeAsync(StatementId prepared, SituationId situation, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(transaction => TakeAsync(transaction, prepared, situation, cancel), cancel);

    public async Task<Result<StatementId>> TakeAsync(NpgsqlTransaction transaction, StatementId prepared, SituationId situation, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await StatementSql.LockAsync(transaction, prepared, cancel) is not { Situation: null, State: not StatementState.Withdrawn } source)
        {
            return Refusals.NotFound;
        }

        var level = await ReplySql.LevelAsync(transaction, situation, cancel);
        var taken = source with
        {
            Id = new StatementId(Ids.New(time)),
            Situation = situation,
            Level = level,
            State = StatementState.InReview,
            Steps = await StepsAsync(transaction, source, level, now, cancel),
            AskExpiresAt = now + ApprovalRules.AskLives,
        };
        await StatementSql.InsertAsync(transaction, taken, now, cancel);
        foreach (var approval in source.Approvals.Where(approval => approval.Content == source.Content && approval.ExpiresAt > now))
        {
            await StatementSql.ApproveAsync(transaction, Ids.New(time), taken.Id, approval, cancel);
        }

        await ResponsesFeature.TellAsync(transaction, source.Brand);
        return taken.Id;
    }

    public Task<Result<Statement>> WriteAsync(StatementId id, IReadOnlyList<StatementVersion> versions, PersonId by, CancellationToken cancel) =>
        ActAsync(id, by, async (transaction, statement, now) =>
        {
            var decided = StatementDecisions.Write(statement, versions, by);
            if (decided.Succeeded(out var written) && written.Content != statement.Content && written.State == StatementState.InReview)
            {
                // "An edit asks again": the people who are left in the steps, with the new words.
                var steps = await StepsAsync(transaction, written, written.Level, now, cancel);
                var asked = StatementDecisions.Submit(written, steps, now);
                decided = asked.Succeeded(out var again) ? again : written with { State = StatementState.Draft };
                if (asked.Succeeded(out again))
                {
                    await mail.AskAsync(transaction, again, now, cancel);
                    await GuestDesk.AskAgainAsync(transaction, statement, again, mail, time, cancel);
                }
            }

            return (decided, null);
        }, cancel);

    public Task<Result<Statement>> SubmitAsync(StatementId id, PersonId by, CancellationToken cancel) =>
        ActAsync(id, by, async (transaction, statement, now) =>
        {
            var level = statement.Situation is { } situation ? await ReplySql.LevelAsync(transaction, situation, cancel) : statement.Level;
            var leveled = statement with { Level = level };
            var decided = StatementDecisions.Submit(leveled, await StepsAsync(transaction, leveled, level, now, cancel), now);
            if (decided.Succeeded(out var asked))
            {
                await mail.AskAsync(transaction, asked, now, cancel);
            }

            return (decided, s => new StatementSubmitted(s.Id.Value, s.Kind.ToString(), s.Steps.Count));
        }, cancel);

    /// <param name="content">The hash of the words that the person saw.</param>
    public Task<Result<Statement>> AnswerAsync(StatementId id, PersonId by, string? content, bool granted, string? reason, CancellationToken cancel) =>
        ActAsync(id, by, async (transaction, statement, now) =>
        {
            // Whose duty it is now, not whose it was when it was asked for.
            var seated = ApprovalRules.Now(statement, await PlanAsync(transaction, statement, now, cancel), await StatementSql.CommandersAsync(transaction.Connection!, transaction, cancel));
            return (await KeepAsync(transaction, seated, StatementDecisions.Answer(seated, by, content, granted, reason, now), now, cancel), Word);
        }, cancel);

    /// <summary>By link; the caller has locked the link in this transaction and uses it up.</summary>
    public async Task<Result<Statement>> AnswerAsync(NpgsqlTransaction transaction, ApprovalLink link, bool granted, string? reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await StatementSql.LockAsync(transaction, link.Statement, cancel) is not { } statement)
        {
            return Refusals.NotFound;
        }

        if (!await MayAskAsync(transaction, statement, link.Duty, link.AskedBy, now, cancel))
        {
            return Refusals.LinkGone;
        }

        var decided = await KeepAsync(
            transaction, statement, StatementDecisions.AnswerAsGuest(statement, link.Name, link.Duty, link.Content, granted, reason, now), now, cancel);
        return decided.Succeeded(out var after) ? await SaveAsync(transaction, statement, after, Word, Actor.Parse("guest"), now, cancel) : decided;
    }

    public Task<Result<Statement>> BreakGlassAsync(StatementId id, PersonId by, string? reason, CancellationToken cancel) =>
        ActAsync(id, by, async (transaction, statement, now) =>
        {
            var decided = StatementDecisions.BreakGlass(statement, by, reason, now);
            if (decided.Succeeded(out var broken))
            {
                await mail.GlassAsync(transaction, broken, now, cancel);
            }

            return (decided, s => new GlassBroken(s.Id.Value, s.Kind.ToString(), s.Glass!.Reason, s.Content));
        }, cancel);

    public Task<Result<Statement>> WithdrawAsync(StatementId id, PersonId by, string? reason, CancellationToken cancel) =>
        ActAsync(id, by, (_, statement, _) => Task.FromResult<(Result<Statement>, Func<Statement, TimelineEvent>?)>(
            (StatementDecisions.Withdraw(statement, reason), s => new StatementWithdrawn(s.Id.Value, s.Kind.ToString(), reason!.Trim()))), cancel);

    /// <summary>Whether somebody may ask an outsider to speak for a duty: it is theirs now, or they command.</summary>
    public static async Task<bool> MayAskAsync(NpgsqlTransaction transaction, Statement statement, DutyKind duty, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        (await PlanAsync(transaction, statement, now, cancel)).Holds(duty, by) || (await StatementSql.CommandersAsync(transaction.Connection!, transaction, cancel)).Contains(by);

    private static TimelineEvent Word(Statement statement) => statement.Approvals[^1] is { Granted: true } yes
        ? new StatementApproved(statement.Id.Value, statement.Kind.ToString(), yes.Person, yes.Guest, yes.Content)
        : new StatementRefused(statement.Id.Value, statement.Kind.ToString(), statement.Approvals[^1].Person, statement.Approvals[^1].Guest, statement.Approvals[^1].Reason!);

    private async Task<Result<Statement>> KeepAsync(NpgsqlTransaction transaction, Statement statement, Result<Statement> decided, DateTimeOffset now, CancellationToken cancel)
    {
        if (decided.Succeeded(out var after))
        {
            await StatementSql.ApproveAsync(transaction, Ids.New(time), statement.Id, after.Approvals[^1], cancel);
            if (!ApprovalStanding.Of(after, now).Granted && ApprovalStanding.Of(after, now).Step > ApprovalStanding.Of(statement, now).Step)
            {
                await mail.AskAsync(transaction, after, now, cancel);
            }
        }

        return decided;
    }

    private static async Task<IReadOnlyList<ApprovalStep>> StepsAsync(NpgsqlTransaction transaction, Statement statement, Level level, DateTimeOffset now, CancellationToken cancel) =>
        ApprovalRules.Steps(
            await PlanAsync(transaction, statement, now, cancel),
            level,
            statement.Writers,
            await StatementSql.CommandersAsync(transaction.Connection!, transaction, cancel));

    private static async Task<CrisisPlan> PlanAsync(NpgsqlTransaction transaction, Statement statement, DateTimeOffset now, CancellationToken cancel) =>
        (await PlanSql.InForceAsync(transaction.Connection!, transaction, statement.Brand, now, cancel)).Plan;

    private Task<Result<Statement>> ActAsync(
        StatementId id, PersonId by,
        Func<NpgsqlTransaction, Statement, DateTimeOffset, Task<(Result<Statement> Decided, Func<Statement, TimelineEvent>? Entry)>> act, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Statement>>(async transaction =>
        {
            if (await StatementSql.LockAsync(transaction, id, cancel) is not { } statement)
            {
                return Refusals.NotFound;
            }

            var now = time.GetUtcNow();
            var (decided, entry) = await act(transaction, statement, now);
            return decided.Succeeded(out var after) ? await SaveAsync(transaction, statement, after, entry, Actor.Of(by), now, cancel) : decided;
        }, cancel);

    private static async Task<Result<Statement>> SaveAsync(
        NpgsqlTransaction transaction, Statement before, Statement after, Func<Statement, TimelineEvent>? entry, Actor who, DateTimeOffset now, CancellationToken cancel)
    {
        if (after == before)
        {
            return after;
        }

        await StatementSql.WriteAsync(transaction, after, now, cancel);
        if (entry is not null && after.Situation is { } situation)
        {
            await TimelineSql.AppendAsync(transaction, situation, entry(after), who, now, cancel);
        }

        await ResponsesFeature.TellAsync(transaction, after.Brand);
        return after;
    }
}
