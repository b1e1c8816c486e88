using Holdfast.Core.Escalation;
using Holdfast.Database;
using Holdfast.Situations;

namespace Holdfast.Escalation;

/// <summary>Takes the steps and lapses that are due. Each is one transaction under the locks of situation and page; two nodes never take one twice.</summary>
internal sealed class EscalationWorker(
    Store store, PageBook book, EscalationBell bell, SignsOfLife signs, TimeProvider time, ILogger<EscalationWorker> log) : BackgroundService
{
    public const string Name = "escalation";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = bell.Next;
            try
            {
                signs.Beat(Name);
                var due = await TakeDueAsync(stoppingToken);
                await bell.WaitAsync(next, due, LongestWait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while; the worker outlives that.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "What is due could not be read; it is tried again.");
                await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Takes everything that is due now; the instant of what is due next.</summary>
    internal async Task<DateTimeOffset?> TakeDueAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var failed = false;
        foreach (var due in await PageSql.DueAsync(connection, time.GetUtcNow(), cancel))
        {
            failed |= !await TryTakeAsync(due, cancel);
        }

        return failed ? time.GetUtcNow() + AfterTrouble : await PageSql.NextDueAsync(connection, cancel);
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
            log.LogError(e, "The step of page {Page} could not be taken; it is tried again.", due.Page.Value);
            return false;
        }
    }

    private Task TakeAsync(DuePage due, CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var now = time.GetUtcNow();
        var situation = (await TimelineSql.LoadAsync(transaction, due.Situation, cancel))!;
        var page = (await PageSql.LockAsync(transaction, due.Page, cancel))!;
        var decision = page.State == PageState.Acknowledged
            ? EscalationDecisions.Lapse(
                page, null, await PageSql.LastActivityAsync(transaction, due.Situation, page.AcknowledgedAt ?? page.StartedAt, cancel), now)
            : EscalationDecisions.Step(page, await DirectorySql.QuietUntilAsync(transaction, situation.State.Brand, now, cancel), now);
        await book.ChangeAsync(transaction, due.Situation, page, decision, now, cancel);
    }, cancel);
}
