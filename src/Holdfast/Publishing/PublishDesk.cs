using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>A decision of Core about one post, with the gate it was read behind.</summary>
internal delegate Result<ScheduledPost> PostAct(ScheduledPost post, Gate gate, DateTimeOffset now);

/// <summary>
/// What people do with posts. Each act is one transaction: pass the gate, lock the post, decide, write. Whoever writes a post
/// elsewhere does it by the same three steps, in this order, and never without the gate.
/// </summary>
internal sealed class PublishDesk(Store store, TimeProvider time)
{
    public Task<Result<ScheduledPost>> ActAsync(ScheduledPostId id, PostAct act, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(transaction => ActAsync(transaction, id, act, cancel), cancel);

    /// <summary>As part of another transaction, which must not have locked any post before it comes here.</summary>
    public async Task<Result<ScheduledPost>> ActAsync(NpgsqlTransaction transaction, ScheduledPostId id, PostAct act, CancellationToken cancel)
    {
        var gate = await GateSql.PassAsync(transaction, cancel);
        if (await PublishSql.LockAsync(transaction, id, cancel) is not { } stored)
        {
            return Refusals.NotFound;
        }

        var now = time.GetUtcNow();
        var decided = act(stored.Post, gate, now);
        if (decided.Succeeded(out var post) && post != stored.Post)
        {
            await PublishSql.WriteAsync(transaction, post, now, cancel);
        }

        return decided;
    }

    /// <summary>A person looked on the network for a post of which nobody knew.</summary>
    /// <param name="there">It is there.</param>
    /// <param name="url">Where, if the person says so.</param>
    public Task<Result<ScheduledPost>> LookedAsync(ScheduledPostId id, bool there, string? url, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(async transaction =>
        {
            await PostSetSql.ActsAsAsync(transaction, by, cancel);
            await GateSql.PassAsync(transaction, cancel);
            if (await PublishSql.LockAsync(transaction, id, cancel) is not { Post: var post })
            {
                return Refusals.NotFound;
            }

            var link = string.IsNullOrWhiteSpace(url) ? null : url.Trim();
            var found = there ? new PostReference(link ?? post.Key, Url: link) : null;
            return found is not null && await PublishSql.HolderAsync(transaction, post, found, cancel) is not null
                ? Refusals.AnothersPost
                : await ActAsync(transaction, id, (unknown, _, now) => PostDecisions.Looked(unknown, found, now), cancel);
        }, cancel);

    /// <summary>A new post: comes as a draft and is at once what <paramref name="act"/> makes of it.</summary>
    /// <param name="set">Posts to several accounts that were written together share one.</param>
    public async Task<Result<ScheduledPost>> AddAsync(
        NpgsqlTransaction transaction, ScheduledPost draft, PostOptions options, Guid set, PersonId? by, PostAct? act, CancellationToken cancel)
    {
        var gate = await GateSql.PassAsync(transaction, cancel);
        var now = time.GetUtcNow();
        var decided = act is null ? draft : act(draft, gate, now);
        if (decided.Succeeded(out var post))
        {
            await PublishSql.InsertAsync(transaction, post, set, Json.Write(options), by?.Value, now, cancel);
        }

        return decided;
    }

    public Task<Result<ScheduledPost>> AddAsync(ScheduledPost draft, PostOptions options, Guid set, PersonId? by, PostAct? act, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(transaction => AddAsync(transaction, draft, options, set, by, act, cancel), cancel);

    /// <summary>A draft to begin with; its key is its own for ever.</summary>
    public ScheduledPost Draft(Account account, PostPurpose purpose, string text) => Draft(account, purpose, text, new ScheduledPostId(Ids.New(time)));

    private static ScheduledPost Draft(Account account, PostPurpose purpose, string text, ScheduledPostId id) => new(
        id, account.Id, account.Brand, account.Network, purpose, null, PostState.Draft, null, text, null, [], null, null, PostKey.Of(id), 0, null, 0);
}
