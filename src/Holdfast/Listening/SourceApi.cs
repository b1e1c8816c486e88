using System.Globalization;
using System.Security.Claims;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Listening;

/// <summary>The forms of the sources' pages.</summary>
internal static class SourceApi
{
    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/sources").RequireAuthorization(nameof(Permission.Administer));
        group.MapPost("", CreateAsync);
        group.MapPost("/{id:guid}/secret", ReplaceSecretAsync);
        group.MapPost("/{id:guid}/retire", RetireAsync);
        routes.MapPost("/sources/hand", EnterAsync).RequireAuthorization(nameof(Permission.Respond));
    }

    private static async Task<IResult> CreateAsync([FromForm] SourceForm form, SourceDesk desk, HttpContext context, CancellationToken cancel)
    {
        var within = string.IsNullOrWhiteSpace(form.ExpectedWithin) ? null : Minutes(form.ExpectedWithin);
        var created = await desk.CreateWebhookAsync(
            form.Name, form.Network, [.. form.Brands.Select(b => new BrandId(b))], within, context.User.PersonId(), cancel);
        return created.Succeeded(out var secret)
            ? FormState.Once(context, $"/sources/{secret.Source.Value}", secret)
            : FormState.Again(context, "/sources/new", created.Refusals);
    }

    private static async Task<IResult> ReplaceSecretAsync(Guid id, SourceDesk desk, HttpContext context, CancellationToken cancel)
    {
        var replaced = await desk.ReplaceSecretAsync(new SourceId(id), context.User.PersonId(), cancel);
        return replaced.Succeeded(out var secret)
            ? FormState.Once(context, $"/sources/{id}", secret)
            : FormState.Again(context, $"/sources/{id}", replaced.Refusals);
    }

    private static async Task<IResult> RetireAsync(Guid id, SourceDesk desk, ClaimsPrincipal user, CancellationToken cancel)
    {
        await desk.RetireAsync(new SourceId(id), user.PersonId(), cancel);
        return Results.LocalRedirect("/sources");
    }

    private static async Task<IResult> EnterAsync([FromForm] HandForm form, HandDesk desk, HttpContext context, CancellationToken cancel)
    {
        var entered = await desk.EnterAsync(form, cancel);
        return entered.Succeeded(out var verdict)
            ? FormState.Once(context, "/sources/hand", verdict)
            : FormState.Again(context, "/sources/hand", entered.Refusals);
    }

    // What is no number is no expectation that could be kept; the desk refuses it with the limits.
    private static TimeSpan? Minutes(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;
}

/// <summary>The form of a new webhook as it was sent.</summary>
internal sealed class SourceForm
{
    public string? Name { get; init; }
    public string? Network { get; init; }
    public string? ExpectedWithin { get; init; }
    public Guid[] Brands { get; init; } = [];
}

/// <summary>What someone was told, as they typed it in.</summary>
internal sealed class HandForm
{
    public static readonly IReadOnlyList<string> Networks = ["phone", "press", "counter", "mail"];

    /// <summary>Made with the page, so that a form sent twice is one post.</summary>
    public Guid Id { get; init; }
    public Guid Brand { get; init; }
    public string? Network { get; init; }
    public string? Who { get; init; }
    public string? At { get; init; }
    public string? Url { get; init; }
    public string? Text { get; init; }
}
