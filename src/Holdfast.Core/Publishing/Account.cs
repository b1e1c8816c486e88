using Holdfast.Core.Brands;

namespace Holdfast.Core.Publishing;

public readonly record struct AccountId(Guid Value);

/// <summary>An account of a brand on a network, in whose name Holdfast writes.</summary>
/// <param name="Network">Lower case, as in <see cref="Listening.Post.Network"/>.</param>
/// <param name="Server">Origin of the server that holds the account: <c>https://mastodon.example</c>.</param>
/// <param name="NetworkId">Who it is for ever: a DID on Bluesky, the account's number on a Mastodon server. Connected again, it is the same account.</param>
/// <param name="Handle">What it is called today.</param>
public sealed record Account(AccountId Id, BrandId Brand, string Network, string Server, string NetworkId, string Handle, AccountState State);

/// <summary>Whether Holdfast can write in the account's name. Names are stored.</summary>
public enum AccountState
{
    Connected,

    /// <summary>The network no longer takes our token: a person must sign in again.</summary>
    SignInNeeded,

    /// <summary>A person took it away; what was scheduled on it is held.</summary>
    Disconnected,
}
