using Holdfast.Core;

namespace Holdfast.Publishing;

/// <summary>What a person types to connect an account.</summary>
internal sealed class AccountForm
{
    private const string UsualBluesky = "https://bsky.social";

    public Guid Brand { get; init; }
    public string? Network { get; init; }
    public string? Server { get; init; }

    /// <summary>The handle, where the network wants one.</summary>
    public string? Name { get; init; }
    public string? Password { get; init; }
    public bool NeedsApproval { get; init; }

    /// <summary>Null where it is no address that may be trusted with a password.</summary>
    public Uri? Origin
    {
        get
        {
            var typed = Server?.Trim() is { Length: > 0 } server ? server : Network == "bluesky" ? UsualBluesky : "";
            typed = typed.Contains("://", StringComparison.Ordinal) ? typed : $"https://{typed}";
            return Uri.TryCreate(typed, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Host.Length > 0
                && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
                    ? new Uri(uri.GetLeftPart(UriPartial.Authority))
                    : null;
        }
    }

    public static List<Refusal> Check(AccountForm form, bool networkIsKnown)
    {
        var refusals = new List<Refusal>();
        if (form.Brand == Guid.Empty)
        {
            refusals.Add(PublishingRefusals.NoBrand);
        }

        if (!networkIsKnown)
        {
            refusals.Add(PublishingRefusals.NoNetwork);
        }

        if (form.Origin is null)
        {
            refusals.Add(PublishingRefusals.NoServer);
        }

        if (form.Network == "bluesky" && string.IsNullOrWhiteSpace(form.Name))
        {
            refusals.Add(PublishingRefusals.NoName);
        }

        if (string.IsNullOrWhiteSpace(form.Password))
        {
            refusals.Add(PublishingRefusals.NoPassword);
        }

        return refusals;
    }
}
