using Holdfast.Core;

namespace Holdfast.Escalation;

/// <summary>What this feature refuses, and in which words.</summary>
internal static class Refusals
{
    public static Refusal MailHost { get; } = new("mail.host", "Give the name of the mail server, such as mail.example.org.", "host");

    public static Refusal MailPort { get; } = new("mail.port", "The port is a number from 1 to 65535; usually 587 or 465.", "port");

    public static Refusal MailFrom { get; } = new("mail.from", "Give the address that mail comes from, such as holdfast@example.org.", "from");

    public static Refusal MailAuthority { get; } = new("mail.authority", "Paste a certificate in PEM form: it begins with -----BEGIN CERTIFICATE-----.", "authority");
}
