using System.Security.Claims;
using Holdfast.Core.People;

namespace Holdfast.People;

/// <summary>Who is asking, read from the signed-in principal; filled afresh at every request by <see cref="Sessions"/>.</summary>
internal static class Principal
{
    public const string PersonClaim = ClaimTypes.NameIdentifier;
    public const string SessionClaim = "session";
    public const string PermissionClaim = "permission";
    public const string LanguageClaim = "language";
    public const string ZoneClaim = "zone";

    /// <summary>Present where a passkey or a second factor stands behind the session.</summary>
    public const string ProtectedClaim = "protected";

    public static PersonId PersonId(this ClaimsPrincipal user) =>
        new(Guid.Parse(user.FindFirstValue(PersonClaim) ?? throw new InvalidOperationException("Nobody is signed in; the route lacks a policy.")));

    public static string PersonName(this ClaimsPrincipal user) => user.Identity?.Name ?? "";

    public static bool May(this ClaimsPrincipal user, Permission permission) =>
        Enum.TryParse<Permission>(user.FindFirstValue(PermissionClaim), out var held) && held >= permission;

    public static string? Language(this ClaimsPrincipal user) => user.FindFirstValue(LanguageClaim);

    public static string? TimeZone(this ClaimsPrincipal user) => user.FindFirstValue(ZoneClaim);

    public static bool IsProtected(this ClaimsPrincipal user) => user.HasClaim(c => c.Type == ProtectedClaim);

    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(SessionClaim), out var id) ? id : null;
}
