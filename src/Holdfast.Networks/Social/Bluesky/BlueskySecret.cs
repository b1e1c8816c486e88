using System.Buffers.Text;
using System.Text.Json;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>What is kept sealed for an account: the two tokens of a session, and the server that holds the repository. The app password is not kept.</summary>
internal sealed record BlueskySecret(string Access, string Refresh, Uri Pds)
{
    /// <summary>A token that ends sooner than this is renewed before it is used.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public static BlueskySecret? Read(string secret)
    {
        try
        {
            return JsonSerializer.Deserialize<BlueskySecret>(secret) is { Access: not null, Refresh: not null, Pds: not null } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this);

    public bool IsOver(DateTimeOffset now) => End(Access) is { } end && end - now < Margin;

    public override string ToString() => Pds.Host;

    /// <summary>The end that a JWT says of itself; null where it cannot be read, and then the server will tell.</summary>
    private static DateTimeOffset? End(string token)
    {
        try
        {
            var payload = token.Split('.') is [_, var middle, _] ? Base64Url.DecodeFromChars(middle) : [];
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.Number("exp") is { } seconds and > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
