using System.CommandLine;
using Holdfast.Database;
using Holdfast.People;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Holdfast;

/// <summary><c>holdfast serve</c>: the server, until Ctrl-C or a request to end.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen, several with ; between (default: http://127.0.0.1:8420)" };
        var port = new Option<int?>("--port") { Description = "Listen on this port of 127.0.0.1; 0 takes a free one" };
        var newKey = new Option<bool>("--new-key") { Description = "The installation.key of this database is lost for good: start with the one that is here" };
        var command = new Command("serve", "Runs the server.") { urls, port, newKey };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(Program.Data), Serve.Urls(parsed.GetValue(urls), parsed.GetValue(port)), parsed.GetValue(newKey), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? data, IReadOnlyList<string> urls, bool newKey, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(data, cancel);
        if (!newKey)
        {
            await ProtectionKeys.CheckAsync(installation, cancel);
        }

        await using var app = Serve.Build(installation, urls, ShiftedTime.FromEnvironment());
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e)
        {
            throw new DatabaseException($"Cannot listen on {string.Join(", ", urls)}: {e.Message} Choose another place with --port or --urls.", e);
        }

        foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
        {
            Console.WriteLine($"Holdfast serves on {address}");
        }

        await WelcomeAsync(app, cancel);
        // SIGINT and SIGTERM reach the host's own lifetime, which drains and then ends the wait.
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static async Task WelcomeAsync(WebApplication app, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().IsEmptyAsync(cancel))
        {
            Console.WriteLine($"Nobody is registered yet. Open that address and begin with the setup code {app.Services.GetRequiredService<SetupCode>().Text}");
        }
    }
}
