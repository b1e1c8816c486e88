using System.Security.Claims;
using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.People;

/// <summary>The first administrator, invitations, rights.</summary>
internal static class PeopleApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/welcome", BeginAsync).AllowAnonymous();
        routes.MapPost("/invitation/{token}", AcceptAsync).AllowAnonymous();
        var group = routes.MapGroup("/people").RequireAuthorization(nameof(Permission.Administer));
        group.MapPost("", InviteAsync);
        group.MapPost("/{id:guid}/invite", InviteAgainAsync);
        group.MapPost("/{id:guid}/permission", SetPermissionAsync);
        group.MapPost("/{id:guid}/leave", LeaveAsync);
    }

    private static async Task<IResult> BeginAsync(
        [FromForm] string? setupCode, [FromForm] string? name, [FromForm] string? mail, [FromForm] string? password, [FromForm] string? language,
        [FromForm] string? timeZone, PeopleDesk desk, SetupCode expected, SignInManager<Account> signIn, HttpContext context, CancellationToken cancellationToken)
    {
        var draft = PersonDraft.Check(name, mail, language, timeZone);
        var refusals = expected.Is(setupCode) ? [.. draft.Refusals] : draft.Refusals.Prepend(Refusals.WrongSetupCode).ToList();
        if (refusals.Count == 0)
        {
            var begun = await desk.BeginAsync(draft.Value, password ?? "", cancellationToken);
            if (begun.Succeeded(out var account))
            {
                await signIn.SignInAsync(account, isPersistent: true);
                return Results.LocalRedirect("/me/second-factor");
            }

            refusals.AddRange(begun.Refusals);
        }

        return FormState.Again(context, "/welcome", refusals);
    }

    private static async Task<IResult> AcceptAsync(
        string token, [FromForm] string? password, PeopleDesk desk, SignInManager<Account> signIn, HttpContext context, CancellationToken cancellationToken)
    {
        var accepted = await desk.AcceptAsync(token, password ?? "", cancellationToken);
        if (!accepted.Succeeded(out var account))
        {
            return FormState.Again(context, $"/invitation/{token}", accepted.Refusals);
        }

        await signIn.SignInAsync(account, isPersistent: true);
        return Results.LocalRedirect("/me/second-factor");
    }

    private static async Task<IResult> InviteAsync(
        [FromForm] string? name, [FromForm] string? mail, [FromForm] string? language, [FromForm] string? timeZone, [FromForm] Permission permission,
        ClaimsPrincipal user, PeopleDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var draft = PersonDraft.Check(name, mail, language, timeZone);
        var token = draft.Succeeded(out var good)
            ? await desk.InviteAsync(good, permission, user.PersonId(), cancellationToken)
            : Result<string>.Refused(draft.Refusals);
        return token.Succeeded(out var text)
            ? FormState.Once(context, "/people", new Invited(good!.Name, text))
            : FormState.Again(context, "/people", token.Refusals);
    }

    private static async Task<IResult> InviteAgainAsync(Guid id, ClaimsPrincipal user, PeopleDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var account = await desk.FindAsync(new PersonId(id));
        var token = await desk.InviteAgainAsync(account.Id, user.PersonId(), cancellationToken);
        return FormState.Once(context, "/people", new Invited(account.Name, token.Value));
    }

    private static async Task<IResult> SetPermissionAsync(Guid id, [FromForm] Permission permission, ClaimsPrincipal user, PeopleDesk desk, HttpContext context, CancellationToken cancellationToken) =>
        Back(context, await desk.SetPermissionAsync(new PersonId(id), permission, user.PersonId(), cancellationToken));

    private static async Task<IResult> LeaveAsync(Guid id, ClaimsPrincipal user, PeopleDesk desk, HttpContext context, CancellationToken cancellationToken) =>
        Back(context, await desk.LeaveAsync(new PersonId(id), user.PersonId(), cancellationToken));

    private static IResult Back(HttpContext context, Result<PersonId> result) =>
        result.Succeeded(out _) ? Results.LocalRedirect("/people") : FormState.Again(context, "/people", result.Refusals);
}

/// <summary>A link to hand over, shown once: nobody here can read it again.</summary>
internal sealed record Invited(string Name, string Token);
