using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Publishing;

namespace Holdfast.Freezing;

/// <summary>Rings when a freeze begins, ends, or something it found has come to an end, on any node.</summary>
internal sealed class FreezeBell(Changes changes, TimeProvider time) : Bell(changes, time, FreezeSql.Topic, TimeSpan.FromMilliseconds(20));

/// <summary>Takes what freezes did to the timelines, and keeps the certificates.</summary>
internal sealed class FreezeRecordWorker(FreezeRecordDesk desk, FreezeBell bell, SignsOfLife signs, TimeProvider time, ILogger<FreezeRecordWorker> log) : BackgroundService
{
    public const string Name = "freeze records";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Until nothing is left to write.</summary>
    internal async Task WorkAsync(CancellationToken cancel)
    {
        await TellAllAsync(cancel);
        await desk.CertifyAsync(cancel);
        await TellAllAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = bell.Next;
            try
            {
                signs.Beat(Name);
                await WorkAsync(stoppingToken);
                await bell.WaitAsync(next, null, LongestWait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // What could not be written is still to be written: it is tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "What a freeze did could not be written on a timeline; it is tried again.");
                await Task.Delay(LongestWait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TellAllAsync(CancellationToken cancel)
    {
        while (await desk.TellAsync(cancel))
        {
        }
    }
}
