namespace Holdfast.Networks.Social;

/// <summary>How to act as an account. The secret is the network folder's own JSON; it never stands in a message, a log or an address.</summary>
/// <param name="keep">Stores a renewed secret before it is used, so that a crash cannot lose the only token that is still good.</param>
public sealed class AccountAccess(Uri server, string networkId, string handle, string secret, Func<string, CancellationToken, Task> keep)
{
    public Uri Server { get; } = server;

    public string NetworkId { get; } = networkId;

    public string Handle { get; } = handle;

    public string Secret { get; private set; } = secret;

    public async Task RenewAsync(string renewed, CancellationToken cancel)
    {
        await keep(renewed, cancel);
        Secret = renewed;
    }

    public override string ToString() => $"{Handle} at {Server.Host}";
}

/// <summary>What a person types to connect an account: a handle and an app password on Bluesky, a server and an access token on Mastodon.</summary>
public sealed record SignIn(Uri Server, string Name, string Password)
{
    public override string ToString() => $"{Name} at {Server.Host}";
}

/// <summary>Who the network says we are, and the secret to keep sealed.</summary>
public sealed record SignedIn(string NetworkId, string Handle, string? DisplayName, string Secret)
{
    public override string ToString() => Handle;
}
