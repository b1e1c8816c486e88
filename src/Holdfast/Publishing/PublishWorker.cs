using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Escalation;

namespace Holdfast.Publishing;

/// <summary>Sends what is due, a few at once; what waits, waits in its row, and another node may take it.</summary>
internal sealed class PublishWorker(
    Store store, SendDesk desk, Publishers publishers, AccountBook accounts, PublishBell bell, SignsOfLife signs, TimeProvider time, ILogger<PublishWorker> log)
    : RoundsWorker(time, log)
{
    public const string Name = "publishing";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NotMine = TimeSpan.FromSeconds(1);

    /// <summary>Less than the lease by default: who sends still holds the claim when it says what became of it.</summary>
    private static readonly TimeSpan LongestSending = TimeSpan.FromSeconds(75);

    protected override int Hands => 4;

    protected override string Trouble => "Looking for due posts failed.";

    /// <summary>False where nothing was to be done.</summary>
    internal async Task<bool> WorkAsync(CancellationToken stopping)
    {
        var look = await desk.ClaimAsync(stopping);
        if (look.Claimed is { } claimed)
        {
            await SendAsync(claimed);
        }

        return look.Moved || await desk.TakeBackAsync(stopping);
    }

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var next = bell.Next;
        signs.Beat(Name);
        if (!await WorkAsync(stopping))
        {
            await bell.WaitAsync(next, await NextDueAsync(stopping), LongestWait, stopping);
        }
    }

    private async Task<DateTimeOffset?> NextDueAsync(CancellationToken stopping)
    {
        await using var connection = await store.OpenAsync(stopping);
        // What is due and could not be claimed is another node's, or may not go now: it is not asked for all the time.
        return await PublishSql.NextDueAsync(connection, stopping) is { } due && due > Time.GetUtcNow() ? due : Time.GetUtcNow() + NotMine;
    }

    /// <summary>What has begun is brought to its end even while we stop: a cut request would be one more Unknown.</summary>
    private async Task SendAsync(Claimed claimed)
    {
        var gate = new PublishGate(desk, claimed, Time, Log);
        using var limit = new CancellationTokenSource(LongestSending, Time);
        var result = await TrySendAsync(claimed, gate, limit.Token);
        await desk.SettleAsync(claimed, result, CancellationToken.None);
    }

    private async Task<SendResult> TrySendAsync(Claimed claimed, PublishGate gate, CancellationToken cancel)
    {
        try
        {
            if (publishers.Find(claimed.Post.Network) is not { } publisher)
            {
                return new SendResult.Rejected(Retryable: false, null, SignInNeeded: false, $"Holdfast cannot write to {claimed.Post.Network}.");
            }

            if (await accounts.OpenAsync(claimed.Post.Account, cancel) is not { } access)
            {
                return new SendResult.Rejected(Retryable: false, null, SignInNeeded: true, "The account's secret cannot be opened; connect it again.");
            }

            if (claimed.Outgoing.Media.Any(picture => picture.Bytes.IsEmpty))
            {
                return new SendResult.Rejected(Retryable: false, null, SignInNeeded: false, "Nobody can tell whether a picture of it says where it was taken. Add the picture again.");
            }

            return SendResults.Of(await (claimed.Deletes is { } gone ? publisher.DeleteAsync(access, gone, gate, cancel) : publisher.SendAsync(access, claimed.Outgoing, gate, cancel)));
        }
#pragma warning disable CA1031 // A network's folder promised not to throw; if it does, the gate knows whether anything can have left.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.LogError(e, "Sending post {Post} failed.", claimed.Post.Id.Value);
            // Nothing left, and the same again may fail the same way: it is tried a few times with pauses, not for ever at once.
            return gate.Stopped is not null ? new SendResult.Stopped("Nothing left: the database could not be asked.")
                : gate.Left ? new SendResult.Unknown(e.Message)
                : new SendResult.Rejected(Retryable: true, null, SignInNeeded: false, e.Message);
        }
    }
}
