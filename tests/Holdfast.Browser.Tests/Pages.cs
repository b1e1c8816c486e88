using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests;

/// <summary>Every page of the product, found by its route, so that a new one is looked at without anyone adding it here.</summary>
internal static class Pages
{
    /// <summary>Pages that a signed-in person of the scene cannot simply open, and why.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["/welcome"] = "only while there is nobody",
        ["/sign-in"] = "only while nobody is signed in",
        ["/sign-in/code"] = "only between password and code",
        ["/me/recovery-codes"] = "only once, after they were made",
    };

    public static IReadOnlyList<string> All(Scene scene) =>
    [
        .. scene.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            // A link is good once: what stands behind it is looked at where it is used.
            .Where(route => !Elsewhere.ContainsKey(route) && !route.Contains("{Token", StringComparison.OrdinalIgnoreCase))
            .Distinct().Order(StringComparer.Ordinal).Select(scene.Path),
    ];
}
