using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Shell;

/// <summary>The two choices anyone has before and after sign-in: language and light. Kept in cookies of this browser.</summary>
internal static class ShellApi
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void MapShellChoices(this IEndpointRouteBuilder app)
    {
        app.MapPost("/shell/language", ([FromForm] string language, [FromForm] string? back, HttpContext context) =>
            Keep(context, Languages.Cookie, Languages.All.Any(each => each.Code == language) ? language : "en", back)).AllowAnonymous();
        app.MapPost("/shell/theme", ([FromForm] string theme, [FromForm] string? back, HttpContext context) =>
            Keep(context, Themes.Cookie, Themes.All.Contains(theme) ? theme : "auto", back)).AllowAnonymous();
    }

    private static IResult Keep(HttpContext context, string cookie, string value, string? back)
    {
        context.Response.Cookies.Append(cookie, value, new CookieOptions
        {
            MaxAge = Kept, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps,
        });
        context.Response.Headers.Location = IsLocal(back) ? back : "/";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Only a path of our own: an address elsewhere would make this an open redirect.</summary>
    private static bool IsLocal(string? back) => back is ['/', ..] && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal);
}
