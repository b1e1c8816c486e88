using Microsoft.AspNetCore.StaticFiles;

namespace Holdfast.Shell;

/// <summary>Serves what esbuild made, compressed beforehand, to be kept by browsers for a year.</summary>
internal static class BuiltApi
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapBuilt(this IEndpointRouteBuilder app) =>
        app.MapGet("/built/{id}/{**path}", Send).AllowAnonymous().ExcludeFromDescription();

    private static IResult Send(string path, HttpContext context, Built built)
    {
        var file = Path.GetFullPath(Path.Combine(built.Folder, path));
        if (!file.StartsWith(built.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file)
            || !Types.TryGetContentType(file, out var type))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        foreach (var (name, extension) in (ReadOnlySpan<(string, string)>)[("br", ".br"), ("gzip", ".gz")])
        {
            if (accepted.Contains(name, StringComparison.OrdinalIgnoreCase) && File.Exists(file + extension))
            {
                context.Response.Headers.ContentEncoding = name;
                return Results.File(file + extension, type);
            }
        }

        return Results.File(file, type);
    }
}
