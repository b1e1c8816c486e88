using System.Security.Claims;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Brands;

/// <summary>The forms of the brands' pages.</summary>
internal static class BrandApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/brands").RequireAuthorization(nameof(Permission.Administer));
        group.MapPost("", CreateAsync);
        group.MapPost("/{id:guid}", ChangeAsync);
        group.MapPost("/{id:guid}/retire", RetireAsync);
    }

    private static async Task<IResult> CreateAsync([FromForm] BrandForm form, BrandDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var draft = form.Check();
        if (!draft.Succeeded(out var good))
        {
            return FormState.Again(context, "/brands/new", draft.Refusals);
        }

        var created = await desk.CreateAsync(good, cancellationToken);
        return created.Succeeded(out _) ? Results.LocalRedirect("/brands/begun") : FormState.Again(context, "/brands/new", created.Refusals);
    }

    private static async Task<IResult> ChangeAsync(Guid id, [FromForm] BrandForm form, BrandDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var draft = form.Check();
        if (!draft.Succeeded(out var good))
        {
            return FormState.Again(context, $"/brands/{id}", draft.Refusals);
        }

        var changed = await desk.ChangeAsync(new BrandId(id), good, cancellationToken);
        return changed.Succeeded(out _) ? Results.LocalRedirect("/brands") : FormState.Again(context, $"/brands/{id}", changed.Refusals);
    }

    private static async Task<IResult> RetireAsync(Guid id, BrandDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await desk.RetireAsync(new BrandId(id), user.PersonId(), cancellationToken);
        return Results.LocalRedirect("/brands");
    }
}

/// <summary>A brand's form as it was sent.</summary>
internal sealed class BrandForm
{
    public string? Name { get; init; }
    public string? Handles { get; init; }
    public string[] Languages { get; init; } = [];
    public string? TimeZone { get; init; }
    public TimeOnly? QuietFrom { get; init; }
    public TimeOnly? QuietTo { get; init; }

    public Core.Result<BrandDraft> Check() => BrandDraft.Check(Name, Handles, Languages, TimeZone, QuietFrom, QuietTo);
}
