using System.Text;
using static System.Net.WebUtility;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>The two pages that anybody can look at with a browser: what somebody said, and a post with what was answered to it.</summary>
internal static class MastodonWebPages
{
    private const string Head = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Simulated Mastodon</title>
        <style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:36rem;margin:2rem auto;padding:0 1rem}article{padding:.75rem 0;border-top:1px solid color-mix(in srgb,currentcolor 20%,transparent);overflow-wrap:anywhere}article.reply{margin-left:1.5rem}small{opacity:.7}</style>
        <p><small>A Mastodon server that lives in the demo. What you see here has left Holdfast.</small></p>
        """;

    // In a thread, what came from a program stands first: that is what one comes to look at.
    public static void Map(IEndpointRouteBuilder app, MastodonSimulator simulator)
    {
        app.MapGet("/@{name}", (string name) => Answer(simulator.World.Statuses.Where(s => s.By.Name == name).Reverse(), reply: _ => false));
        app.MapGet("/@{name}/{id:long}", (long id) => Answer(simulator.World.Statuses.Where(s => s.Id == id || s.InReplyTo == id).OrderByDescending(s => s.Id == id).ThenByDescending(s => s.Key is not null), reply: s => s.Id != id));
    }

    private static IResult Answer(IEnumerable<SimulatedStatus> statuses, Func<SimulatedStatus, bool> reply)
    {
        var page = new StringBuilder(Head);
        foreach (var status in statuses.Where(status => status.Visibility is "public" or "unlisted"))
        {
            page.Append("<article").Append(reply(status) ? " class=\"reply\"" : "").Append("><b>@").Append(HtmlEncode(status.By.Name)).Append("</b><br>")
                .Append(HtmlEncode(status.Text).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</article>");
        }

        return Results.Content(page.ToString(), "text/html; charset=utf-8");
    }
}
