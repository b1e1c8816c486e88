using Holdfast.Brands;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>The few parts of a node that an import needs, running for as long as it takes.</summary>
internal sealed class ImportHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<IHostedService> _running;

    private ImportHost(ServiceProvider services, IReadOnlyList<IHostedService> running) => (_services, _running) = (services, running);

    public IServiceProvider Services => _services;

    public static async Task<ImportHost> StartAsync(Store store, CancellationToken cancel)
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(store);
        services.AddSingleton<Changes>();
        services.AddSingleton<BrandDesk>();
        services.AddIntake();
        var provider = services.BuildServiceProvider();
        var running = provider.GetServices<IHostedService>().ToList();
        foreach (var service in running)
        {
            await service.StartAsync(cancel);
        }

        return new(provider, running);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running)
        {
            await service.StopAsync(default);
        }

        await _services.DisposeAsync();
    }
}
