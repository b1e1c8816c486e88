using System.Text.RegularExpressions;

namespace Holdfast.Core.Publishing;

/// <summary>
/// How a Mastodon server counts a post: extended grapheme clusters of the warning and the text together; a link with http(s)://
/// counts as a fixed number whatever its length, and of a mention with a server only the name counts. The server's own rule
/// (<c>StatusLengthValidator</c>) finds links and names as twitter-text does; here by the same visible rules, simplified.
/// </summary>
public static partial class MastodonText
{
    /// <summary>What a link counts as where the server does not say.</summary>
    public const int UsualLinkLength = 23;

    public static int Length(string text, string? warning = null, int linkLength = UsualLinkLength) =>
        TextSize.Characters(warning ?? "") + TextSize.Characters(MentionsWithServer().Replace(Links().Replace(text, match => new string('x', linkLength)), "@$1"));

    // A link begins after anything but a letter, a figure or a sign that makes it part of a name; it has a host with a dot, and does
    // not end in punctuation. Brackets belong to it only in pairs.
    [GeneratedRegex(@"(?<![\p{L}\p{N}@@$#_/])https?://(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(?::\d+)?(?:/(?:[\p{L}\p{N}\p{M}@%&*!';:=+,.$_~|#-]|/|\([^\s()]*\))*(?<![!'"";:,.?|]))?(?:\?[\p{L}\p{N}!?*'@();:&=+$/%#\[\]_.,~|-]*[\p{L}\p{N}_&=#/-])?", RegexOptions.IgnoreCase)]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<![=/\p{L}\p{N}_])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@[\p{L}\p{N}.-]*[\p{L}\p{N}]", RegexOptions.IgnoreCase)]
    private static partial Regex MentionsWithServer();
}
