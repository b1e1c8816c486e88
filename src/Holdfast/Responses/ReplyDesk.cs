using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
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

/// <summary>An answer as somebody wrote it.</summary>
/// <param name="PassReason">Why it may pass a freeze; null where nobody said so, or the writer may not.</param>
internal sealed record AnswerDraft(AccountId Account, string Text, string? Language, string? PassReason)
{
    public string Words => Text.ReplaceLineEndings("\n").Trim();
}

/// <summary>
/// Everything that is done with posts to answer. Each act is one transaction on the locked row: of two people at once exactly one
/// goes on. An answer is a post like any other and leaves through the same gate.
/// </summary>
internal sealed class ReplyDesk(Store store, PublishDesk publishing, TimeProvider time)
{
    public Task<Result<ReplyItem>> TakeAsync(BrandId brand, PostId post, PersonId by, CancellationToken cancel) =>
        ActAsync(brand, post, (item, now) => ReplyDecisions.Take(item, by, now), null, by, cancel);

    public Task<Result<ReplyItem>> ReleaseAsync(BrandId brand, PostId post, PersonId by, CancellationToken cancel) =>
        ActAsync(brand, post, (item, now) => ReplyDecisions.Release(item, by, now), null, by, cancel);

    public Task<Result<ReplyItem>> AssignAsync(BrandId brand, PostId post, PersonId? to, PersonId by, CancellationToken cancel) =>
        ActAsync(brand, post, (item, now) => ReplyDecisions.Assign(item, to, now), null, by, cancel);

    public Task<Result<ReplyItem>> SnoozeAsync(BrandId brand, PostId post, TimeSpan time, PersonId by, CancellationToken cancel) =>
        ActAsync(brand, post, (item, now) => ReplyDecisions.Snooze(item, by, time, now), null, by, cancel);

    public Task<Result<ReplyItem>> AnsweredElsewhereAsync(BrandId brand, PostId post, string? how, PersonId by, CancellationToken cancel) =>
        ActAsync(
            brand, post, (item, now) => ReplyDecisions.AnsweredElsewhere(item, by, how, now),
            (item, words, origin) => new RepliedElsewhere(words.Network, words.To, item.Note!, origin), by, cancel);

    public Task<Result<ReplyItem>> LeaveAsync(BrandId brand, PostId post, string? reason, PersonId by, CancellationToken cancel) =>
        ActAsync(
            brand, post, (item, now) => ReplyDecisions.Leave(item, by, reason, now),
            (item, words, _) => new ReplyLeft(words.Network, words.To, item.Note!), by, cancel);

    public Task<Result<ReplyItem>> AnswerAsync(BrandId brand, PostId post, SituationId? situation, AnswerDraft draft, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(transaction => AnswerAsync(transaction, brand, post, situation, draft, by, cancel), cancel);

    /// <summary>As part of another transaction, which has locked no post to publish yet.</summary>
    /// <param name="situation">Answered from its room; null: as the queue knows it.</param>
    public async Task<Result<ReplyItem>> AnswerAsync(
        NpgsqlTransaction transaction, BrandId brand, PostId post, SituationId? situation, AnswerDraft draft, PersonId by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await GateSql.PassAsync(transaction, situation ?? await ReplySql.SituationAsync(transaction, brand, post, cancel), cancel);
        if (await OpenAsync(transaction, brand, post, now, cancel) is not var (item, words))
        {
            return Refusals.ReplyNotFound;
        }

        if (Checked(await AnswerSql.AccountsAsync(transaction.Connection!, transaction, brand, cancel), words, draft) is not { } account)
        {
            return Refusals.NoAccount;
        }

        var text = draft.Words;
        if (account.Unfit(text) is { } unfit)
        {
            return unfit;
        }

        var reply = publishing.Draft(account.Account, PostPurpose.Reply, text) with
        {
            Situation = situation ?? item.Situation,
            Language = draft.Language,
            ReplyTo = new PostReference(words.NetworkId, Url: words.Url),
        };
        var answered = ReplyDecisions.Answer(item with { Situation = reply.Situation }, by, reply.Id.Value, now);
        if (!answered.Succeeded(out var after))
        {
            return answered;
        }

        var added = await publishing.AddAsync(transaction, reply, new PostOptions(), reply.Id.Value, by, Releasing.Now(by, draft.PassReason, askReason: true), cancel);
        if (!added.Succeeded(out _))
        {
            return Result<ReplyItem>.Refused(added.Refusals);
        }

        await ReplySql.WriteAsync(transaction, after, cancel);
        if (after.Situation is { } about)
        {
            var origin = (await OriginSql.ReadAsync(transaction.Connection!, transaction, about, cancel)).Post == post;
            await TimelineSql.AppendAsync(transaction, about, new ReplyWritten(reply.Id.Value, words.Network, words.To, text, origin), Actor.Of(by), now, cancel);
        }

        await ResponsesFeature.TellAsync(transaction, brand);
        return after;
    }

    private Task<Result<ReplyItem>> ActAsync(
        BrandId brand, PostId post, Func<ReplyItem, DateTimeOffset, Result<ReplyItem>> decide, Func<ReplyItem, AnsweredPost, bool, TimelineEvent>? entry, PersonId by,
        CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<ReplyItem>>(async transaction =>
        {
            var now = time.GetUtcNow();
            // The situation before the item, as everywhere: two who lock them the other way round wait for each other.
            if (entry is not null && await ReplySql.SituationAsync(transaction, brand, post, cancel) is { } about)
            {
                await TimelineSql.HoldAsync(transaction, about, cancel);
            }

            if (await OpenAsync(transaction, brand, post, now, cancel) is not var (item, words))
            {
                return Refusals.ReplyNotFound;
            }

            var decided = decide(item, now);
            if (!decided.Succeeded(out var after) || after == item)
            {
                return decided;
            }

            await ReplySql.WriteAsync(transaction, after, cancel);
            if (entry is not null && after.Situation is { } situation)
            {
                var origin = (await OriginSql.ReadAsync(transaction.Connection!, transaction, situation, cancel)).Post == post;
                await TimelineSql.AppendAsync(transaction, situation, entry(after, words, origin), Actor.Of(by), now, cancel);
            }

            await ResponsesFeature.TellAsync(transaction, brand);
            return after;
        }, cancel);

    /// <summary>The locked row; a post that nobody put into the queue is put there by acting on it.</summary>
    private static async Task<(ReplyItem Item, AnsweredPost Words)?> OpenAsync(
        NpgsqlTransaction transaction, BrandId brand, PostId post, DateTimeOffset now, CancellationToken cancel)
    {
        if (await ReplySql.PostAsync(transaction.Connection!, transaction, post, cancel) is not { } words)
        {
            return null;
        }

        var item = await ReplySql.LockAsync(transaction, brand, post, cancel);
        if (item is null && await AnswerSql.IsMentionAsync(transaction, brand, post, cancel))
        {
            await ReplySql.InsertAsync(transaction, new ReplyItem(brand, post, null, Core.Detection.Level.One, now, DutyKind.Support, null), cancel);
            item = await ReplySql.LockAsync(transaction, brand, post, cancel);
        }

        return item is null ? null : (item, words);
    }

    private static AnswerAccount? Checked(IReadOnlyList<AnswerAccount> accounts, AnsweredPost words, AnswerDraft draft) =>
        accounts.FirstOrDefault(each => each.Account.Id == draft.Account && each.Account.Network == words.Network);
}
