namespace Holdfast.Detection;

/// <summary>Looks every half minute whether anything that should speak has fallen silent. Any number of nodes may run it.</summary>
internal sealed class BlindWorker(BlindDesk desk, TimeProvider time, ILogger<BlindWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await desk.LookAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever broke, the sources are looked at again in half a minute.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogWarning("The health of the sources could not be looked at: {Reason}. Trying again.", e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
