using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>Turns a message into the bytes that go over the wire, not yet dot-stuffed. Every line is ASCII, unless an address is not.</summary>
internal static class MimeWriter
{
    public static byte[] Write(MailMessage message, MailServer server)
    {
        var output = new StringBuilder(2048);
        var headers = new HeaderWriter(output);
        headers.Plain("Date", message.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(message.Date.Offset));
        headers.Address("From", server.FromName, server.From);
        headers.Address("To", message.ToName, message.To.ToString());
        headers.Text("Subject", message.Subject);
        headers.MessageIds("Message-ID", [message.MessageId]);
        if (message.InReplyTo is { } parent)
        {
            headers.MessageIds("In-Reply-To", [parent]);
        }

        if (message.References is { Count: > 0 } thread)
        {
            headers.MessageIds("References", thread);
        }

        // RFC 3834: no out-of-office note shall answer a page.
        headers.Plain("Auto-Submitted", "auto-generated");
        headers.Plain("X-Auto-Response-Suppress", "All");
        if (message.Urgent)
        {
            headers.Plain("Importance", "high");
            headers.Plain("X-Priority", "1");
        }

        headers.Plain("MIME-Version", "1.0");
        WriteBody(output, headers, message);
        return Encoding.UTF8.GetBytes(output.ToString());
    }

    private static void WriteBody(StringBuilder output, HeaderWriter headers, MailMessage message)
    {
        if (message.Html is not { } html)
        {
            WritePart(output, headers, "text/plain", message.Text);
            return;
        }

        // The equals sign and underscore together cannot stand in quoted-printable text, so no body can forge the boundary.
        var boundary = "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId)))[..32];
        headers.Plain("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        output.Append("\r\n");
        output.Append("--").Append(boundary).Append("\r\n");
        WritePart(output, headers, "text/plain", message.Text);
        output.Append("--").Append(boundary).Append("\r\n");
        WritePart(output, headers, "text/html", html);
        output.Append("--").Append(boundary).Append("--\r\n");
    }

    private static void WritePart(StringBuilder output, HeaderWriter headers, string type, string text)
    {
        headers.Plain("Content-Type", type + "; charset=utf-8");
        headers.Plain("Content-Transfer-Encoding", "quoted-printable");
        output.Append("\r\n");
        QuotedPrintable.Write(output, text);
    }

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
