using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Responses;
using Holdfast.Database;

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

/// <summary>Marks people who defend or help, and what was done with that: thank, brief and invite them.</summary>
internal sealed class CommunityDesk(Store store, TimeProvider time)
{
    public Task<Result<bool>> MarkAsync(BrandId brand, PostId post, CommunityKind kind, string? note, PersonId by, CancellationToken cancel) =>
        store.InTransactionAsync<Result<bool>>(async transaction =>
        {
            if (await ReplySql.PostAsync(transaction.Connection!, transaction, post, cancel) is not { } words)
            {
                return Core.Responses.Refusals.ReplyNotFound;
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

    public Task DoneAsync(BrandId brand, string network, string author, CommunityAct act, CancellationToken cancel) => store.InTransactionAsync(async transaction =>
    {
        await CommunitySql.DoneAsync(transaction, brand, network, author, act, time.GetUtcNow(), cancel);
        await ResponsesFeature.TellAsync(transaction, brand);
    }, cancel);

    public async Task<IReadOnlyList<CommunityMark>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await CommunitySql.AllAsync(connection, cancel);
    }
}
