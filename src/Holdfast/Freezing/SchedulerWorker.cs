using Holdfast.Escalation;

namespace Holdfast.Freezing;

/// <summary>Looks at the networks' own schedulers while a freeze is in force.</summary>
internal sealed class SchedulerWorker(SchedulerDesk desk, SignsOfLife signs, TimeProvider time, ILogger<SchedulerWorker> log) : BackgroundService
{
    public const string Name = "withdrawing";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                signs.Beat(Name);
                while (await desk.LookAsync(stoppingToken))
                {
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong with one account, the others are looked at.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "A network's own scheduler could not be looked at; it is tried again.");
            }
        }
    }
}
