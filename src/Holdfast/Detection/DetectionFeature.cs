using Holdfast.Escalation;

namespace Holdfast.Detection;

internal static class DetectionFeature
{
    public static void AddDetection(this IServiceCollection services)
    {
        services.AddSingleton<TopicBook>();
        services.AddSingleton<TopicDesk>();
        services.AddSingleton<TopicBoard>();
        services.AddSingleton<DetectionDesk>();
        services.AddSingleton<DetectionBell>();
        services.AddHostedService<DetectionWorker>();
        services.AddSingleton<BlindDesk>();
        services.AddHostedService<BlindWorker>();
        services.AddSingleton<ShadowDesk>();
        services.AddHostedService<ShadowWorker>();
        services.AddSingleton<INoteLetters, ShadowLetters>();
        services.AddSingleton<BacktestDesk>();
        services.AddSingleton<BacktestRuns>();
    }

    public static void MapDetection(this IEndpointRouteBuilder routes)
    {
        BacktestApi.Map(routes);
        TopicApi.Map(routes);
    }
}
