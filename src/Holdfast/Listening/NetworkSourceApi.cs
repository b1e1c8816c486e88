using System.Globalization;
using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Listening;

/// <summary>The form of a new source on a network.</summary>
internal static class NetworkSourceApi
{
    public static void MapNetworkSources(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sources/network", CreateAsync).RequireAuthorization(nameof(Permission.Administer));

    private static async Task<IResult> CreateAsync(
        [FromForm] NetworkSourceForm form, NetworkSourceDesk desk, HttpContext context, CancellationToken cancel)
    {
        TimeSpan? within = string.IsNullOrWhiteSpace(form.ExpectedWithin) ? null
            : int.TryParse(form.ExpectedWithin, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;
        var created = await desk.CreateAsync(form, within, context.User.PersonId(), cancel);
        return created.Succeeded(out var id)
            ? Results.LocalRedirect($"/sources/{id.Value}")
            : FormState.Again(context, "/sources/network", created.Refusals);
    }
}
