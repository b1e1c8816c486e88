namespace Holdfast.Networks.Notices.Mail;

/// <summary>How the connection is protected.</summary>
public enum MailSecurity
{
    /// <summary>In the clear; a password is then sent to this very machine only.</summary>
    None,

    /// <summary>Begun in the clear and upgraded before anything is said; never carried on without (port 587).</summary>
    StartTls,

    /// <summary>Encrypted from the first byte (port 465).</summary>
    Implicit,
}

/// <summary>The server that takes our mail.</summary>
/// <param name="From">The address mail comes from.</param>
/// <param name="OwnAuthority">PEM of the authority (or the certificate itself) to trust instead of the system's; null: the system's.</param>
public sealed record MailServer(
    string Host,
    int Port,
    MailSecurity Security,
    string From,
    string FromName = "Holdfast",
    string? User = null,
    string? Password = null,
    string? OwnAuthority = null)
{
    /// <summary>The password never reaches a log by way of a printed record.</summary>
    public override string ToString() => $"{Host}:{Port} ({Security})";
}
