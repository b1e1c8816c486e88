using System.Diagnostics.CodeAnalysis;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>The address of a record: <c>at://did/collection/key</c>.</summary>
internal sealed record AtUri(string Repo, string Collection, string Key)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out AtUri? uri)
    {
        uri = text?.StartsWith("at://", StringComparison.Ordinal) == true && text[5..].Split('/') is [{ Length: > 0 } repo, { Length: > 0 } collection, { Length: > 0 } key]
            ? new(repo, collection, key)
            : null;
        return uri is not null;
    }

    /// <summary>Where people read it.</summary>
    public string Page(string? handle = null) => $"https://bsky.app/profile/{handle ?? Repo}/post/{Key}";

    public override string ToString() => $"at://{Repo}/{Collection}/{Key}";
}
