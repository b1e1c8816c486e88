using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.People;

/// <summary>One's own: name and language, second factor, passkeys, sessions.</summary>
internal static class MeApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/me").RequireAuthorization(PeopleFeature.SignedIn);
        group.MapPost("", ChangeAsync);
        group.MapPost("/second-factor", ProtectAsync);
        group.MapPost("/passkeys/options", PasskeyOptionsAsync);
        group.MapPost("/passkeys", AddPasskeyAsync);
        group.MapPost("/passkeys/remove", RemovePasskeyAsync);
        group.MapPost("/sessions/{id:guid}/end", EndSessionAsync);
    }

    private static async Task<IResult> ChangeAsync(
        [FromForm] string? name, [FromForm] string? mail, [FromForm] string? language, [FromForm] string? timeZone,
        ClaimsPrincipal user, PeopleDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var draft = PersonDraft.Check(name, mail, language, timeZone);
        var result = draft.Succeeded(out var good) ? await desk.ChangeAsync(user.PersonId(), good, cancellationToken) : Result<Account>.Refused(draft.Refusals);
        return result.Succeeded(out _) ? Results.LocalRedirect("/me") : FormState.Again(context, "/me", result.Refusals);
    }

    private static async Task<IResult> ProtectAsync(
        [FromForm] string? secret, [FromForm] string? code, ClaimsPrincipal user, PeopleDesk desk, TotpDraft draft, HttpContext context, CancellationToken cancellationToken)
    {
        if (draft.Open(secret, user.PersonId()) is not { } bytes)
        {
            return Results.LocalRedirect("/me/second-factor");
        }

        var codes = await desk.ProtectAsync(user.PersonId(), bytes, code ?? "", cancellationToken);
        return codes.Succeeded(out var shown)
            ? FormState.Once(context, "/me/recovery-codes", shown)
            : FormState.Again(context, "/me/second-factor", codes.Refusals);
    }

    private static async Task<IResult> PasskeyOptionsAsync(ClaimsPrincipal user, PeopleDesk desk, SignInManager<Account> signIn)
    {
        var account = await desk.FindAsync(user.PersonId());
        var options = await signIn.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity { Id = account.Id.Value.ToString(), Name = account.Mail, DisplayName = account.Name });
        return Results.Content(options, "application/json");
    }

    private static async Task<IResult> AddPasskeyAsync(
        JsonElement credential, ClaimsPrincipal user, PeopleDesk desk, SignInManager<Account> signIn, UserManager<Account> accounts, HttpRequest request)
    {
        var attestation = await signIn.PerformPasskeyAttestationAsync(credential.GetRawText());
        if (!attestation.Succeeded)
        {
            return Results.Problem(attestation.Failure.Message, statusCode: 422, title: Refusals.WrongPasskey.Code);
        }

        attestation.Passkey.Name = Device(request.Headers.UserAgent.ToString());
        await accounts.AddOrUpdatePasskeyAsync(await desk.FindAsync(user.PersonId()), attestation.Passkey);
        return Results.NoContent();
    }

    private static async Task<IResult> RemovePasskeyAsync([FromForm] string? id, ClaimsPrincipal user, PeopleDesk desk, UserManager<Account> accounts)
    {
        if (id is { Length: < 2000 } && Base64Url.IsValid(id))
        {
            await accounts.RemovePasskeyAsync(await desk.FindAsync(user.PersonId()), Base64Url.DecodeFromChars(id));
        }

        return Results.LocalRedirect("/me");
    }

    private static async Task<IResult> EndSessionAsync(Guid id, ClaimsPrincipal user, SessionSql sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(id, user.PersonId(), time.GetUtcNow(), cancellationToken);
        return Results.LocalRedirect("/me");
    }

    /// <summary>A short name for a device from what its browser says of itself: enough to tell one's own apart.</summary>
    public static string Device(string userAgent)
    {
        string[] systems = ["iPhone", "iPad", "Android", "Windows", "Mac OS", "CrOS", "Linux"];
        string[] browsers = ["Edg", "Firefox", "Chrome", "Safari"];
        var system = systems.FirstOrDefault(s => userAgent.Contains(s, StringComparison.Ordinal)) ?? "?";
        var browser = browsers.FirstOrDefault(b => userAgent.Contains(b, StringComparison.Ordinal)) ?? "?";
        return $"{(browser == "Edg" ? "Edge" : browser)}, {system}";
    }
}

/// <summary>A TOTP secret on its way to be proven: carried in the form, sealed, so that nothing unproven is stored.</summary>
internal sealed class TotpDraft(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("totp-draft");

    public string Seal(byte[] secret, PersonId person) => _seal.CreateProtector(person.Value.ToString()).Protect(Convert.ToBase64String(secret));

    public byte[]? Open(string? text, PersonId person)
    {
        try
        {
            return text is null ? null : Convert.FromBase64String(_seal.CreateProtector(person.Value.ToString()).Unprotect(text));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
