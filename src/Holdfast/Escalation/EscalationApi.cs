using System.Security.Claims;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Networks.Notices.Mail;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Escalation;

/// <summary>Taking a page, by link or in the app, and the mail server.</summary>
internal static class EscalationApi
{
    private const string MailPath = "/settings/mail";

    public static void Map(IEndpointRouteBuilder routes)
    {
        // The token is the whole right to do this: there is no session that a foreign page could borrow.
        routes.MapPost("/a/{token}", TakeByLinkAsync).AllowAnonymous().DisableAntiforgery();
        routes.MapPost("/pages/{id:guid}/acknowledge", TakeAsync).RequireAuthorization(nameof(Permission.Respond));
        var mail = routes.MapGroup(MailPath).RequireAuthorization(nameof(Permission.Administer));
        mail.MapPost("", SaveMailAsync);
        mail.MapPost("/forget", ForgetMailAsync);
        mail.MapPost("/test", TestMailAsync);
    }

    private static async Task<IResult> TakeByLinkAsync(string token, EscalationDesk desk, CancellationToken cancellationToken)
    {
        if (Token.Hash(token) is { } hash)
        {
            await desk.AcknowledgeByLinkAsync(hash, cancellationToken);
        }

        // What came of it, the page says: taken, used, expired or unknown.
        return Results.LocalRedirect($"/a/{Uri.EscapeDataString(token)}");
    }

    // A form without fields is bound all the same: only then is its antiforgery token asked for.
    private static async Task<IResult> TakeAsync(Guid id, IFormCollection form, EscalationDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await desk.AcknowledgeAsync(new PageId(id), user.PersonId(), cancellationToken);
        var room = await desk.SituationOfAsync(new PageId(id), cancellationToken);
        return Results.LocalRedirect(room is { } situation ? $"/situations/{situation.Value}" : "/situations");
    }

    private static async Task<IResult> SaveMailAsync([FromForm] MailFields fields, MailSettingsDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var saved = await desk.SaveAsync(fields.Form(), cancellationToken);
        return saved.Succeeded(out _) ? Results.LocalRedirect(MailPath) : FormState.Again(context, MailPath, saved.Refusals);
    }

    private static async Task<IResult> ForgetMailAsync(IFormCollection form, MailSettingsDesk desk, CancellationToken cancellationToken)
    {
        await desk.ForgetAsync(cancellationToken);
        return Results.LocalRedirect(MailPath);
    }

    private static async Task<IResult> TestMailAsync(
        [FromForm] TestFields fields, MailSettingsDesk desk, Words<MailSettingsDesk> words, HttpContext context, CancellationToken cancellationToken) =>
        await desk.TestAsync(fields.To ?? "", words["mail.test.subject"], words["mail.test.text"], cancellationToken) is { } result
            ? FormState.Once(context, MailPath, result)
            : Results.LocalRedirect(MailPath);
}

/// <summary>The mail form as it was sent.</summary>
internal sealed class MailFields
{
    public string? Host { get; init; }

    public string? Port { get; init; }

    public string? Security { get; init; }

    public string? From { get; init; }

    public string? FromName { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Authority { get; init; }

    public MailForm Form() => new(
        Host ?? "",
        Port ?? "",
        Enum.TryParse<MailSecurity>(Security, out var security) ? security : MailSecurity.StartTls,
        From ?? "",
        FromName ?? "Holdfast",
        User,
        Password,
        Authority);
}

/// <summary>Where a test mail goes.</summary>
internal sealed class TestFields
{
    public string? To { get; init; }
}
