using Holdfast.Core.People;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Holdfast.People;

internal static class PeopleFeature
{
    /// <summary>The policy of the few pages that are open before a second proof is set.</summary>
    public const string SignedIn = nameof(SignedIn);

    public static void AddPeople(this IServiceCollection services)
    {
        services.TryAddSingleton(new OpenDoor(IsOpen: false));
        services.AddSingleton<SetupCode>();
        services.AddSingleton<AccountSql>();
        services.AddSingleton<TotpDraft>();
        services.AddScoped<PeopleDesk>();
        services.AddSingleton<SessionSql>();
        services.AddScoped<Sessions>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie?.Configure(StayIn);
            cookies.TwoFactorUserIdCookie?.Configure(Harden);
        });
        services.AddIdentityCore<Account>(Rules)
            .AddSignInManager()
            .AddUserStore<AccountStore>()
            .AddTokenProvider<TotpProvider>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthorization(options =>
        {
            foreach (var permission in Enum.GetValues<Permission>())
            {
                options.AddPolicy(permission.ToString(), policy => policy
                    .RequireAuthenticatedUser().RequireClaim(Principal.ProtectedClaim).RequireAssertion(c => c.User.May(permission)));
            }

            options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());

            // What forgets to name a policy is closed, not open.
            options.FallbackPolicy = options.GetPolicy(nameof(Permission.Read));
        });
    }

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        SignInApi.Map(routes);
        MeApi.Map(routes);
        PeopleApi.Map(routes);
        if (routes.ServiceProvider.GetRequiredService<OpenDoor>().IsOpen)
        {
            SignInApi.MapOpenDoor(routes);
        }
    }

    private static void StayIn(CookieAuthenticationOptions cookie)
    {
        Harden(cookie);
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/no-permission";
        cookie.ReturnUrlParameter = "to";
        cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
        cookie.EventsType = typeof(Sessions);
    }

    private static void Harden(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static void Rules(IdentityOptions options)
    {
        // Length is what makes a password strong (NIST SP 800-63B section 5.1.1.2); composition rules make people write it down.
        options.Password = new PasswordOptions
        {
            RequiredLength = 12,
            RequiredUniqueChars = 4,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        options.Lockout.MaxFailedAccessAttempts = 8;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.AllowedUserNameCharacters = "";
    }
}
