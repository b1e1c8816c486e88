using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.ResponseCompression;

namespace Holdfast.Shell;

/// <summary>The frame of every page: layout, words, styles and scripts, and the headers that keep strangers' scripts out.</summary>
internal static class ShellFeature
{
    /// <summary>No inline script or style anywhere; nothing from other hosts; nobody frames us.</summary>
    private const string ContentPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddAntiforgery();
        services.AddSingleton(typeof(Words<>));
        services.AddSingleton<Built>();
        services.AddScoped<BarDesk>();
        // Polish letters travel as themselves; what is dangerous in HTML is still escaped.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    /// <summary>What stands around every request; call after authentication, whose person decides the language.</summary>
    public static void UseShell(this IApplicationBuilder app)
    {
        app.UseResponseCompression();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            return next(context);
        });
        app.UseRequestLocalization(Languages.Options());
    }

    public static void MapShell(this IEndpointRouteBuilder app)
    {
        app.MapBuilt();
        app.MapChanges();
        app.MapShellChoices();
        // Forms post to the routes of their feature, often of the page's own path: a page must not answer there too.
        app.MapRazorComponents<App>().Finally(page =>
        {
            foreach (var methods in page.Metadata.OfType<HttpMethodMetadata>().ToList())
            {
                page.Metadata.Remove(methods);
            }

            page.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        });
    }
}
