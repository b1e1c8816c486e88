namespace Holdfast.Listening;

/// <summary>What is listened to: intake, monitors, sources.</summary>
internal static class ListeningFeature
{
    public static void AddListening(this IServiceCollection services)
    {
        services.AddSingleton<MonitorCatalogue>();
        services.AddSingleton<IntakeQueue>();
        services.AddSingleton<IntakeDesk>();
        services.AddHostedService<IntakeWorker>();
    }
}
