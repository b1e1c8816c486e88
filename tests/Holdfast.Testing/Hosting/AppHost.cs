using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.People;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Testing.Hosting;

/// <summary>The whole application in this process, on a free port of loopback and a fresh database of its own.</summary>
internal sealed class AppHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Installation _installation;
    private readonly string _address;
    private readonly string _folder;

    private AppHost(WebApplication app, Installation installation, string address, string folder)
    {
        (_app, _installation, _address, _folder) = (app, installation, address, folder);
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Url { get; }

    public Store Store => _installation.Store;

    public IServiceProvider Services => _app.Services;

    /// <param name="time">The clock of the application; the real one if null.</param>
    /// <param name="more">Adds or replaces services before the application is built.</param>
    public static async Task<AppHost> StartAsync(TimeProvider? time = null, Action<WebApplicationBuilder>? more = null)
    {
        var address = await (await TestCluster.GetAsync()).CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("hf-app-").FullName;
        var installation = await Installation.OpenAsync(new DataFolder(folder), address, TimeProvider.System, CancellationToken.None);
        var app = Serve.Build(installation, ["http://127.0.0.1:0"], time, more);
        await app.StartAsync();
        return new AppHost(app, installation, address, folder);
    }

    /// <summary>As <see cref="StartAsync"/>, and whoever is registered may enter without a password.</summary>
    public static Task<AppHost> StartOpenAsync() => StartAsync(more: builder => builder.Services.AddSingleton(new OpenDoor(IsOpen: true)));

    /// <summary>Registers the first person, who speaks Polish and may do everything.</summary>
    public async Task<PersonId> BeginAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().BeginAsync(
            new("Ania Nowak", "ania@example.org", "pl", "Europe/Warsaw"), "a long enough sentence", CancellationToken.None)).Value.Id;
    }

    /// <summary>A browser without script: keeps cookies, does not follow redirects.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Url };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _installation.DisposeAsync();
        await (await TestCluster.GetAsync()).DropDatabaseAsync(_address);
        Directory.Delete(_folder, recursive: true);
    }
}
