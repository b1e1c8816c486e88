using System.Text.Json.Nodes;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Applications and their tokens. Every simulated account's password is <c>password</c>.</summary>
internal static class MastodonSignInApi
{
    public const string Password = "password";

    public static void Map(IEndpointRouteBuilder app, MastodonSimulator simulator)
    {
        app.MapPost("/api/v1/apps", async (HttpContext context) =>
        {
            var asked = await MastodonParameters.ReadAsync(context.Request);
            if (asked["client_name"] is not { Length: > 0 } name)
                throw MastodonRefusal.Invalid("Application name can't be blank");
            return new JsonObject
            {
                ["id"] = "1",
                ["name"] = name,
                ["website"] = asked["website"],
                ["scopes"] = new JsonArray([.. (asked["scopes"] ?? "read").Split(' ').Select(s => JsonValue.Create(s))]),
                ["redirect_uri"] = asked["redirect_uris"] ?? "urn:ietf:wg:oauth:2.0:oob",
                ["client_id"] = "client-id",
                ["client_secret"] = "client-secret",
                ["vapid_key"] = "",
            };
        });
        app.MapPost("/oauth/token", async (HttpContext context) =>
        {
            var asked = await MastodonParameters.ReadAsync(context.Request);
            return Token(simulator, asked);
        });
        app.MapPost("/oauth/revoke", async (HttpContext context) =>
        {
            var asked = await MastodonParameters.ReadAsync(context.Request);
            simulator.World.Revoke(asked["token"] ?? "");
            return new object();
        });
    }

    private static IResult Token(MastodonSimulator simulator, MastodonParameters asked)
    {
        if (asked["client_id"] != "client-id" || asked["client_secret"] != "client-secret")
            return Refuse(401, "invalid_client", "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.");
        if (asked["grant_type"] is not ("password" or "client_credentials"))
            return Refuse(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server.");
        var account = simulator.World.ByName((asked["username"] ?? "").Split('@')[0]);
        if (asked["grant_type"] == "password" && (account is null || asked["password"] != Password))
            return Refuse(400, "invalid_grant", "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.");
        return Results.Json(new JsonObject
        {
            ["access_token"] = account?.Token ?? "token-of-the-application",
            ["token_type"] = "Bearer",
            ["scope"] = asked["scope"] ?? "read",
            ["created_at"] = 1_700_000_000,
        });
    }

    private static IResult Refuse(int status, string error, string description) =>
        Results.Json(new JsonObject { ["error"] = error, ["error_description"] = description }, statusCode: status);
}
