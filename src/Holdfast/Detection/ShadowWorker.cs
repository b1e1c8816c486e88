using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>Looks every ten minutes whether a weekly report is due. Any number of nodes may run it.</summary>
internal sealed class ShadowWorker(ShadowDesk desk, TimeProvider time, ILogger<ShadowWorker> log) : RoundsWorker(time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override TimeSpan AfterTrouble => Pause;

    protected override string Trouble => "The weekly report of rules in shadow could not be written.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await desk.LookAsync(stopping);
        await Task.Delay(Pause, Time, stopping);
    }
}
