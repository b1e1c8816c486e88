using Holdfast.Core.Brands;
using Holdfast.Database;

namespace Holdfast.Detection;

/// <summary>
/// Looks as soon as intake says that posts were stored, and in any case every few seconds: the news is a hint, the rows in
/// <c>detection_due</c> are the truth. Any number of nodes may run it; a brand is looked at by one at a time.
/// </summary>
internal sealed class DetectionWorker(DetectionDesk desk, Changes changes, TimeProvider time, ILogger<DetectionWorker> log) : BackgroundService
{
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _news = new(0, 1);

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe("detection", _ => Wake());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever broke, the rows are still there; the next round tries again.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogWarning("What is due could not be read: {Reason}. Trying again.", e.Message);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task DrainAsync(CancellationToken cancel)
    {
        var broken = new HashSet<BrandId>();
        while (true)
        {
            var worked = false;
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
                    log.LogError(e, "The posts of brand {Brand} could not be looked at. Trying again.", brand.Value);
                }
            }

            if (!worked)
            {
                return;
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var news = _news.WaitAsync(either.Token);
        await Task.WhenAny(news, Task.Delay(Fallback, time, either.Token));
        await either.CancelAsync();
        await ((Task)news).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already woken; one look finds everything.
        }
    }
}
