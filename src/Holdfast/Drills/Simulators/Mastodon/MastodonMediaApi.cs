namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Pictures and films: taken, worked on, ready. A picture is told apart by its first bytes, whatever it says it is.</summary>
internal static class MastodonMediaApi
{
    public static void Map(IEndpointRouteBuilder app, MastodonSimulator simulator)
    {
        app.MapPost("/api/v2/media", (Delegate)((HttpContext context) => UploadAsync(context, simulator, wait: false)));
        app.MapPost("/api/v1/media", (Delegate)((HttpContext context) => UploadAsync(context, simulator, wait: true)));
        app.MapGet("/api/v1/media/{id:long}", (HttpContext context, long id) =>
        {
            var medium = Own(context, simulator, id);
            return Results.Json(simulator.Json.Media(medium), statusCode: simulator.Json.IsReady(medium) ? 200 : 206);
        });
        app.MapPut("/api/v1/media/{id:long}", async (HttpContext context, long id) =>
        {
            var medium = Own(context, simulator, id);
            var asked = await MastodonParameters.ReadAsync(context.Request);
            simulator.World.Describe(medium, asked["description"] ?? medium.Alt);
            return simulator.Json.Media(Own(context, simulator, id));
        });
        app.MapGet("/system/media/{id:long}", (long id) =>
            simulator.World.Media(id) is { } medium ? Results.Bytes(medium.Bytes.ToArray(), medium.Type) : throw MastodonRefusal.NotFound());
    }

    private static SimulatedMedia Own(HttpContext context, MastodonSimulator simulator, long id)
    {
        var who = simulator.Who(context);
        return simulator.World.Media(id) is { } medium && medium.By == who ? medium : throw MastodonRefusal.NotFound();
    }

    private static async Task<IResult> UploadAsync(HttpContext context, MastodonSimulator simulator, bool wait)
    {
        var who = simulator.Who(context);
        var asked = await MastodonParameters.ReadAsync(context.Request);
        if (asked.File is not { } file)
            throw MastodonRefusal.Invalid("File can't be blank");
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(bytes, context.RequestAborted);
        var type = Type(bytes);
        if (type is null || !simulator.Limits.MediaTypes.Contains(type))
            throw MastodonRefusal.Invalid("File content type is invalid, File is invalid");
        var most = type.StartsWith("video/", StringComparison.Ordinal) ? simulator.Limits.VideoBytes : simulator.Limits.ImageBytes;
        if (bytes.Length > most)
            throw MastodonRefusal.Invalid($"File file size must be less than {most / 1024 / 1024} MB");
        if (asked["description"] is { } alt && alt.EnumerateRunes().Count() > simulator.Limits.MaxAlt)
            throw MastodonRefusal.Invalid($"Description is too long (maximum is {simulator.Limits.MaxAlt} characters)");
        var medium = simulator.World.AddMedia(who, type, bytes, asked["description"], wait ? TimeSpan.Zero : simulator.Limits.Processing);
        return Results.Json(simulator.Json.Media(medium), statusCode: simulator.Json.IsReady(medium) ? 200 : 202);
    }

    private static string? Type(ReadOnlySpan<byte> bytes) =>
        bytes is [0x89, 0x50, 0x4E, 0x47, ..] ? "image/png"
        : bytes is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
        : bytes.StartsWith("GIF8"u8) ? "image/gif"
        : bytes.Length > 12 && bytes[..4].SequenceEqual("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : bytes.Length > 12 && bytes[4..8].SequenceEqual("ftyp"u8) ? "video/mp4" : null;
}
