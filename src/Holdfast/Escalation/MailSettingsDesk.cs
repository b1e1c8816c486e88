using System.Security.Cryptography;
using Holdfast.Core;
using Holdfast.Core.Escalation;
using Holdfast.Database;
using Holdfast.Networks.Notices.Mail;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.Escalation;

/// <summary>The form of the mail server as a person filled it in.</summary>
/// <param name="Password">Empty: keep the one that is set.</param>
internal sealed record MailForm(
    string Host, string Port, MailSecurity Security, string From, string FromName, string? User, string? Password, string? OwnAuthority);

/// <summary>The mail server that pages go through.</summary>
internal sealed class MailSettingsDesk(Store store, IDataProtectionProvider protection, SmtpSender sender, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("mail password");

    public async Task<MailSettings?> ReadAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await MailSettingsSql.ReadAsync(connection, cancel);
    }

    /// <summary>The server to send through, or null where none is set.</summary>
    public async Task<MailServer?> ServerAsync(CancellationToken cancel) =>
        await ReadAsync(cancel) is { } set
            ? new MailServer(set.Host, set.Port, set.Security, set.From, set.FromName, set.User, Open(set.SealedPassword), set.OwnAuthority)
            : null;

    public async Task<Result<MailSettings>> SaveAsync(MailForm form, CancellationToken cancel)
    {
        var before = await ReadAsync(cancel);
        var result = Check(form, before);
        if (result.Succeeded(out var settings))
        {
            await store.InTransactionAsync(transaction => MailSettingsSql.WriteAsync(transaction, settings, cancel), cancel);
        }

        return result;
    }

    /// <summary>Mail goes to the outbox again.</summary>
    public Task ForgetAsync(CancellationToken cancel) =>
        store.InTransactionAsync(transaction => MailSettingsSql.ForgetAsync(transaction, cancel), cancel);

    /// <summary>One real mail through the stored settings, with each step on the way; null where no server is set.</summary>
    public async Task<MailResult?> TestAsync(string to, string subject, string text, CancellationToken cancel)
    {
        if (await ServerAsync(cancel) is not { } server)
        {
            return null;
        }

        if (!Mailbox.Parse(to).Succeeded(out var mailbox))
        {
            return new MailResult(Delivery.Rejected(DeliveryFailure.BadAddress, false, $"“{to}” is not a mail address."), []);
        }

        var now = time.GetUtcNow();
        var domain = server.From[(server.From.LastIndexOf('@') + 1)..];
        return await sender.SendAsync(server, new MailMessage(mailbox, null, subject, text, null, $"{Ids.New(time):N}@{domain}", now), cancel);
    }

    private Result<MailSettings> Check(MailForm form, MailSettings? before)
    {
        var refusals = new List<Refusal>();
        var host = form.Host.Trim();
        if (host.Length is 0 or > 253 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            refusals.Add(Refusals.MailHost);
        }

        if (!int.TryParse(form.Port, out var port) || port is < 1 or > 65535)
        {
            refusals.Add(Refusals.MailPort);
        }

        if (!Mailbox.Parse(form.From.Trim()).Succeeded(out _))
        {
            refusals.Add(Refusals.MailFrom);
        }

        if (form.OwnAuthority is { Length: > 0 } pem && !IsPem(pem))
        {
            refusals.Add(Refusals.MailAuthority);
        }

        if (refusals.Count > 0)
        {
            return Result<MailSettings>.Refused(refusals);
        }

        var sealedPassword = form.Password is { Length: > 0 } password ? _protector.Protect(password) : before?.SealedPassword;
        var user = form.User is { Length: > 0 } name ? name.Trim() : null;
        return new MailSettings(host, port, form.Security, form.From.Trim(), form.FromName.Trim(), user, user is null ? null : sealedPassword, form.OwnAuthority is { Length: > 0 } own ? own : null);
    }

    /// <summary>A password sealed by keys that are gone counts as none: the server then says that it is wrong, plainly.</summary>
    private string? Open(string? sealedPassword)
    {
        try
        {
            return sealedPassword is null ? null : _protector.Unprotect(sealedPassword);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsPem(string text) =>
        PemEncoding.TryFind(text, out var found) && text.AsSpan()[found.Label] is "CERTIFICATE";
}
