using System.Collections.Concurrent;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Escalation;

namespace Holdfast.Publishing;

/// <summary>Asks the networks for posts of which nobody knows whether they arrived. It never writes to a network.</summary>
internal sealed class ReconcileWorker(
    SendDesk desk, Publishers publishers, AccountBook accounts, PublishSettings settings, PublishBell bell, SignsOfLife signs, TimeProvider time, ILogger<ReconcileWorker> log)
    : RoundsWorker(time, log)
{
    public const string Name = "reconciling";
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(30);

    // How long a request may still be on its way is told by the clock that cannot be set, from when this node first heard that a
    // post is Unknown: a calendar clock that jumps a day must not make a lost request look dead. A new node waits anew.
    private readonly ConcurrentDictionary<(ScheduledPostId Post, long Fence), long> _firstAsked = new();

    /// <summary>False where there was nothing to ask.</summary>
    internal async Task<bool> AskOneAsync(CancellationToken stopping)
    {
        if (await desk.TakeToAskAsync(stopping) is not { } asked)
        {
            return false;
        }

        var claim = (asked.Post.Id, asked.Post.Fence);
        var since = _firstAsked.GetOrAdd(claim, _ => Time.GetTimestamp());
        var answer = await AskAsync(asked, stopping);
        var graceIsOver = Time.GetElapsedTime(since) >= settings.Grace;
        await desk.AskedAsync(asked, answer, graceIsOver, stopping);
        if (answer is AskResult.Found || (answer is AskResult.NotThere && graceIsOver))
        {
            _firstAsked.TryRemove(claim, out _);
        }

        return true;
    }

    protected override TimeSpan AfterTrouble => Pause;

    protected override string Trouble => "Asking after a post failed.";

    private TimeSpan Pause => settings.AskEvery / 4;

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var next = bell.Next;
        signs.Beat(Name);
        if (!await AskOneAsync(stopping))
        {
            await bell.WaitAsync(next, null, Pause, stopping);
        }
    }

    private async Task<AskResult> AskAsync(Claimed asked, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestQuestion);
        if (publishers.Find(asked.Post.Network) is not { } publisher)
        {
            return new AskResult.CannotTell($"Holdfast cannot ask {asked.Post.Network}.");
        }

        if (await accounts.OpenAsync(asked.Post.Account, limit.Token) is not { } access)
        {
            return new AskResult.CannotTell("The account's secret cannot be opened; connect it again.");
        }

        try
        {
            return asked.Deletes is { } gone
                ? SendResults.OfDeletion(await publisher.LookAsync(access, gone, limit.Token), gone)
                : SendResults.Of(await publisher.FindAsync(access, asked.Outgoing, limit.Token), publisher.TakesAKeyOnce);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            return new AskResult.CannotTell(e.Message);
        }
    }
}
