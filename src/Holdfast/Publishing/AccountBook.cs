using System.Security.Cryptography;
using System.Text;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>Opens accounts for writing: their secrets are sealed with the installation's key and leave here only in an <see cref="AccountAccess"/>.</summary>
internal sealed class AccountBook(Store store, IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("Holdfast.Publishing.Account.v1");

    public byte[] Seal(string secret) => _seal.Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>Null where there is no such account, or its secret was sealed by keys that are gone: it must be connected anew.</summary>
    public async Task<AccountAccess?> OpenAsync(AccountId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await AccountAccessSql.ReadAsync(connection, id, cancel) is { } row && Open(row.Secret) is { } secret
            ? new AccountAccess(new Uri(row.Server), row.NetworkId, row.Handle, secret, (renewed, token) => KeepAsync(id, renewed, token))
            : null;
    }

    /// <summary>The network no longer takes our token; what is scheduled waits for a person.</summary>
    public static Task SignInNeededAsync(NpgsqlTransaction transaction, AccountId id, string note, CancellationToken cancel) =>
        AccountAccessSql.SetStateAsync(transaction, id, AccountState.SignInNeeded, note, cancel);

    private Task KeepAsync(AccountId id, string secret, CancellationToken cancel) =>
        store.InTransactionAsync(transaction => AccountAccessSql.KeepAsync(transaction, id, Seal(secret), cancel), cancel);

    private string? Open(byte[] secret)
    {
        try
        {
            return Encoding.UTF8.GetString(_seal.Unprotect(secret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
