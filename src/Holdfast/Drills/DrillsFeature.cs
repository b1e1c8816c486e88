using Holdfast.Core.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Holdfast.Drills;

internal static class DrillsFeature
{
    public static void MapDrills(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/demo/guide", () => new RazorComponentResult<DemoGuide>()).RequireAuthorization(nameof(Permission.Read));
}
