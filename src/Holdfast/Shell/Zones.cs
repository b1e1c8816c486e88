namespace Holdfast.Shell;

/// <summary>Time zones by IANA name; an unknown name is UTC, so that a typing error never hides a time.</summary>
internal static class Zones
{
    public static DateTimeOffset In(string zone, DateTimeOffset at) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(at, found) : at.ToUniversalTime();

    /// <summary><c>Europe/Warsaw</c> as people say it: Warsaw.</summary>
    public static string Name(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');
}
