using Holdfast.Networks.Notices.Mail;

namespace Holdfast.Escalation;

/// <summary>The mail server as it is stored: the password only sealed.</summary>
internal sealed record MailSettings(
    string Host, int Port, MailSecurity Security, string From, string FromName, string? User, string? SealedPassword, string? OwnAuthority);
