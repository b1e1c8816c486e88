namespace Holdfast.Core.Responses;

/// <summary>What somebody pasted for a post.</summary>
/// <param name="Address">As it may be stored: without what comes after the path.</param>
/// <param name="Who">Of an address on Bluesky's own site: the handle or the DID.</param>
/// <param name="Key">Of such an address: the name of the record.</param>
public sealed record PostLink(string Address, string? Who, string? Key)
{
    public static PostLink Of(string? text)
    {
        var link = text?.Trim() ?? "";
        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            return new PostLink(link, null, null);
        }

        var address = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return uri.Host is "bsky.app" && uri.AbsolutePath.Trim('/').Split('/') is ["profile", var who, "post", var key]
            ? new PostLink(address, Uri.UnescapeDataString(who), key)
            : new PostLink(address, null, null);
    }
}
