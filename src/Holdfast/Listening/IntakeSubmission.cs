using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>What one submitter handed in at once. Its task completes only after everything in it is committed.</summary>
internal sealed class IntakeSubmission
{
    /// <summary>So that a submission always fits into one batch, and thereby into one transaction.</summary>
    public const int MaxItems = IntakeQueue.MaxBatch;

    private readonly TaskCompletionSource<IntakeReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IntakeOutcome[] _outcomes;

    public IntakeSubmission(
        IntakeSource source, IReadOnlyList<IntakeItem> items, IReadOnlyList<UnreadableItem>? unreadable = null, string? deliveryId = null)
    {
        if (items.Count > MaxItems)
        {
            throw new ArgumentException($"A submission holds at most {MaxItems} posts.", nameof(items));
        }

        (Source, Items, Unreadable, DeliveryId) = (source, items, unreadable ?? [], deliveryId);
        _outcomes = new IntakeOutcome[items.Count];
        Bytes = items.Sum(i => (long)i.Raw.Length) + Unreadable.Sum(u => (long)u.Raw.Length);
    }

    public IntakeSource Source { get; }

    public IReadOnlyList<IntakeItem> Items { get; }

    /// <summary>Parked in the same transaction.</summary>
    public IReadOnlyList<UnreadableItem> Unreadable { get; }

    /// <summary>Remembered in the same transaction, so that a replay is known.</summary>
    public string? DeliveryId { get; }

    public long Bytes { get; }

    /// <summary>Comes after the commit; the outcomes in the order of <see cref="Items"/>.</summary>
    public Task<IntakeReceipt> Done => _done.Task;

    public SourceId SourceId => Source.Id;

    public void Settle(int item, IntakeOutcome outcome) => _outcomes[item] = outcome;

    public IntakeVerdict VerdictOf(int item) => _outcomes[item].Verdict;

    public void Complete() => _done.TrySetResult(new(_outcomes));

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
