using Holdfast.Database;
using Holdfast.People;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests;

/// <summary>The real program in this process, on a port and a database of its own, with all its workers. Its door is open unless a test shuts it.</summary>
public class Site : IAsyncLifetime
{
    private readonly DatabaseFixture _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hf-browser-");
    private Installation? _installation;
    private WebApplication? _app;

    /// <summary>By name, as a passkey asks for a domain and refuses an address.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    internal IServiceProvider Services => _app!.Services;

    internal Store Store => _installation!.Store;

    protected virtual bool OpenDoor => true;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _installation = await Installation.OpenAsync(new DataFolder(_folder.FullName), _database.ConnectionString, TimeProvider.System, CancellationToken.None);
        _app = Serve.Build(_installation, ["http://127.0.0.1:0"], more: builder => builder.Services.AddSingleton(new OpenDoor(OpenDoor)));
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new UriBuilder(addresses.First()) { Host = "localhost" }.Uri;
        await FillAsync();
    }

    protected virtual Task FillAsync() => Task.CompletedTask;

    /// <summary>Signed in as the first person, by the demo's open door.</summary>
    internal async Task<Visit> EnterAsync(Look look, bool script = true)
    {
        var visit = await Visit.BeginAsync(Address, look, script);
        await visit.Page.GotoAsync("/sign-in");
        await visit.Page.Locator("form[action='/sign-in/door'] button").First.ClickAsync();
        await visit.Page.WaitForURLAsync("**/");
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_installation is not null)
        {
            await _installation.DisposeAsync();
        }

        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
