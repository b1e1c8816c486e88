using System.Text.Json.Nodes;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>What the server says about itself, as versions 1 and 2 of the API want it.</summary>
internal static class MastodonInstanceApi
{
    public static void Map(IEndpointRouteBuilder app, MastodonSimulator simulator)
    {
        app.MapGet("/api/v1/instance", () => First(simulator));
        app.MapGet("/api/v2/instance", () => Second(simulator));
    }

    private static JsonObject First(MastodonSimulator simulator) => new()
    {
        ["uri"] = simulator.Address.Authority,
        ["title"] = "Simulated",
        ["short_description"] = "",
        ["description"] = "",
        ["email"] = "admin@simulated.example",
        ["version"] = MastodonJson.Version,
        ["urls"] = new JsonObject { ["streaming_api"] = Streaming(simulator) },
        ["stats"] = new JsonObject { ["user_count"] = simulator.World.Accounts.Count, ["status_count"] = simulator.World.Statuses.Count, ["domain_count"] = 1 },
        ["thumbnail"] = null,
        ["languages"] = new JsonArray("en"),
        ["registrations"] = false,
        ["approval_required"] = false,
        ["invites_enabled"] = false,
        ["configuration"] = Configuration(simulator.Limits),
        ["contact_account"] = null,
        ["rules"] = new JsonArray(),
    };

    private static JsonObject Second(MastodonSimulator simulator)
    {
        var configuration = Configuration(simulator.Limits);
        configuration["urls"] = new JsonObject { ["streaming"] = Streaming(simulator) };
        configuration["translation"] = new JsonObject { ["enabled"] = false };
        return new JsonObject
        {
            ["domain"] = simulator.Domain ?? simulator.Address.Authority,
            ["title"] = "Simulated",
            ["version"] = MastodonJson.Version,
            ["source_url"] = "",
            ["description"] = "",
            ["usage"] = new JsonObject { ["users"] = new JsonObject { ["active_month"] = simulator.World.Accounts.Count } },
            ["languages"] = new JsonArray("en"),
            ["configuration"] = configuration,
            ["registrations"] = new JsonObject { ["enabled"] = false, ["approval_required"] = false, ["message"] = null },
            ["api_versions"] = new JsonObject { ["mastodon"] = 2 },
            ["contact"] = new JsonObject { ["email"] = "admin@simulated.example", ["account"] = null },
            ["rules"] = new JsonArray(),
        };
    }

    private static string Streaming(MastodonSimulator simulator) => $"ws://{simulator.Address.Authority}";

    private static JsonObject Configuration(MastodonLimits limits) => new()
    {
        ["accounts"] = new JsonObject { ["max_featured_tags"] = 10 },
        ["statuses"] = new JsonObject
        {
            ["max_characters"] = limits.MaxCharacters,
            ["max_media_attachments"] = limits.MaxMedia,
            ["characters_reserved_per_url"] = limits.CharactersPerLink,
        },
        ["media_attachments"] = new JsonObject
        {
            ["supported_mime_types"] = new JsonArray([.. limits.MediaTypes.Select(t => JsonValue.Create(t))]),
            ["description_limit"] = limits.MaxAlt,
            ["image_size_limit"] = limits.ImageBytes,
            ["image_matrix_limit"] = 33_177_600,
            ["video_size_limit"] = limits.VideoBytes,
            ["video_frame_rate_limit"] = 120,
            ["video_matrix_limit"] = 8_294_400,
        },
        ["polls"] = new JsonObject { ["max_options"] = 4, ["max_characters_per_option"] = 50, ["min_expiration"] = 300, ["max_expiration"] = 2_629_746 },
    };
}
