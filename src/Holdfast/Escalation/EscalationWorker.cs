using Holdfast.Core.Escalation;
using Holdfast.Database;
using Holdfast.Situations;

namespace Holdfast.Escalation;

/// <summary>Takes the steps and lapses that are due. Each is one transaction under the locks of situation and page; two nodes never take one twice.</summary>
internal sealed class EscalationWorker(
    Store store, PageBook book, EscalationBell bell, SignsOfLife signs, TimeProvider time, ILogger<EscalationWorker> log) : RoundsWorker(time, log)
{
    public const string Name = "escalation";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    protected override string Trouble => "What is due could not be read.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var next = bell.Next;
        signs.Beat(Name);
        await bell.WaitAsync(next, await TakeDueAsync(stopping), LongestWait, stopping);
    }

    /// <summary>Takes everything that is due now; the instant of what is due next.</summary>
    internal async Task<DateTimeOffset?> TakeDueAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var failed = false;
        foreach (var due in await PageSql.DueAsync(connection, Time.GetUtcNow(), cancel))
        {
            failed |= !await TryTakeAsync(due, cancel);
        }

        return failed ? Time.GetUtcNow() + AfterFailure : await PageSql.NextDueAsync(connection, cancel);
    }

    private async Task<bool> TryTakeAsync(DuePage due, CancellationToken cancel)
    {
        try
        {
            await TakeAsync(due, cancel);
            return true;
        }
#pragma warning disable CA1031 // Whatever is wrong with one page, the others must go on; the watch tells of the one that is late.
        catch (Exception e) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.LogError(e, "The step of page {Page} could not be taken; it is tried again.", due.Page.Value);
            return false;
        }
    }

    private Task TakeAsync(DuePage due, CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var now = Time.GetUtcNow();
        var situation = (await TimelineSql.LoadAsync(transaction, due.Situation, cancel))!;
        var page = (await PageSql.LockAsync(transaction, due.Page, cancel))!;
        var decision = page.State == PageState.Acknowledged
            ? EscalationDecisions.Lapse(
                page, null, await PageSql.LastActivityAsync(transaction, due.Situation, page.AcknowledgedAt ?? page.StartedAt, cancel), now)
            : EscalationDecisions.Step(page, await DirectorySql.QuietUntilAsync(transaction, situation.State.Brand, now, cancel), now);
        await book.ChangeAsync(transaction, due.Situation, page, decision, now, cancel);
    }, cancel);
}
