using System.Security.Claims;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Listening;

/// <summary>The forms of the monitors, and the fragment that shows what a query would have matched.</summary>
internal static class MonitorApi
{
    private const string List = "/listen/monitors";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(List).RequireAuthorization(nameof(Permission.Command));
        group.MapPost("", CreateAsync);
        group.MapPost("/preview", PreviewAsync);
        group.MapPost("/{id:guid}", ChangeAsync);
        group.MapPost("/{id:guid}/retire", RetireAsync);
    }

    private static async Task<IResult> CreateAsync(
        [FromForm] Guid? brand, [FromForm] string? name, [FromForm] string? query, ClaimsPrincipal user, MonitorDesk desk,
        HttpContext context, CancellationToken cancel) =>
        Answer(context, $"{List}/new", await desk.CreateAsync(new BrandId(brand ?? default), name, query, user.PersonId(), cancel));

    private static async Task<IResult> ChangeAsync(
        Guid id, [FromForm] string? name, [FromForm] string? query, ClaimsPrincipal user, MonitorDesk desk, HttpContext context,
        CancellationToken cancel) =>
        Answer(context, $"{List}/{id}", await desk.ChangeAsync(new MonitorId(id), name, query, user.PersonId(), cancel));

    private static async Task<IResult> RetireAsync(
        Guid id, ClaimsPrincipal user, MonitorDesk desk, HttpContext context, CancellationToken cancel) =>
        Answer(context, List, await desk.RetireAsync(new MonitorId(id), user.PersonId(), cancel));

    // Asked at every pause in typing: what is not a query yet is an answer here, not an error.
    private static async Task<RazorComponentResult<MonitorTrial>> PreviewAsync(
        [FromForm] Guid? brand, [FromForm] string? query, MonitorPreviews previews, CancellationToken cancel)
    {
        var preview = await previews.TryAsync(brand is { } id ? new BrandId(id) : null, query, cancel);
        return new RazorComponentResult<MonitorTrial>(new { Preview = preview });
    }

    private static IResult Answer(HttpContext context, string page, Result<MonitorId> result) =>
        result.Succeeded(out _) ? Results.LocalRedirect(List) : FormState.Again(context, page, result.Refusals);
}
