namespace Holdfast.Publishing;

/// <summary>Strips pictures from before that was done at the door, and clears away pictures that no post came to have, and plans that nobody took in. On several nodes each does it: twice deletes nothing twice.</summary>
internal sealed class MediaWorker(MediaDesk desk, PlanFileDesk plans, TimeProvider time, ILogger<MediaWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                while (await desk.StripAsync(stoppingToken))
                {
                }

                await desk.ClearAsync(stoppingToken);
                await plans.ClearAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while; in an hour it is tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "Pictures and plans could not be looked through; it is tried again in an hour.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
