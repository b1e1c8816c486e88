using System.Net;
using System.Text;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>
/// The words of a status, which come as HTML of a few known elements: paragraphs and breaks become line ends, links are whole again
/// (the server cuts them for the eye with spans that stay in the text), and everything else is passed over. One pass, whatever comes.
/// </summary>
internal static class HtmlText
{
    public static string Of(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            if (tag < 0 || !BeginsTag(html, tag))
            {
                var end = tag < 0 ? html.Length : tag + 1;
                text.Append(Words(html.AsSpan(at, end - at)));
                at = end;
                continue;
            }

            text.Append(Words(html.AsSpan(at, tag - at)));
            at = Pass(html, tag, text);
        }

        return Tidy(text);
    }

    private static bool BeginsTag(string html, int at) => at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?');

    /// <returns>Where the text goes on.</returns>
    private static int Pass(string html, int tag, StringBuilder text)
    {
        if (html.AsSpan(tag).StartsWith("<!--"))
            return html.IndexOf("-->", tag + 4, StringComparison.Ordinal) is >= 0 and var closed ? closed + 3 : html.Length;
        var end = End(html, tag + 1);
        var (name, closes) = Name(html.AsSpan(tag + 1, end - tag - 1));
        switch (name)
        {
            case "br":
                text.Append('\n');
                break;
            case "p" or "div" or "blockquote" or "ul" or "ol" or "pre" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" when closes:
                text.Append("\n\n");
                break;
            case "li" when !closes:
                text.Append("\n- ");
                break;
            case "script" or "style" when !closes:
                return html.IndexOf($"</{name}", end, StringComparison.OrdinalIgnoreCase) is >= 0 and var over ? over : html.Length;
        }

        return Math.Min(html.Length, end + 1);
    }

    /// <summary>The tag's closing bracket; one inside a quoted value is none.</summary>
    private static int End(string html, int at)
    {
        var quote = '\0';
        for (; at < html.Length; at++)
        {
            if (quote != '\0')
                quote = html[at] == quote ? '\0' : quote;
            else if (html[at] is '"' or '\'')
                quote = html[at];
            else if (html[at] == '>')
                return at;
        }

        return html.Length;
    }

    private static (string Name, bool Closes) Name(ReadOnlySpan<char> tag)
    {
        var closes = tag.StartsWith("/");
        var rest = closes ? tag[1..] : tag;
        var length = 0;
        while (length < rest.Length && char.IsAsciiLetterOrDigit(rest[length]))
            length++;
        return (rest[..length].ToString().ToLowerInvariant(), closes);
    }

    private static string Words(ReadOnlySpan<char> html) => WebUtility.HtmlDecode(html.ToString().Replace('\n', ' ').Replace('\r', ' '));

    // NUL and halves of pairs cannot be stored; a decoded reference can make them.
    private static string Tidy(StringBuilder text)
    {
        var tidy = new StringBuilder(text.Length);
        var lines = 0;
        foreach (var rune in text.ToString().Trim().EnumerateRunes())
        {
            lines = rune.Value == '\n' ? lines + 1 : 0;
            if (lines <= 2 && rune.Value != 0)
                tidy.Append(rune.ToString());
        }

        return tidy.ToString();
    }
}
