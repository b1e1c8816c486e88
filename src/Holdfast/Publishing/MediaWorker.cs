using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>Strips pictures from before that was done at the door, and clears away pictures that no post came to have, and plans that nobody took in. On several nodes each does it: twice deletes nothing twice.</summary>
internal sealed class MediaWorker(MediaDesk desk, PlanFileDesk plans, TimeProvider time, ILogger<MediaWorker> log) : RoundsWorker(time, log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    protected override TimeSpan AfterTrouble => LookEvery;

    protected override string Trouble => "Pictures and plans could not be looked through.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        while (await desk.StripAsync(stopping))
        {
        }

        await desk.ClearAsync(stopping);
        await plans.ClearAsync(stopping);
        await Task.Delay(LookEvery, Time, stopping);
    }
}
