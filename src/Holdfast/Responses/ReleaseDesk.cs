using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Holdfast.Situations;
using Npgsql;
using Refusals = Holdfast.Core.Responses.Refusals;

namespace Holdfast.Responses;

/// <summary>
/// Lets statements out: where the problem is first. A statement that is released before the origin is answered waits, and
/// goes out by itself as soon as the answer is there.
/// </summary>
internal sealed class ReleaseDesk(Store store, ReplyDesk replies, StatementDesk statements, PublishDesk publishing, TimeProvider time)
{
    /// <param name="passReason">Why it passes a freeze; null where nobody said so.</param>
    public Task<Result<Statement>> ReleaseAsync(StatementId id, PersonId by, string? passReason, CancellationToken cancel) =>
        WholeAsync(async transaction =>
        {
            await GateSql.PassAsync(transaction, (await StatementSql.ReadAsync(transaction.Connection!, id, cancel))?.Situation, cancel);
            return await ReleaseAsync(transaction, id, by, passReason, askReason: true, cancel);
        }, cancel);

    /// <summary>The answer at the origin and the statement in one act: both are on their way, or neither.</summary>
    public Task<Result<Statement>> AnswerAndReleaseAsync(
        BrandId brand, PostId post, SituationId situation, AnswerDraft answer, StatementId statement, PersonId by, CancellationToken cancel) =>
        WholeAsync(async transaction =>
        {
            var answered = await replies.AnswerAsync(transaction, brand, post, situation, answer, by, cancel);
            if (!answered.Succeeded(out _))
            {
                return Result<Statement>.Refused(answered.Refusals);
            }

            // A text prepared before becomes this situation's own, with the approvals that its words have.
            var own = statement;
            if (await StatementSql.LockAsync(transaction, statement, cancel) is { Situation: null })
            {
                var taken = await statements.TakeAsync(transaction, statement, situation, cancel);
                if (!taken.Succeeded(out own))
                {
                    return Result<Statement>.Refused(taken.Refusals);
                }
            }

            return await ReleaseAsync(transaction, own, by, answer.PassReason, askReason: true, cancel);
        }, cancel);

    /// <summary>A statement need not wait for the origin any more, for a reason.</summary>
    public Task<Result<SituationId>> OverrideOriginAsync(SituationId situation, string? reason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<SituationId>>(async transaction =>
        {
            if (string.IsNullOrWhiteSpace(reason))
            {
                return Refusals.Reason("reason");
            }

            var now = time.GetUtcNow();
            await OriginSql.OverrideAsync(transaction, situation, reason.Trim(), by, now, cancel);
            await TimelineSql.AppendAsync(transaction, situation, new OriginOverridden(reason.Trim()), Actor.Of(by), now, cancel);
            return situation;
        }, cancel);

    /// <summary>Lets out what waited, where the origin is answered by now; how many.</summary>
    public async Task<int> ReleaseWaitingAsync(CancellationToken cancel)
    {
        IReadOnlyList<(StatementId Id, SituationId Situation)> waiting;
        await using (var connection = await store.OpenAsync(cancel))
        {
            waiting = await StatementSql.WaitingAsync(connection, cancel);
        }

        var released = 0;
        foreach (var (id, situation) in waiting)
        {
            var result = await WholeAsync(async transaction =>
            {
                await GateSql.PassAsync(transaction, situation, cancel);
                return (await OriginSql.ReadAsync(transaction.Connection!, transaction, situation, cancel)).StandsInTheWay
                    || await StatementSql.LockAsync(transaction, id, cancel) is not { State: StatementState.Waiting, ReleasedBy: { } by } statement
                    ? Refusals.NotFound
                    : await ReleaseAsync(transaction, id, by, statement.PassReason, askReason: false, cancel);
            }, cancel);
            released += result.Succeeded(out _) ? 1 : 0;
        }

        return released;
    }

    /// <summary>The caller has passed the gate for the statement's situation.</summary>
    private async Task<Result<Statement>> ReleaseAsync(
        NpgsqlTransaction transaction, StatementId id, PersonId by, string? passReason, bool askReason, CancellationToken cancel)
    {
        if (await StatementSql.LockAsync(transaction, id, cancel) is not { } statement)
        {
            return Refusals.NotFound;
        }

        var now = time.GetUtcNow();
        var origin = statement.Situation is { } about && (await OriginSql.ReadAsync(transaction.Connection!, transaction, about, cancel)).StandsInTheWay;
        var decided = StatementDecisions.Release(statement, origin, by, passReason, now);
        if (!decided.Succeeded(out var released))
        {
            return decided;
        }

        var places = new List<string>();
        if (released.State == StatementState.Published)
        {
            var refused = await PutAsync(transaction, released, by, askReason, places, cancel);
            if (refused.Count > 0)
            {
                return Result<Statement>.Refused(refused);
            }
        }

        if (released == statement)
        {
            return statement;
        }

        await StatementSql.WriteAsync(transaction, released, now, cancel);
        TimelineEvent entry = released.State == StatementState.Waiting
            ? new StatementWaits(id.Value, released.Kind.ToString())
            : new StatementPublished(id.Value, released.Kind.ToString(), places, released.Versions[0].Text);
        await TimelineSql.AppendAsync(transaction, released.Situation!.Value, entry, Actor.Of(by), now, cancel);
        await ResponsesFeature.TellAsync(transaction, released.Brand);
        return released;
    }

    /// <summary>Everything or nothing: where a part of it is refused, the parts before it are taken back.</summary>
    private async Task<Result<Statement>> WholeAsync(Func<NpgsqlTransaction, Task<Result<Statement>>> work, CancellationToken cancel)
    {
        try
        {
            return await store.InRepeatedTransactionAsync(async transaction =>
            {
                var result = await work(transaction);
                return result.Succeeded(out _) ? result : throw new RefusedException(result.Refusals);
            }, cancel);
        }
        catch (RefusedException e)
        {
            return Result<Statement>.Refused(e.Refusals);
        }
    }

    /// <summary>One post a version that has an account; what stands in the way, or nothing.</summary>
    private async Task<IReadOnlyList<Refusal>> PutAsync(
        NpgsqlTransaction transaction, Statement statement, PersonId by, bool askReason, List<string> places, CancellationToken cancel)
    {
        var accounts = await AnswerSql.AccountsAsync(transaction.Connection!, transaction, statement.Brand, cancel);
        var versions = statement.Versions.Where(version => version.Account is not null).ToList();
        foreach (var version in versions)
        {
            if (accounts.FirstOrDefault(each => each.Account.Id == version.Account) is not { } account)
            {
                return [Refusals.NoAccount];
            }

            if (account.TooLongBy(version.Text.Trim()) is > 0 and var over)
            {
                return [Refusals.ReplyTooLong(over)];
            }
        }

        foreach (var version in versions)
        {
            var account = accounts.First(each => each.Account.Id == version.Account);
            var post = publishing.Draft(account.Account, PostPurpose.Statement, version.Text.Trim()) with { Situation = statement.Situation, Language = version.Language };
            var added = await publishing.AddAsync(
                transaction, post, new PostOptions(), statement.Id.Value, by, Releasing.Now(by, statement.PassReason, askReason), cancel);
            if (!added.Succeeded(out _))
            {
                return added.Refusals;
            }

            await StatementSql.BelongsAsync(transaction, statement.Id, post.Id, cancel);
            places.Add(account.Name);
        }

        return [];
    }
}

/// <summary>Rolls a transaction back whose later part was refused.</summary>
internal sealed class RefusedException : Exception
{
    public RefusedException(IReadOnlyList<Refusal> refusals) => Refusals = refusals;

    public IReadOnlyList<Refusal> Refusals { get; }
}
