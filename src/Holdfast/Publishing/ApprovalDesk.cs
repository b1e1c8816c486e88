using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>A second person reads a post and says yes or no, to exactly these words.</summary>
internal sealed class ApprovalDesk(Store store, PublishDesk publish, TimeProvider time)
{
    private const int LongestReason = 500;

    public async Task<IReadOnlyList<SetRow>> WaitingAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await PostSetSql.WaitingAsync(connection, cancel);
    }

    /// <param name="read">The hash of what the approver had on the screen: other words are not approved by it.</param>
    public Task<Result<ScheduledPost>> ApproveAsync(ScheduledPostId id, string? read, PersonId by, CancellationToken cancel) =>
        DecideAsync(id, read, approved: true, reason: null, by, cancel);

    /// <summary>It goes back to who wrote it, as a draft, with the reason.</summary>
    public Task<Result<ScheduledPost>> DisapproveAsync(ScheduledPostId id, string? read, string? reason, PersonId by, CancellationToken cancel) =>
        string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult<Result<ScheduledPost>>(PublishingRefusals.NoReason)
            : DecideAsync(id, read, approved: false, reason.Trim() is { Length: > LongestReason } words ? words[..LongestReason] : reason.Trim(), by, cancel);

    private Task<Result<ScheduledPost>> DecideAsync(ScheduledPostId id, string? read, bool approved, string? reason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(async transaction =>
        {
            await PostSetSql.ActsAsAsync(transaction, by, cancel);
            var gate = await GateSql.PassAsync(transaction, cancel);
            if (await PublishSql.LockAsync(transaction, id, cancel) is null || await PostSetSql.OneAsync(transaction.Connection!, id, cancel) is not { } row)
            {
                return Refusals.NotFound;
            }

            var content = row.Content();
            if (approved && row.WrittenBy == by)
            {
                return PublishingRefusals.OwnWords;
            }

            if (Convert.ToHexString(content) != read)
            {
                return PublishingRefusals.OtherWords;
            }

            var decided = await publish.ActAsync(
                transaction, id, (post, _, now) => approved ? PostDecisions.Approve(post, gate.InForce, now) : PostDecisions.Disapprove(post), cancel);
            if (decided.Succeeded(out _))
            {
                await PostSetSql.InsertApprovalAsync(transaction, Ids.New(time), id, by, content, approved, reason, time.GetUtcNow(), cancel);
            }

            return decided;
        }, cancel);
}
