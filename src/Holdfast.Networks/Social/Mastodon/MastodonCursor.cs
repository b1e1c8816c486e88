using System.Globalization;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>How far the timeline and the notifications were read: <c>t=109…;n=68…</c>, ids of the server.</summary>
internal sealed record MastodonCursor(string? Timeline, string? Notifications)
{
    /// <summary>Ids begin with the milliseconds of creation; what another server made earlier and sent later has a smaller one.</summary>
    private const long Overlap = 60_000L << 16;

    private const long SmallestWithTime = 1L << 40;

    public static MastodonCursor Read(string? written)
    {
        var parts = (written ?? "").Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2 && IsId(part[1])).ToLookup(part => part[0], part => part[1]);
        return new(parts["t"].FirstOrDefault(), parts["n"].FirstOrDefault());
    }

    public static bool IsId(string? id) => id is { Length: > 0 and <= 40 } && id.All(char.IsAsciiLetterOrDigit);

    /// <summary>Numbers by their value; the ids of servers that use letters are of one length and sort as they are.</summary>
    public static string? Later(string? one, string? other)
    {
        if (!IsId(other))
            return one;
        return one is null || one.Length < other!.Length || (one.Length == other.Length && string.CompareOrdinal(one, other) < 0) ? other : one;
    }

    /// <summary>Where to begin after a gap, a little before where it was left.</summary>
    public static string Before(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > SmallestWithTime + Overlap
            ? (number - Overlap).ToString(CultureInfo.InvariantCulture) : id;

    public override string ToString() => string.Join(';', new[] { Timeline is null ? null : $"t={Timeline}", Notifications is null ? null : $"n={Notifications}" }.OfType<string>());
}
