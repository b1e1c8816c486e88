using Holdfast.Core.People;
using Holdfast.People;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Shell;

/// <summary>The two choices anyone has before and after sign-in: language and light. Kept in cookies of this browser.</summary>
internal static class ShellApi
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void MapShellChoices(this IEndpointRouteBuilder app)
    {
        app.MapPost("/shell/language", SpeakAsync).AllowAnonymous();
        app.MapPost("/shell/theme", ([FromForm] string theme, [FromForm] string? back, HttpContext context) =>
            Keep(context, Themes.Cookie, Themes.All.Contains(theme) ? theme : "auto", back)).AllowAnonymous();
    }

    /// <summary>Who is signed in takes the language along: to other devices, and into the mails and pages sent to them.</summary>
    private static async Task<IResult> SpeakAsync([FromForm] string language, [FromForm] string? back, HttpContext context, PeopleDesk desk)
    {
        language = Languages.All.Any(each => each.Code == language) ? language : "en";
        if (context.User.Identity?.IsAuthenticated == true)
        {
            var account = await desk.FindAsync(context.User.PersonId());
            if (PersonDraft.Check(account.Name, account.Mail, language, account.TimeZone).Succeeded(out var draft))
            {
                await desk.ChangeAsync(context.User.PersonId(), draft, context.RequestAborted);
            }
        }

        return Keep(context, Languages.Cookie, language, back);
    }

    private static IResult Keep(HttpContext context, string cookie, string value, string? back)
    {
        context.Response.Cookies.Append(cookie, value, new CookieOptions
        {
            MaxAge = Kept,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        context.Response.Headers.Location = SignInApi.Local(back);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
