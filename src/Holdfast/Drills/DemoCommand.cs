using System.CommandLine;
using Holdfast.Brands;
using Holdfast.Database;
using Holdfast.People;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.Drills;

/// <summary><c>holdfast demo</c>: a crisis from beginning to end, with invented people and in a folder of its own.</summary>
internal static class DemoCommand
{
    private const int UsualPort = 8421;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Serve on this port of 127.0.0.1; 0 takes a free one", DefaultValueFactory = _ => UsualPort };
        var alone = new Option<bool>("--alone") { Description = "Play every part, without waiting for whoever watches" };
        var command = new Command("demo", "Plays a crisis of an invented brand, in a folder of its own.") { port, alone };
        command.SetAction((parsed, cancel) =>
            RunAsync(DemoFolder.Choose(parsed.GetValue(Program.Data)), parsed.GetValue(port), new DemoPace(parsed.GetValue(alone)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(DataFolder folder, int port, DemoPace pace, CancellationToken cancel)
    {
        DemoFolder.Empty(folder);
        var time = TimeProvider.System;
        await using var installation = await Installation.OpenAsync(folder, address: null, time, cancel);
        var store = installation.Store;
        // The people of the demo have no passwords and no secrets to seal.
        var cast = await DemoCast.EnterAsync(store, new BrandDesk(store, time), new AccountSql(new EphemeralDataProtectionProvider()), time, cancel);
        await using var app = Serve.Build(installation, Serve.Urls(null, port), time, builder =>
        {
            builder.Services.AddSingleton(new OpenDoor(IsOpen: true));
            builder.Services.AddSingleton(cast);
            builder.Services.AddSingleton(pace);
            builder.Services.AddSingleton<DemoNetworks>();
            builder.Services.AddSingleton<DemoParts>();
            builder.Services.AddSingleton<DemoTerminal>();
            builder.Services.AddHostedService(services => services.GetRequiredService<DemoTerminal>());
            builder.Services.AddHostedService<DemoStory>();
            builder.Services.AddHostedService<DemoPlayers>();
            builder.Services.AddHostedService<DemoPosts>();
        });
        await app.StartAsync(cancel);
        app.Services.GetRequiredService<DemoTerminal>().Begin(app.Urls.First());
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
