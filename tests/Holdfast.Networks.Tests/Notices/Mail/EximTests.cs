using System.Text;
using Holdfast.Core.Escalation;
using Holdfast.Networks.Notices.Mail;

namespace Holdfast.Networks.Tests.Notices.Mail;

/// <summary>Our SMTP against Debian's exim4.</summary>
public sealed class EximTests(Exim exim) : IClassFixture<Exim>
{
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 3, 7, 9, TimeSpan.FromHours(1));
    private readonly SmtpSender _sender = new(TimeProvider.System);

    [Theory]
    [InlineData(MailSecurity.None)]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Implicit)]
    public async Task A_mail_arrives_whole_over_each_kind_of_connection(MailSecurity security)
    {
        var id = $"whole-{security}@holdfast.test";
        const string text = "Zażółć gęślą jaźń 🚒\n.\n..two dots\nFrom here on\n\nhttps://holdfast.test/a/abc=def";
        var result = await SendAsync(Server(security), Mail("ania@localhost", id, "Poziom 3: loty", text));

        Assert.Equal(DeliveryState.Confirmed, result.Delivery.State);
        Assert.All(result.Steps, s => Assert.True(s.Succeeded, s.Said));
        var arrived = await exim.ReceiveAsync($"<{id}>");
        Assert.Equal(text + "\n", Body(arrived));
        Assert.Contains("Envelope-to: ania@localhost", arrived, StringComparison.Ordinal);
        Assert.Contains("Date: Sun, 01 Mar 2026 03:07:09 +0100", arrived, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", arrived, StringComparison.Ordinal);
        Assert.Contains(security == MailSecurity.None ? "with esmtp " : "with esmtpsa ", arrived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_phases_are_told_one_by_one()
    {
        var result = await SendAsync(Server(MailSecurity.StartTls), Mail("ania@localhost", "steps@holdfast.test"));
        Assert.Equal(
            [SmtpPhase.Connect, SmtpPhase.Greeting, SmtpPhase.Hello, SmtpPhase.Encrypt, SmtpPhase.Hello, SmtpPhase.Authenticate, SmtpPhase.Envelope, SmtpPhase.Content],
            Runs(result.Steps));
    }

    [Fact]
    public async Task A_wrong_password_is_said_plainly_and_not_tried_again()
    {
        var result = await SendAsync(Server(MailSecurity.Implicit) with { Password = "wrong" }, Mail("ania@localhost", "wrong@holdfast.test"));
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.WrongPassword, false), Short(result));
        Assert.Contains("user or the password", result.Delivery.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong@holdfast.test", exim.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_a_sign_in_refuses_without_one_and_takes_it_with_one()
    {
        var refused = await SendAsync(Server(MailSecurity.StartTls) with { User = null }, Mail("signed-in-only@localhost", "anonymous@holdfast.test"));
        var taken = await SendAsync(Server(MailSecurity.StartTls), Mail("signed-in-only@localhost", "signed@holdfast.test"));
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.RecipientRefused, false), Short(refused));
        Assert.Equal(DeliveryState.Confirmed, taken.Delivery.State);
    }

    [Fact]
    public async Task A_password_for_a_server_that_offers_no_sign_in_is_an_error()
    {
        var result = await SendAsync(
            Server(MailSecurity.None) with { User = Exim.User, Password = Exim.Password }, Mail("ania@localhost", "noauth@holdfast.test"));
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.AuthenticationNotOffered, false), Short(result));
    }

    [Theory]
    [InlineData("nobody@localhost", DeliveryFailure.RecipientRefused, false, "no such person")]
    [InlineData("greylisted@localhost", DeliveryFailure.Busy, true, "come back in five minutes")]
    public async Task A_refused_recipient_is_final_and_a_greylisted_one_is_not(string to, DeliveryFailure failure, bool retryable, string said)
    {
        var result = await SendAsync(Server(MailSecurity.StartTls), Mail(to, $"{failure}@holdfast.test"));
        Assert.Equal((DeliveryState.Rejected, failure, retryable), Short(result));
        Assert.Contains(said, result.Delivery.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_that_is_refused_after_the_last_dot_is_rejected_and_not_unknown()
    {
        var result = await SendAsync(Server(MailSecurity.None), Mail("ania@localhost", "unwanted@holdfast.test", "unwanted words"));
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.ContentRefused, false), Short(result));
    }

    [Fact]
    public async Task A_message_beyond_the_servers_limit_is_not_even_begun()
    {
        var result = await SendAsync(
            Server(MailSecurity.None), Mail("ania@localhost", "large@holdfast.test", text: new string('x', 300_000)));
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.TooLarge, false), Short(result));
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Implicit)]
    public async Task A_certificate_of_an_unknown_authority_is_refused_in_plain_words(MailSecurity security)
    {
        var result = await SendAsync(Server(security) with { OwnAuthority = null }, Mail("ania@localhost", "untrusted@holdfast.test"));
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.CertificateRefused, false), Short(result));
        Assert.Contains("not signed by an authority", result.Delivery.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_in_plain_words()
    {
        var result = await SendAsync(Server(MailSecurity.StartTls) with { Host = "127.0.0.1" }, Mail("ania@localhost", "name@holdfast.test"));
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.CertificateRefused, false), Short(result));
        Assert.Contains("is not for “127.0.0.1”", result.Delivery.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_beyond_ascii_goes_to_a_server_that_speaks_SMTPUTF8()
    {
        var result = await SendAsync(Server(MailSecurity.StartTls), Mail("łucja@localhost", "utf8@holdfast.test"));
        Assert.Equal(DeliveryState.Confirmed, result.Delivery.State);
        Assert.Contains("To: <łucja@localhost>", await exim.ReceiveAsync("<utf8@holdfast.test>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_growing_page_is_one_thread()
    {
        var mail = Mail("ania@localhost", "second@holdfast.test") with { InReplyTo = "first@holdfast.test", References = ["first@holdfast.test"] };
        await SendAsync(Server(MailSecurity.None), mail);
        var arrived = await exim.ReceiveAsync("Message-ID: <second@holdfast.test>");
        Assert.Contains("In-Reply-To: <first@holdfast.test>", arrived, StringComparison.Ordinal);
        Assert.Contains("References: <first@holdfast.test>", arrived, StringComparison.Ordinal);
    }

    private Task<MailResult> SendAsync(MailServer server, MailMessage mail)
    {
        Assert.SkipUnless(Exim.IsInstalled, "Debian's exim4-daemon-light is not installed, or this is not root");
        return _sender.SendAsync(server, mail, TestContext.Current.CancellationToken);
    }

    private MailServer Server(MailSecurity security) => security == MailSecurity.None
        ? new MailServer("localhost", exim.Port, security, "holdfast@localhost")
        : new MailServer("localhost", security == MailSecurity.Implicit ? exim.TlsPort : exim.Port, security, "holdfast@localhost",
            User: Exim.User, Password: Exim.Password, OwnAuthority: exim.Authority);

    private static MailMessage Mail(string to, string id, string subject = "Level 3", string text = "Text.") =>
        new(Mailbox.Parse(to).Value, null, subject, text, null, id, Night);

    private static (DeliveryState State, DeliveryFailure Failure, bool Retryable) Short(MailResult result) =>
        (result.Delivery.State, result.Delivery.Failure, result.Delivery.Retryable);

    private static List<SmtpPhase> Runs(IReadOnlyList<SmtpStep> steps) =>
        [.. steps.Where((s, i) => i == 0 || steps[i - 1].Phase != s.Phase).Select(s => s.Phase)];

    /// <summary>Undoes quoted-printable, as a mail reader does.</summary>
    private static string Body(string mail)
    {
        var encoded = mail[(mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("=\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '=')
            {
                bytes.Add(Convert.FromHexString(encoded.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add((byte)encoded[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
