using Holdfast.Networks.Social;

namespace Holdfast.Listening;

/// <summary>What is listened to: intake, monitors, sources.</summary>
internal static class ListeningFeature
{
    public static void AddListening(this IServiceCollection services)
    {
        services.AddIntake();
        services.AddSingleton<SourceDesk>();
        services.AddMonitors();
        services.AddSingleton<SourceBoard>();
        services.AddSingleton<HandDesk>();
        services.AddSingleton<NetworkHttp>();
        services.AddSingleton<NetworkReader>();
        services.AddSingleton<NetworkSourceDesk>();
        services.AddHostedService<NetworkWorker>();
    }

    public static void MapListening(this IEndpointRouteBuilder app)
    {
        app.MapWebhook();
        app.MapMonitors();
        app.MapSources();
        app.MapNetworkSources();
    }

    /// <summary>The part that an import runs as well, without a server.</summary>
    public static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<MonitorCatalogue>();
        services.AddSingleton<IntakeQueue>();
        services.AddSingleton<IntakeDesk>();
        services.AddSingleton<ImportDesk>();
        services.AddHostedService<IntakeWorker>();
    }
}
