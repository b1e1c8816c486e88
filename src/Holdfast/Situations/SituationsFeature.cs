namespace Holdfast.Situations;

internal static class SituationsFeature
{
    public static void AddSituations(this IServiceCollection services)
    {
        services.AddSingleton<SituationDesk>();
        services.AddSingleton<RoomBoard>();
        services.AddSingleton<RoomChart>();
        services.AddHostedService<SituationWorker>();
    }

    public static void MapSituations(this IEndpointRouteBuilder routes)
    {
        SituationApi.Map(routes);
        RoomApi.Map(routes);
    }
}
