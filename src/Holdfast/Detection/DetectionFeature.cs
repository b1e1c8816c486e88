namespace Holdfast.Detection;

internal static class DetectionFeature
{
    public static void AddDetection(this IServiceCollection services)
    {
        services.AddSingleton<DetectionDesk>();
        services.AddHostedService<DetectionWorker>();
        services.AddSingleton<BlindDesk>();
        services.AddHostedService<BlindWorker>();
    }
}
