using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Refusals = Holdfast.Core.Responses.Refusals;

namespace Holdfast.Responses;

/// <summary>What people who stand by us are to us. Names are stored.</summary>
public enum CommunityKind
{
    Defender,
    Helper,
}

/// <summary>What was done for one of them. Names are those of the columns.</summary>
public enum CommunityAct
{
    Thanked,
    Briefed,
    Invited,
}

/// <summary>Marks people who defend or help, and thanks, briefs and invites them.</summary>
internal sealed class CommunityDesk(Store store, PublishDesk publishing, TimeProvider time)
{
    public Task<Result<bool>> MarkAsync(BrandId brand, PostId post, CommunityKind kind, string? note, PersonId by, CancellationToken cancel) =>
        store.InTransactionAsync<Result<bool>>(async transaction =>
        {
            if (await ReplySql.PostAsync(transaction.Connection!, transaction, post, cancel) is not { } words)
            {
                return Refusals.ReplyNotFound;
            }

            await CommunitySql.MarkAsync(transaction, brand, words, kind, StatementDecisions.Words(note), by, time.GetUtcNow(), cancel);
            await ResponsesFeature.TellAsync(transaction, brand);
            return true;
        }, cancel);

    public Task UnmarkAsync(BrandId brand, PostId post, CancellationToken cancel) => store.InTransactionAsync(async transaction =>
    {
        await CommunitySql.UnmarkAsync(transaction, brand, post, cancel);
        await ResponsesFeature.TellAsync(transaction, brand);
    }, cancel);

    /// <summary>Writes to one of them, in the thread of the post they were marked for, like every answer; it counts as done once the network has it.</summary>
    public Task<Result<bool>> WriteAsync(BrandId brand, string network, string author, CommunityAct act, AnswerDraft draft, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<bool>>(async transaction =>
        {
            await GateSql.PassAsync(transaction, cancel);
            if (await CommunitySql.OneAsync(transaction.Connection!, transaction, brand, network, author, cancel) is not { Post: { } marked }
                || await ReplySql.PostAsync(transaction.Connection!, transaction, marked, cancel) is not { } words)
            {
                return Refusals.ReplyNotFound;
            }

            var accounts = await AnswerSql.AccountsAsync(transaction.Connection!, transaction, brand, cancel);
            if (accounts.FirstOrDefault(each => each.Account.Id == draft.Account && each.Account.Network == words.Network) is not { } account)
            {
                return Refusals.NoAccount;
            }

            if (account.Unfit(draft.Words) is { } unfit)
            {
                return unfit;
            }

            var post = publishing.Draft(account.Account, PostPurpose.Reply, draft.Words) with
            {
                Situation = (await ReplySql.LockAsync(transaction, brand, marked, cancel))?.Situation,
                Language = draft.Language,
                ReplyTo = new PostReference(words.NetworkId, Url: words.Url),
            };
            var added = await publishing.AddAsync(
                transaction, post, new PostOptions(IsForOne(words.Network, act) ? "direct" : null), post.Id.Value, by, Releasing.Now(by, draft.PassReason, askReason: true), cancel);
            if (!added.Succeeded(out _))
            {
                return Result<bool>.Refused(added.Refusals);
            }

            await CommunitySql.DoneAsync(transaction, brand, network, author, act, post.Id, time.GetUtcNow(), cancel);
            await ResponsesFeature.TellAsync(transaction, brand);
            return true;
        }, cancel);

    /// <summary>Only they read it. Bluesky's app passwords write no letters: there it stands in the thread.</summary>
    public static bool IsForOne(string network, CommunityAct act) => network == "mastodon" && act != CommunityAct.Thanked;

    public async Task<(CommunityMark Mark, AnsweredPost Post, IReadOnlyList<AnswerAccount> Accounts, bool Frozen)?> LookAsync(
        BrandId brand, string network, string author, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await CommunitySql.OneAsync(connection, null, brand, network, author, cancel) is { Post: { } marked } mark
            && await ReplySql.PostAsync(connection, null, marked, cancel) is { } post
            ? (mark, post, [.. (await AnswerSql.AccountsAsync(connection, null, brand, cancel)).Where(each => each.Account.Network == network)],
                (await GateSql.ReadAsync(connection, null, cancel)).MayHold(brand))
            : null;
    }

    public Task DoneAsync(BrandId brand, string network, string author, CommunityAct act, CancellationToken cancel) => store.InTransactionAsync(async transaction =>
    {
        await CommunitySql.DoneAsync(transaction, brand, network, author, act, null, time.GetUtcNow(), cancel);
        await ResponsesFeature.TellAsync(transaction, brand);
    }, cancel);

    public async Task<IReadOnlyList<CommunityMark>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await CommunitySql.AllAsync(connection, cancel);
    }
}
