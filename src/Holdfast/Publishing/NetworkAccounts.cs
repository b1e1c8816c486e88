using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.Networks.Social;

namespace Holdfast.Publishing;

/// <summary>The accounts that publishing keeps, for those who listen with them.</summary>
internal sealed class NetworkAccounts(Store store, AccountBook book) : INetworkAccounts
{
    public async Task<IReadOnlyList<NetworkAccount>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await AccountAccessSql.AllAsync(connection, cancel);
    }

    public Task<AccountAccess?> OpenAsync(Guid account, CancellationToken cancel) => book.OpenAsync(new AccountId(account), cancel);
}
