using System.Text.Json;
using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.People;

/// <summary>Signing in: by passkey, or by password and a code; and out again.</summary>
internal static class SignInApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/sign-in").AllowAnonymous();
        group.MapPost("", PasswordAsync);
        group.MapPost("/code", CodeAsync);
        group.MapPost("/recovery", RecoveryAsync);
        group.MapPost("/passkey/options", PasskeyOptionsAsync);
        group.MapPost("/passkey", PasskeyAsync);
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
    }

    public static void MapOpenDoor(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-in/door", EnterAsync).AllowAnonymous();

    private static async Task<IResult> EnterAsync([FromForm] Guid person, PeopleDesk desk, SignInManager<Account> signIn)
    {
        await signIn.SignInAsync(await desk.FindAsync(new PersonId(person)), isPersistent: true);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> PasswordAsync([FromForm] string? mail, [FromForm] string? password, [FromForm] string? to, SignInManager<Account> signIn, HttpContext context)
    {
        var result = await signIn.PasswordSignInAsync(mail ?? "", password ?? "", isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            return Results.LocalRedirect(Local(to));
        }

        return result.RequiresTwoFactor
            ? Results.LocalRedirect($"/sign-in/code?to={Uri.EscapeDataString(Local(to))}")
            : FormState.Again(context, "/sign-in", Why(result, Refusals.WrongPassword));
    }

    private static async Task<IResult> CodeAsync([FromForm] string? code, [FromForm] string? to, SignInManager<Account> signIn, HttpContext context)
    {
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(code ?? "", isPersistent: true, rememberClient: false);
        return result.Succeeded
            ? Results.LocalRedirect(Local(to))
            : FormState.Again(context, "/sign-in/code", Why(result, Refusals.WrongCode));
    }

    private static async Task<IResult> RecoveryAsync([FromForm] string? code, [FromForm] string? to, SignInManager<Account> signIn, HttpContext context)
    {
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code ?? "");
        return result.Succeeded
            ? Results.LocalRedirect(Local(to))
            : FormState.Again(context, "/sign-in/code", Why(result, Refusals.WrongCode with { Property = "recovery" }));
    }

    private static async Task<ContentHttpResult> PasskeyOptionsAsync(SignInManager<Account> signIn) =>
        TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> PasskeyAsync(JsonElement credential, SignInManager<Account> signIn)
    {
        var result = await signIn.PasskeySignInAsync(credential.GetRawText());
        return result.Succeeded ? Results.NoContent() : Results.Problem(Refusals.WrongPasskey.Message, statusCode: 401, title: Refusals.WrongPasskey.Code);
    }

    private static async Task<IResult> SignOutAsync(SignInManager<Account> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/sign-in");
    }

    private static Refusal[] Why(Microsoft.AspNetCore.Identity.SignInResult result, Refusal otherwise) =>
        [result.IsLockedOut ? Refusals.Locked with { Property = otherwise.Property } : otherwise];

    /// <summary>Where to go next: only ever a path of ours, or this would be an open redirect.</summary>
    public static string Local(string? to) =>
        to is ['/', ..] and not ['/', '/' or '\\', ..] ? to : "/";
}
