namespace Holdfast.Publishing;

/// <summary>What is planned: accounts, composer, calendar, approvals, a month's plan from a file.</summary>
internal static class PlanningFeature
{
    public static void AddPlanning(this IServiceCollection services)
    {
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<MediaDesk>();
        services.AddSingleton<PostDesk>();
        services.AddSingleton<PostPreviewDesk>();
        services.AddSingleton<ComposeDesk>();
        services.AddSingleton<CalendarDesk>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<MoveDesk>();
        services.AddSingleton<PlanFileDesk>();
        services.AddSingleton<PlanFileBell>();
        services.AddHostedService<PlanFileWorker>();
        services.AddHostedService<MediaWorker>();
    }

    public static void MapPlanning(this IEndpointRouteBuilder routes)
    {
        AccountApi.Map(routes);
        PostApi.Map(routes);
        PlanFileApi.Map(routes);
    }
}
