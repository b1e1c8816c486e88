using Holdfast.Core.People;
using Holdfast.Database;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.People;

/// <summary>Checks a code as the framework's second factor. Unlike the framework's own, a code is good once.</summary>
internal sealed class TotpProvider(Store store, TimeProvider time) : IUserTwoFactorTokenProvider<Account>
{
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(user.TotpSecret is not null);

    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        if (user.TotpSecret is null || Totp.Accept(user.TotpSecret, token, user.TotpLastStep, time.GetUtcNow()) is not { } step)
        {
            return false;
        }

        await using var connection = await store.OpenAsync(CancellationToken.None);
        user.TotpLastStep = step;
        return await AccountSql.UseTotpStepAsync(connection, user.Id, step, CancellationToken.None);
    }
}
