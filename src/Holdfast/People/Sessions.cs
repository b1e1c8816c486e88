using System.Security.Claims;
using Holdfast.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Holdfast.People;

/// <summary>Ties the cookie to a row: a session can be listed and ended, and a change of rights holds from the next request.</summary>
internal sealed class Sessions(SessionSql sql, OpenDoor door, TimeProvider time) : CookieAuthenticationEvents
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private const int MaxDeviceLength = 200;

    public override async Task SigningIn(CookieSigningInContext context)
    {
        if (context.Principal is { Identity: ClaimsIdentity identity } principal)
        {
            var id = Ids.New(time);
            identity.AddClaim(new Claim(Principal.SessionClaim, id.ToString()));
            var device = context.Request.Headers.UserAgent.ToString();
            await sql.BeginAsync(id, principal.PersonId(), device[..Math.Min(device.Length, MaxDeviceLength)], time.GetUtcNow(), context.HttpContext.RequestAborted);
        }
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var cancellation = context.HttpContext.RequestAborted;
        var id = context.Principal?.SessionId();
        if (id is null || await sql.FindAsync(id.Value, cancellation) is not { } session)
        {
            context.RejectPrincipal();
            return;
        }

        context.ReplacePrincipal(new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(Principal.PersonClaim, session.Id.Value.ToString()),
            new Claim(ClaimTypes.Name, session.Name),
            new Claim(Principal.SessionClaim, id.Value.ToString()),
            new Claim(Principal.PermissionClaim, session.Permission.ToString()),
            new Claim(Principal.LanguageClaim, session.Language),
            new Claim(Principal.ZoneClaim, session.TimeZone),
            .. session.IsProtected || door.IsOpen ? [new Claim(Principal.ProtectedClaim, "yes")] : Array.Empty<Claim>(),
        ], context.Scheme.Name)));

        if (time.GetUtcNow() - session.SeenAt > SeenEvery)
        {
            await sql.SeenAsync(id.Value, time.GetUtcNow(), cancellation);
        }
    }

    /// <summary>Who lacks only the second proof is led to it.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.HttpContext.User.IsProtected())
        {
            context.RedirectUri = "/me/second-factor";
        }

        return base.RedirectToAccessDenied(context);
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (context.HttpContext.User is { Identity.IsAuthenticated: true } user && user.SessionId() is { } id)
        {
            await sql.EndAsync(id, user.PersonId(), time.GetUtcNow(), context.HttpContext.RequestAborted);
        }
    }
}
