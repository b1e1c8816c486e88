using System.Security.Cryptography;
using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Database;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.People;

/// <summary>People join, prove themselves, change their rights and leave.</summary>
internal sealed class PeopleDesk(Store store, AccountSql accountSql, UserManager<Account> accounts, TimeProvider time)
{
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);
    private const int RecoveryCodeCount = 10;

    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await PeopleSql.CountAsync(connection, cancellationToken) == 0;
    }

    public async Task<IReadOnlyList<PersonRow>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await PeopleSql.AllAsync(connection, cancellationToken);
    }

    public async Task<IReadOnlyList<UserPasskeyInfo>> PasskeysAsync(Account account) => [.. await accounts.GetPasskeysAsync(account)];

    /// <summary>The first administrator; refused as soon as there is anybody.</summary>
    public async Task<Result<Account>> BeginAsync(PersonDraft draft, string password, CancellationToken cancellationToken)
    {
        var account = Make(draft, Permission.Administer);
        if (await PasswordRefusalAsync(account, password) is { } refusal)
        {
            return refusal;
        }

        return await store.InTransactionAsync<Result<Account>>(async transaction =>
        {
            await PeopleSql.LockAsync(transaction, cancellationToken);
            if (await PeopleSql.CountAsync(transaction.Connection!, cancellationToken) > 0)
            {
                return Refusals.AlreadyBegun;
            }

            account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
            await accountSql.InsertAsync(transaction.Connection!, account, time.GetUtcNow(), cancellationToken);
            await AuditAsync(transaction, account.Id, "administrator.begun", account.Mail, cancellationToken);
            return account;
        }, cancellationToken);
    }

    /// <summary>Adds a person and gives the token of the link with which they set their own password or passkey.</summary>
    public async Task<Result<string>> InviteAsync(PersonDraft draft, Permission permission, PersonId by, CancellationToken cancellationToken)
    {
        if (await accounts.FindByNameAsync(draft.Mail) is not null)
        {
            return Refusals.MailTaken;
        }

        var account = Make(draft, permission);
        var (text, hash) = Token.New();
        await store.InTransactionAsync(async transaction =>
        {
            await accountSql.InsertAsync(transaction.Connection!, account, time.GetUtcNow(), cancellationToken);
            await PeopleSql.InviteAsync(transaction.Connection!, hash, account.Id, time.GetUtcNow() + InvitationLife, cancellationToken);
            await AuditAsync(transaction, by, "person.invited", $"{account.Mail}: {permission}", cancellationToken);
        }, cancellationToken);
        return text;
    }

    public async Task<Result<string>> InviteAgainAsync(PersonId person, PersonId by, CancellationToken cancellationToken)
    {
        var (text, hash) = Token.New();
        await store.InTransactionAsync(async transaction =>
        {
            await PeopleSql.InviteAsync(transaction.Connection!, hash, person, time.GetUtcNow() + InvitationLife, cancellationToken);
            await AuditAsync(transaction, by, "person.invited-again", person.Value.ToString(), cancellationToken);
        }, cancellationToken);
        return text;
    }

    public async Task<Account?> InvitedAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return Token.Hash(token) is { } hash && await PeopleSql.FindInvitationAsync(connection, hash, time.GetUtcNow(), cancellationToken) is { } person
            ? await accounts.FindByIdAsync(person.Value.ToString())
            : null;
    }

    /// <summary>Sets the password by an invitation, which is used up by it. An old second factor and old sessions end.</summary>
    public async Task<Result<Account>> AcceptAsync(string token, string password, CancellationToken cancellationToken)
    {
        if (await InvitedAsync(token, cancellationToken) is not { } account)
        {
            return Refusals.InvitationSpent;
        }

        if (await PasswordRefusalAsync(account, password) is { } refusal)
        {
            return refusal;
        }

        return await store.InTransactionAsync<Result<Account>>(async transaction =>
        {
            if (await PeopleSql.UseInvitationAsync(transaction.Connection!, Token.Hash(token)!, time.GetUtcNow(), cancellationToken) is null)
            {
                return Refusals.InvitationSpent;
            }

            account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
            account.TotpSecret = null;
            account.RecoveryCodes = [];
            account.SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            await accountSql.UpdateAsync(transaction.Connection!, account, cancellationToken);
            await PeopleSql.EndSessionsAsync(transaction, account.Id, time.GetUtcNow(), cancellationToken);
            await AuditAsync(transaction, account.Id, "invitation.accepted", account.Mail, cancellationToken);
            return account;
        }, cancellationToken);
    }

    /// <summary>Takes the secret as second factor once a code from it was typed; gives the recovery codes, shown once.</summary>
    public async Task<Result<IReadOnlyList<string>>> ProtectAsync(PersonId person, byte[] secret, string code, CancellationToken cancellationToken)
    {
        if (Totp.Accept(secret, code, null, time.GetUtcNow()) is not { } step)
        {
            return Refusals.WrongCode;
        }

        var account = await FindAsync(person);
        account.TotpSecret = secret;
        account.TotpLastStep = step;
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodeCount);
        await store.InTransactionAsync(transaction => AuditAsync(transaction, person, "second-factor.set", account.Mail, cancellationToken), cancellationToken);
        return codes!.ToList();
    }

    public async Task<Result<Account>> ChangeAsync(PersonId person, PersonDraft draft, CancellationToken cancellationToken)
    {
        var account = await FindAsync(person);
        if (await accounts.FindByNameAsync(draft.Mail) is { } other && other.Id != person)
        {
            return Refusals.MailTaken;
        }

        (account.Name, account.Mail, account.Language, account.TimeZone) = (draft.Name, draft.Mail, draft.Language, draft.TimeZone);
        await accounts.UpdateAsync(account);
        return account;
    }

    public Task<Result<PersonId>> SetPermissionAsync(PersonId person, Permission permission, PersonId by, CancellationToken cancellationToken) =>
        store.InTransactionAsync<Result<PersonId>>(async transaction =>
        {
            await PeopleSql.LockAsync(transaction, cancellationToken);
            if (permission != Permission.Administer && await PeopleSql.IsLastAdministratorAsync(transaction, person, cancellationToken))
            {
                return Refusals.LastAdministrator;
            }

            await PeopleSql.SetPermissionAsync(transaction, person, permission, cancellationToken);
            await AuditAsync(transaction, by, "permission.changed", $"{person.Value}: {permission}", cancellationToken);
            return person;
        }, cancellationToken);

    public Task<Result<PersonId>> LeaveAsync(PersonId person, PersonId by, CancellationToken cancellationToken) =>
        store.InTransactionAsync<Result<PersonId>>(async transaction =>
        {
            await PeopleSql.LockAsync(transaction, cancellationToken);
            if (await PeopleSql.IsLastAdministratorAsync(transaction, person, cancellationToken))
            {
                return Refusals.LastAdministrator;
            }

            await PeopleSql.LeaveAsync(transaction, person, time.GetUtcNow(), cancellationToken);
            await AuditAsync(transaction, by, "person.left", person.Value.ToString(), cancellationToken);
            return person;
        }, cancellationToken);

    public async Task<Account> FindAsync(PersonId person) =>
        await accounts.FindByIdAsync(person.Value.ToString()) ?? throw new InvalidOperationException("The signed-in person is gone.");

    private Account Make(PersonDraft draft, Permission permission) => new()
    {
        Id = new PersonId(Ids.New(time)),
        Name = draft.Name,
        Mail = draft.Mail,
        Language = draft.Language,
        TimeZone = draft.TimeZone,
        Permission = permission,
        SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
    };

    private async Task<Refusal?> PasswordRefusalAsync(Account account, string password)
    {
        foreach (var validator in accounts.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(accounts, account, password)).Succeeded)
            {
                return Refusals.WeakPassword;
            }
        }

        return null;
    }

    private Task AuditAsync(System.Data.Common.DbTransaction transaction, PersonId by, string act, string subject, CancellationToken cancellationToken) =>
        PeopleSql.AuditAsync(transaction, Ids.New(time), by, act, subject, time.GetUtcNow(), cancellationToken);
}
