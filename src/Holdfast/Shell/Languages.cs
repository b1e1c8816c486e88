using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Holdfast.Shell;

/// <summary>The two languages of the interface, and how a request's is found: the person's, else the cookie's, else the browser's.</summary>
internal static class Languages
{
    /// <summary>The claim that carries a signed-in person's language, and the cookie before sign-in.</summary>
    public const string Claim = "language";
    public const string Cookie = "lang";

    public static readonly IReadOnlyList<(string Code, string Name)> All = [("en", "English"), ("pl", "Polski")];

    // British dates and a 24-hour clock: nobody at night should have to think about am and pm.
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo Polish = CultureInfo.GetCultureInfo("pl-PL");

    public static CultureInfo Culture(string? language) =>
        language?.StartsWith("pl", StringComparison.OrdinalIgnoreCase) == true ? Polish : English;

    public static string PluralForm(CultureInfo culture, long count)
    {
        var last = Math.Abs(count % 10);
        var lastTwo = Math.Abs(count % 100);
        return (culture.TwoLetterISOLanguageName, count) switch
        {
            (_, 1 or -1) => "one",
            ("pl", _) when last is >= 2 and <= 4 && lastTwo is < 12 or > 14 => "few",
            _ => "many",
        };
    }

    public static RequestLocalizationOptions Options() => new()
    {
        DefaultRequestCulture = new RequestCulture(English),
        SupportedCultures = [English, Polish],
        SupportedUICultures = [English, Polish],
        RequestCultureProviders =
        [
            new CustomRequestCultureProvider(context => Task.FromResult(Chosen(context))),
        ],
    };

    private static ProviderCultureResult? Chosen(HttpContext context)
    {
        var language = context.User.FindFirst(Claim)?.Value
            ?? context.Request.Cookies[Cookie]
            ?? context.Request.GetTypedHeaders().AcceptLanguage
                .OrderByDescending(each => each.Quality ?? 1)
                .Select(each => each.Value.Value)
                .FirstOrDefault(each => each is not null && (Starts(each, "pl") || Starts(each, "en")));
        return new ProviderCultureResult(Culture(language).Name);
    }

    private static bool Starts(string value, string code) => value.StartsWith(code, StringComparison.OrdinalIgnoreCase);
}
