using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Plain text as the server shows it: paragraphs, breaks, links cut for the eye, mentions and tags as links.</summary>
internal static partial class MastodonHtml
{
    private const int ShownOfALink = 30;

    public static string Write(string text, Uri server, Func<string, bool> exists)
    {
        var html = new StringBuilder();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            html.Append("<p>").Append(Entities(paragraph, server, exists).Replace("\n", "<br />", StringComparison.Ordinal)).Append("</p>");
        return html.ToString();
    }

    public static IReadOnlyList<string> Tags(string text) => [.. Entity().Matches(text).Where(m => m.Groups["tag"].Success).Select(m => m.Groups["tag"].Value)];

    public static IReadOnlyList<string> Mentions(string text) => [.. Entity().Matches(text).Where(m => m.Groups["name"].Success).Select(m => m.Groups["name"].Value)];

    private static string Entities(string text, Uri server, Func<string, bool> exists)
    {
        var html = new StringBuilder();
        var done = 0;
        foreach (Match match in Entity().Matches(text))
        {
            html.Append(WebUtility.HtmlEncode(text[done..match.Index]));
            html.Append(match.Groups["link"].Success ? Link(match.Value)
                : match.Groups["tag"].Success ? $"<a href=\"{server}tags/{match.Groups["tag"].Value.ToLowerInvariant()}\" class=\"mention hashtag\" rel=\"tag\">#<span>{match.Groups["tag"].Value}</span></a>"
                : exists(match.Groups["name"].Value) ? Mention(match.Groups["name"].Value, server) : WebUtility.HtmlEncode(match.Value));
            done = match.Index + match.Length;
        }

        return html.Append(WebUtility.HtmlEncode(text[done..])).ToString();
    }

    private static string Mention(string name, Uri server) =>
        $"<span class=\"h-card\" translate=\"no\"><a href=\"{server}@{name}\" class=\"u-url mention\">@<span>{name.Split('@')[0]}</span></a></span>";

    private static string Link(string link)
    {
        var head = link.IndexOf("://", StringComparison.Ordinal) + 3;
        if (link[head..].StartsWith("www.", StringComparison.Ordinal))
            head += 4;
        var end = Math.Min(link.Length, head + ShownOfALink);
        return $"<a href=\"{WebUtility.HtmlEncode(link)}\" target=\"_blank\" rel=\"nofollow noopener noreferrer\" translate=\"no\"><span class=\"invisible\">{link[..head]}</span>"
            + $"<span class=\"{(end < link.Length ? "ellipsis" : "")}\">{WebUtility.HtmlEncode(link[head..end])}</span><span class=\"invisible\">{WebUtility.HtmlEncode(link[end..])}</span></a>";
    }

    [GeneratedRegex(@"(?<link>https?://[^\s<>""]+[^\s<>"".,;:!?)])|(?<![\w/])#(?<tag>\w*\p{L}\w*)|(?<![\w/])@(?<name>\w+(?:@[\w.-]+\w)?)")]
    private static partial Regex Entity();
}
