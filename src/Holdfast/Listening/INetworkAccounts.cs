using Holdfast.Networks.Social;

namespace Holdfast.Listening;

/// <summary>The connected accounts, as listening needs them. A seam because publishing, which keeps them, stands below.</summary>
internal interface INetworkAccounts
{
    Task<IReadOnlyList<NetworkAccount>> AllAsync(CancellationToken cancel);

    /// <summary>Null where there is none any more, or its secret cannot be opened.</summary>
    Task<AccountAccess?> OpenAsync(Guid account, CancellationToken cancel);
}

internal sealed record NetworkAccount(Guid Id, string Network, string Server, string Handle);
