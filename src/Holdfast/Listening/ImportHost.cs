using Holdfast.Database;
using Holdfast.Detection;

namespace Holdfast.Listening;

/// <summary>
/// The parts of a node that an import needs, for as long as it takes: intake, and a look at what was stored. The same parts as in
/// a server, none of which listens on a port or sends anything; pages that an import calls for are sent by the server.
/// </summary>
internal sealed class ImportHost : IAsyncDisposable
{
    private static readonly TimeSpan OtherNode = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly WebApplication _parts;
    private readonly IntakeWorker _worker;

    private ImportHost(WebApplication parts, IntakeWorker worker) => (_parts, _worker) = (parts, worker);

    public IServiceProvider Services => _parts.Services;

    public static async Task<ImportHost> StartAsync(Installation installation, CancellationToken cancel)
    {
        var parts = Serve.Build(installation, [], more: builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        var worker = parts.Services.GetServices<IHostedService>().OfType<IntakeWorker>().Single();
        await worker.StartAsync(cancel);
        return new(parts, worker);
    }

    /// <summary>Until nothing that was stored waits to be looked at, by this program or by a server on the same database; false where it still does.</summary>
    public async Task<bool> DetectAsync(TimeProvider time, CancellationToken cancel)
    {
        var desk = Services.GetRequiredService<DetectionDesk>();
        var start = time.GetTimestamp();
        while (await desk.WaitingAsync(cancel) is { Count: > 0 } waiting)
        {
            var worked = false;
            foreach (var brand in waiting)
            {
                worked |= await desk.LookAsync(brand, cancel);
            }

            if (!worked)
            {
                if (time.GetElapsedTime(start) > Patience)
                {
                    return false;
                }

                // A server is at it.
                await Task.Delay(OtherNode, time, cancel);
            }
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(default);
        await _parts.DisposeAsync();
    }
}
