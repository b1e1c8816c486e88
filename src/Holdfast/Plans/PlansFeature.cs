namespace Holdfast.Plans;

internal static class PlansFeature
{
    public static void AddPlans(this IServiceCollection services) => services.AddSingleton<PlanDesk>();

    public static void MapPlans(this IEndpointRouteBuilder routes) => PlanApi.Map(routes);
}
