using System.Text;
using Holdfast.Networks.Notices.Mail;

namespace Holdfast.Networks.Tests.Notices.Mail;

/// <summary>What stands in a mail, and what can never stand there.</summary>
public sealed class MimeWriterTests
{
    private static readonly MailServer Server = new("localhost", 25, MailSecurity.None, "holdfast@localhost", "Zażółć \"Gęślą\"");

    [Theory]
    [InlineData("Level 3\r\nBcc: everyone@example.org")]
    [InlineData("Level 3\nBcc: everyone@example.org")]
    [InlineData("Level 3\rBcc: everyone@example.org")]
    [InlineData("Level 3\u2028Bcc: everyone@example.org")]
    [InlineData("Level 3\r\n\r\n<script>")]
    public void A_subject_cannot_begin_another_field(string subject)
    {
        var lines = Write(subject).Split("\r\n");
        Assert.DoesNotContain(lines, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase) || line.StartsWith("<script", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\r\nb@example.org")]
    [InlineData("a@example.org>\r\nRCPT TO:<b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("<a@example.org>")]
    [InlineData("a@exa mple.org")]
    [InlineData("a@-example.org")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a..b@example.org")]
    [InlineData("\u202Ea@example.org")]
    public void What_is_no_address_is_refused(string address) => Assert.False(Mailbox.Parse(address).Succeeded(out _));

    [Theory]
    [InlineData("ania@example.org", "ania@example.org")]
    [InlineData("a.b+c@example.org", "a.b+c@example.org")]
    [InlineData("ania@łódź.example", "ania@xn--d-uga0v4h.example")]
    public void An_address_is_taken_and_its_domain_written_in_ascii(string address, string written) =>
        Assert.Equal(written, Mailbox.Parse(address).Value.ToString());

    [Fact]
    public void Every_line_is_short_ascii_whatever_the_words_are()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(2000)).Select(_ => (char)random.Next(1, 0xD800))]);
            var mail = Write(text, text, text);
            Assert.True(Ascii.IsValid(mail));
            Assert.All(mail.Split("\r\n"), line => Assert.True(line.Length <= 78 || line.StartsWith("Content-Type: multipart", StringComparison.Ordinal), line));
            Assert.DoesNotContain('\n', mail.Replace("\r\n", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_text_can_forge_the_boundary_between_the_parts()
    {
        var mail = Write("s", "--=_", "--=_");
        Assert.Equal(3, mail.Split("\r\n--=_").Length - 1);
    }

    private static string Write(string subject, string text = "Text.", string? html = null) => Encoding.UTF8.GetString(MimeWriter.Write(
        new MailMessage(Mailbox.Parse("ania@localhost").Value, subject, subject, text, html, "id@holdfast.test", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)), Server));
}
