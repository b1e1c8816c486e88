using System.Text.Json;
using System.Text.Json.Nodes;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>The account's access token, in the form it is kept in. A Mastodon token does not end by itself and is not renewed.</summary>
internal static class MastodonSecret
{
    public static string Write(string token) => new JsonObject { ["token"] = token }.ToJsonString();

    public static string Token(AccountAccess account)
    {
        using var json = JsonDocument.Parse(account.Secret);
        return json.RootElement.Text("token") ?? throw new InvalidDataException("The account's secret has no token.");
    }
}
