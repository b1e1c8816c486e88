using System.Globalization;
using System.Text;
using Holdfast.Core;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>A mail address that was looked at: no spaces, no control signs, no brackets, so that it can stand in a command.</summary>
public sealed record Mailbox
{
    /// <summary>RFC 5321, 4.5.3.1.</summary>
    public const int MaxLocalBytes = 64;

    public const int MaxDomainBytes = 255;

    private const string Atom = "!#$%&'*+-/=?^_`{|}~.";

    private Mailbox(string local, string domain) => (Local, Domain) = (local, domain);

    public string Local { get; }

    /// <summary>In ASCII: an international name in its xn-- form.</summary>
    public string Domain { get; }

    /// <summary>The part before the @ is beyond ASCII: only a server that speaks SMTPUTF8 can take it.</summary>
    public bool IsInternational => !Ascii.IsValid(Local);

    public override string ToString() => $"{Local}@{Domain}";

    public static Result<Mailbox> Parse(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1)
        {
            return Refuse("It must have the form name@example.org.");
        }

        var local = text[..at];
        if (Encoding.UTF8.GetByteCount(local) > MaxLocalBytes || local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal))
        {
            return Refuse("The part before the @ is too long or has a dot out of place.");
        }

        var wrong = local.FirstOrDefault(c => !IsAtom(c));
        if (wrong != default)
        {
            return Refuse($"The part before the @ may not hold the character U+{(int)wrong:X4}.");
        }

        return ToAscii(text[(at + 1)..]) is { } domain ? new Mailbox(local, domain) : Refuse("The part after the @ is not the name of a machine.");
    }

    private static bool IsAtom(char c) => char.IsAsciiLetterOrDigit(c)
        || Atom.Contains(c)
        || (c > 0x9F && !char.IsControl(c) && !char.IsWhiteSpace(c) && !char.IsSurrogate(c)
            && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));

    private static string? ToAscii(string domain)
    {
        try
        {
            var ascii = Ascii.IsValid(domain) ? domain : new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
            return ascii.Length <= MaxDomainBytes && ascii.Split('.').All(IsLabel) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-';

    private static Refusal Refuse(string why) => new("mail.address", "This is not a mail address. " + why, "address");
}
