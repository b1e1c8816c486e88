using System.Data.Common;
using Dapper;
using Holdfast.Core.People;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.People;

/// <summary>The row behind signing in: the person with their proofs.</summary>
internal sealed class AccountSql(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("totp");

    private const string Columns = """
        id, name, mail, phone, language, time_zone, permission, password_hash, totp_secret, totp_last_step, recovery_codes,
        failed_sign_ins, locked_until, security_stamp
        """;

    private const string FindById = $"select {Columns} from person where id = @id and left_at is null";
    private const string FindByMail = $"select {Columns} from person where lower(mail) = lower(@mail) and left_at is null";

    private const string Insert = $"""
        insert into person ({Columns}, created_at)
        values (@Id, @Name, @Mail, @Phone, @Language, @TimeZone, @Permission, @PasswordHash, @TotpSecret, @TotpLastStep,
          @RecoveryCodes, @FailedSignIns, @LockedUntil, @SecurityStamp, @now)
        """;

    private const string Update = """
        update person set name = @Name, mail = @Mail, phone = @Phone, language = @Language, time_zone = @TimeZone,
          permission = @Permission, password_hash = @PasswordHash, totp_secret = @TotpSecret, totp_last_step = @TotpLastStep,
          recovery_codes = @RecoveryCodes, failed_sign_ins = @FailedSignIns, locked_until = @LockedUntil,
          security_stamp = @SecurityStamp
        where id = @Id
        """;

    // A code is good once, also when two requests carry it at the same instant.
    private const string UseTotpStep = """
        update person set totp_last_step = @step where id = @id and (totp_last_step is null or totp_last_step < @step)
        """;


    private const string FindByPasskey = $"""
        select {Columns} from person
        where left_at is null and id = (select person_id from passkey where credential_id = @credential)
        """;

    public Task<Account?> FindAsync(DbConnection connection, PersonId id, CancellationToken cancellationToken) =>
        OneAsync(connection, FindById, new { id }, cancellationToken);

    public Task<Account?> FindByMailAsync(DbConnection connection, string mail, CancellationToken cancellationToken) =>
        OneAsync(connection, FindByMail, new { mail }, cancellationToken);

    public Task<Account?> FindByPasskeyAsync(DbConnection connection, byte[] credential, CancellationToken cancellationToken) =>
        OneAsync(connection, FindByPasskey, new { credential }, cancellationToken);

    public Task InsertAsync(DbConnection connection, Account account, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(Insert, Values(account, now), cancellationToken: cancellationToken));

    public Task UpdateAsync(DbConnection connection, Account account, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(Update, Values(account, default), cancellationToken: cancellationToken));

    public static async Task<bool> UseTotpStepAsync(DbConnection connection, PersonId id, long step, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(UseTotpStep, new { id, step }, cancellationToken: cancellationToken)) == 1;

    private async Task<Account?> OneAsync(DbConnection connection, string sql, object values, CancellationToken cancellationToken)
    {
        var account = await connection.QuerySingleOrDefaultAsync<Account>(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
        if (account?.TotpSecret is { } secret)
        {
            account.TotpSecret = _seal.Unprotect(secret);
        }

        return account;
    }

    private object Values(Account account, DateTimeOffset now) => new
    {
        account.Id,
        account.Name,
        account.Mail,
        account.Phone,
        account.Language,
        account.TimeZone,
        Permission = account.Permission.ToString(),
        account.PasswordHash,
        TotpSecret = account.TotpSecret is null ? null : _seal.Protect(account.TotpSecret),
        account.TotpLastStep,
        account.RecoveryCodes,
        account.FailedSignIns,
        account.LockedUntil,
        account.SecurityStamp,
        now,
    };
}
