using Holdfast.Core;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Plans;
using Holdfast.Situations;
using Refusals = Holdfast.Core.Responses.Refusals;

namespace Holdfast.Responses;

/// <summary>A person says which post a situation began with, where the rules found another one or none: it is then answered first.</summary>
internal sealed class OriginDesk(Store store, TimeProvider time)
{
    /// <summary>What is called the first post is seldom older.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public Task<Result<PostId>> SetAsync(SituationId situation, PostId post, PersonId by, CancellationToken cancel) =>
        SetAsync(situation, (_, _) => Task.FromResult<PostId?>(post), by, cancel);

    /// <param name="link">The address of a post that was heard, as people see it in their browser, or the network's own name of it.</param>
    public Task<Result<PostId>> SetAsync(SituationId situation, string? link, PersonId by, CancellationToken cancel) =>
        SetAsync(situation, (known, now) => OriginSql.HeardAsync(known.Transaction, known.Brand, PostLink.Of(link), now - Remembered, cancel), by, cancel);

    private Task<Result<PostId>> SetAsync(SituationId situation, Func<Known, DateTimeOffset, Task<PostId?>> find, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<PostId>>(async transaction =>
        {
            var now = time.GetUtcNow();
            if (await TimelineSql.LoadAsync(transaction, situation, cancel) is not { State: var state })
            {
                return Refusals.NotFound;
            }

            if (await find(new Known(transaction, state.Brand), now) is not { } post
                || await ReplySql.PostAsync(transaction.Connection!, transaction, post, cancel) is not { } words)
            {
                return Refusals.NotHeard;
            }

            // It waits for an answer from now on, whatever the queue made of it before.
            var answering = (await PlanSql.InForceAsync(transaction.Connection!, transaction, state.Brand, now, cancel)).Plan.Answering;
            await ReplySql.InsertAsync(transaction, new ReplyItem(state.Brand, post, situation, state.Level, now, Core.Plans.DutyKind.Social, now + answering.At(state.Level).Clock), cancel);
            if (await ReplySql.LockAsync(transaction, state.Brand, post, cancel) is { } item && (item.Situation != situation || item.Level < state.Level))
            {
                await ReplySql.WriteAsync(transaction, item with { Situation = situation, Level = item.Level > state.Level ? item.Level : state.Level }, cancel);
            }

            await OriginSql.SetAsync(transaction, situation, post, cancel);
            await TimelineSql.AppendAsync(transaction, situation, new OriginSet(post, words.Network, words.To, words.Text, words.Url), Actor.Of(by), now, cancel);
            await ResponsesFeature.TellAsync(transaction, state.Brand);
            return post;
        }, cancel);

    private sealed record Known(Npgsql.NpgsqlTransaction Transaction, Core.Brands.BrandId Brand);
}
