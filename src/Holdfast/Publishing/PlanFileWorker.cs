using Holdfast.Database;
using Holdfast.Escalation;

namespace Holdfast.Publishing;

/// <summary>Rings when a plan is to be taken in.</summary>
internal sealed class PlanFileBell(Changes changes, TimeProvider time) : Bell(changes, time, PlanFileSql.Topic, TimeSpan.FromMilliseconds(20));

/// <summary>Takes plans in, one row after the other.</summary>
internal sealed class PlanFileWorker(PlanFileDesk desk, PlanFileBell bell, SignsOfLife signs, TimeProvider time, ILogger<PlanFileWorker> log) : BackgroundService
{
    public const string Name = "plan files";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = bell.Next;
            try
            {
                signs.Beat(Name);
                if (!await desk.StepAsync(stoppingToken))
                {
                    await bell.WaitAsync(next, null, LongestWait, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while; the row that was not kept is still to be kept.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "A row of a plan could not be taken in; it is tried again.");
                await Task.Delay(LongestWait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
