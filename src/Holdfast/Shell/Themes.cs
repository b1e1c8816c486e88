namespace Holdfast.Shell;

/// <summary>Light, dark, or as the device has it.</summary>
internal static class Themes
{
    public const string Cookie = "theme";

    public static readonly IReadOnlyList<string> All = ["auto", "light", "dark"];

    public static string Of(HttpContext context) => context.Request.Cookies[Cookie] is { } theme && All.Contains(theme) ? theme : "auto";
}
