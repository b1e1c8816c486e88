using System.Text.Encodings.Web;
using Holdfast.Core;
using Holdfast.Shell;

namespace Holdfast;

/// <summary>A page that needs nothing: no database, no person, no script. It loads itself again while the database is away.</summary>
internal static class FaultPage
{
    public static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var words = new Words<Installed>();
        var title = words[$"fault.{context.Response.StatusCode switch { 503 => "away", 500 => "broken", _ => "refused" }}.title"];
        var text = words.Of(refusal);
        var again = context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable && HttpMethods.IsGet(context.Request.Method)
            ? "<meta http-equiv=\"refresh\" content=\"2\">"
            : "";
        var styles = context.RequestServices.GetService<Built>()?["site.css"];
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html><html lang="{words["lang"]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{again}
            <title>{Html(title)}</title><link rel="stylesheet" href="{styles}"></head>
            <body><main><h1>{Html(title)}</h1><p>{Html(text)}</p><p><a href="/">{Html(words["fault.back"])}</a></p></main></body></html>
            """);
    }

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>Names the words of the program's own folder.</summary>
    private sealed record Installed;
}
