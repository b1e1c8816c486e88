using System.Globalization;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>What the server says it can do, from its answer to EHLO; nothing at all after HELO.</summary>
internal sealed record SmtpOffer(
    bool StartTls, bool Pipelining, bool EightBit, bool International, long? MaxSize, bool HasSize, IReadOnlySet<string> Authentication)
{
    public static SmtpOffer None { get; } = new(false, false, false, false, null, false, new HashSet<string>());

    public static SmtpOffer From(SmtpReply reply)
    {
        var authentication = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in reply.Lines.Skip(1))
        {
            // Some old servers write AUTH=LOGIN.
            var parts = line.Split([' ', '='], 2);
            words[parts[0]] = parts.Length > 1 ? parts[1] : "";
            if (parts[0].Equals("AUTH", StringComparison.OrdinalIgnoreCase) && parts.Length > 1)
            {
                authentication.UnionWith(parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        var size = words.TryGetValue("SIZE", out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes : (long?)null;
        return new SmtpOffer(
            words.ContainsKey("STARTTLS"),
            words.ContainsKey("PIPELINING"),
            words.ContainsKey("8BITMIME"),
            words.ContainsKey("SMTPUTF8"),
            size,
            words.ContainsKey("SIZE"),
            authentication);
    }
}
