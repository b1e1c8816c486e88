using Xunit;

namespace Holdfast.Testing.Hosting;

/// <summary>One running application for a test class: <c>IClassFixture&lt;AppFixture&gt;</c>.</summary>
public sealed class AppFixture : IAsyncLifetime
{
    private AppHost? _host;

    internal AppHost Host => _host ?? throw new InvalidOperationException("The fixture was not initialised.");

    public async ValueTask InitializeAsync() => _host = await AppHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
