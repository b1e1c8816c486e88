namespace Holdfast.Listening;

/// <summary>The monitors and the stream of what they heard; called by <see cref="ListeningFeature"/>.</summary>
internal static class MonitorFeature
{
    public static void AddMonitors(this IServiceCollection services)
    {
        services.AddSingleton<MonitorDesk>();
        services.AddSingleton<MonitorPreviews>();
        services.AddSingleton<MentionDesk>();
        services.AddSingleton<MentionStream>();
    }

    public static void MapMonitors(this IEndpointRouteBuilder routes)
    {
        MonitorApi.Map(routes);
        MentionApi.Map(routes);
    }
}
