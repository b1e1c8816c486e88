using Holdfast.Core.Brands;
using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>Rings when posts were stored on any node.</summary>
internal sealed class DetectionBell(Changes changes, TimeProvider time) : Bell(changes, time, "detection", TimeSpan.FromMilliseconds(20));

/// <summary>
/// Looks as soon as intake says that posts were stored, and in any case every few seconds: the news is a hint, the rows in
/// <c>detection_due</c> are the truth. Any number of nodes may run it; a brand is looked at by one at a time.
/// </summary>
internal sealed class DetectionWorker(DetectionDesk desk, DetectionBell bell, TimeProvider time, ILogger<DetectionWorker> log) : RoundsWorker(time, log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override string Trouble => "What is due could not be read.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var next = bell.Next;
        await DrainAsync(stopping);
        await bell.WaitAsync(next, null, LongestWait, stopping);
    }

    private async Task DrainAsync(CancellationToken cancel)
    {
        var broken = new HashSet<BrandId>();
        bool worked;
        do
        {
            worked = false;
            foreach (var brand in (await desk.WaitingAsync(cancel)).Where(brand => !broken.Contains(brand)))
            {
                try
                {
                    worked |= await desk.LookAsync(brand, cancel);
                }
#pragma warning disable CA1031 // One brand's fault must not make the others wait; it is tried again in the next round.
                catch (Exception e) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    broken.Add(brand);
                    Log.LogError(e, "The posts of brand {Brand} could not be looked at. Trying again.", brand.Value);
                }
            }
        }
        while (worked);
    }
}
