using Holdfast.Core.Escalation;
using Holdfast.Database;
using Holdfast.Networks.Notices;

namespace Holdfast.Escalation;

/// <summary>
/// Sends what is due: a few at once, so that one server that hangs does not hold up the others. When all are busy, what is
/// due waits in its rows, and another node may take it.
/// </summary>
internal sealed class AttemptWorker(
    Store store, AttemptDesk desk, PageWays ways, EscalationBell bell, SignsOfLife signs, TimeProvider time, ILogger<AttemptWorker> log) : BackgroundService
{
    public const string Name = "attempts";

    private const int Senders = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(stoppingToken), stoppingToken)));

    private async Task SendAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var next = bell.Next;
            try
            {
                signs.Beat(Name);
                if (!await SendOneAsync(stopping))
                {
                    await WaitAsync(next, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong with one message, the next must still go out.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "A page could not be sent; it is tried again.");
                await Task.Delay(AfterTrouble, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>False where nothing is due.</summary>
    internal async Task<bool> SendOneAsync(CancellationToken stopping)
    {
        IReadOnlyList<DueAttempt> due;
        await using (var connection = await store.OpenAsync(stopping))
        {
            due = await AttemptSql.DueAsync(connection, time.GetUtcNow(), stopping);
        }

        foreach (var one in due)
        {
            if (await TryClaimAsync(one, stopping) is { } outgoing)
            {
                await SendAsync(outgoing, stopping);
                return true;
            }
        }

        return false;
    }

    private async Task<Outgoing?> TryClaimAsync(DueAttempt due, CancellationToken stopping)
    {
        try
        {
            return await desk.ClaimAsync(due, stopping);
        }
#pragma warning disable CA1031 // Whatever is wrong with one message, the next must still go out.
        catch (Exception e) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogError(e, "Attempt {Attempt} could not be claimed; it is tried again.", due.Id.Value);
            return null;
        }
    }

    private async Task SendAsync(Outgoing outgoing, CancellationToken stopping)
    {
        var way = await ways.ForAsync(stopping);
        var delivery = await TrySendAsync(way, outgoing.Message, stopping);

        // What was sent is written down even while we stop: otherwise it would go out again as a possible repeat.
        using var limit = new CancellationTokenSource(LastWord, time);
        await desk.SettleAsync(outgoing.Claimed, way.Way, delivery, stopping.IsCancellationRequested ? limit.Token : CancellationToken.None);
    }

    private async Task<Delivery> TrySendAsync(IPageWay way, PageMessage message, CancellationToken stopping)
    {
        try
        {
            return await way.SendAsync(message, stopping);
        }
#pragma warning disable CA1031 // A way promised not to throw; if it does, nobody knows what the other side has.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "The way {Way} failed.", way.Way);
            return Delivery.Unknown(e.Message);
        }
    }

    private async Task WaitAsync(Task next, CancellationToken stopping)
    {
        DateTimeOffset? due;
        await using (var connection = await store.OpenAsync(stopping))
        {
            due = await AttemptSql.NextDueAsync(connection, stopping);
        }

        await bell.WaitAsync(next, due, LongestWait, stopping);
    }
}
