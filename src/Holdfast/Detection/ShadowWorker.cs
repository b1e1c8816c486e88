namespace Holdfast.Detection;

/// <summary>Looks every ten minutes whether a weekly report is due. Any number of nodes may run it.</summary>
internal sealed class ShadowWorker(ShadowDesk desk, TimeProvider time, ILogger<ShadowWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await desk.LookAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever broke, it is looked at again in ten minutes.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogWarning("The weekly report of rules in shadow could not be written: {Reason}. Trying again.", e.Message);
            }
        }
    }
}
