using Holdfast.Core.Escalation;
using Holdfast.Database;
using Holdfast.Networks.Notices;

namespace Holdfast.Escalation;

/// <summary>
/// Sends what is due: a few at once, so that one server that hangs does not hold up the others. When all are busy, what is
/// due waits in its rows, and another node may take it.
/// </summary>
internal sealed class AttemptWorker(
    Store store, AttemptDesk desk, PageWays ways, EscalationBell bell, SignsOfLife signs, TimeProvider time, ILogger<AttemptWorker> log) : RoundsWorker(time, log)
{
    public const string Name = "attempts";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NotMine = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(5);

    // One looks and claims at a time: six that race for one row would only be in each other's way.
    private readonly SemaphoreSlim _door = new(1);
    private Task? _nothingSince;
    private DateTimeOffset? _nextDue;

    protected override int Hands => 6;

    protected override string Trouble => "A page could not be sent.";

    public override void Dispose()
    {
        _door.Dispose();
        base.Dispose();
    }

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var next = bell.Next;
        signs.Beat(Name);
        if (await ClaimOneAsync(next, stopping) is { } outgoing)
        {
            await SendAsync(outgoing, stopping);
        }
        else
        {
            await bell.WaitAsync(next, _nextDue, LongestWait, stopping);
        }
    }

    /// <summary>False where nothing is due.</summary>
    internal async Task<bool> SendOneAsync(CancellationToken stopping)
    {
        if (await LookAsync(stopping) is not { } outgoing)
        {
            return false;
        }

        await SendAsync(outgoing, stopping);
        return true;
    }

    private async Task<Outgoing?> ClaimOneAsync(Task next, CancellationToken stopping)
    {
        await _door.WaitAsync(stopping);
        try
        {
            if (_nothingSince == next && Time.GetUtcNow() < _nextDue)
            {
                return null;
            }

            if (await LookAsync(stopping) is { } outgoing)
            {
                return outgoing;
            }

            // Read anew after a ring, at the next due time, and when the longest wait is over: a ring may be lost.
            await using var connection = await store.OpenAsync(stopping);
            var now = Time.GetUtcNow();
            var due = await AttemptSql.NextDueAsync(connection, stopping) ?? now + LongestWait;
            // What is due and could not be claimed is another node's, or broken: neither is asked for all the time.
            _nextDue = due <= now ? now + NotMine : due < now + LongestWait ? due : now + LongestWait;
            _nothingSince = next;
            return null;
        }
        finally
        {
            _door.Release();
        }
    }

    private async Task<Outgoing?> LookAsync(CancellationToken stopping)
    {
        IReadOnlyList<DueAttempt> due;
        await using (var connection = await store.OpenAsync(stopping))
        {
            due = await AttemptSql.DueAsync(connection, Time.GetUtcNow(), stopping);
        }

        foreach (var one in due)
        {
            if (await TryClaimAsync(one, stopping) is { } outgoing)
            {
                return outgoing;
            }
        }

        return null;
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
            Log.LogError(e, "Attempt {Attempt} could not be claimed; it is tried again.", due.Id.Value);
            return null;
        }
    }

    private async Task SendAsync(Outgoing outgoing, CancellationToken stopping)
    {
        var way = await ways.ForAsync(stopping);
        var delivery = await TrySendAsync(way, outgoing.Message, stopping);

        // What was sent is written down even while we stop: otherwise it would go out again as a possible repeat.
        using var limit = new CancellationTokenSource(LastWord, Time);
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
            Log.LogError(e, "The way {Way} failed.", way.Way);
            return Delivery.Unknown(e.Message);
        }
    }
}
