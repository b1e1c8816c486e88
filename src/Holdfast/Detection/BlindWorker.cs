using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>Looks every half minute whether anything that should speak has fallen silent. Any number of nodes may run it.</summary>
internal sealed class BlindWorker(BlindDesk desk, TimeProvider time, ILogger<BlindWorker> log) : RoundsWorker(time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override TimeSpan AfterTrouble => Pause;

    protected override string Trouble => "The health of the sources could not be looked at.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await desk.LookAsync(stopping);
        await Task.Delay(Pause, Time, stopping);
    }
}
