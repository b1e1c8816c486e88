using Holdfast.Core.Escalation;
using Holdfast.Networks.Notices.Mail;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Notices.Mail;

/// <summary>Servers that hang, lie, flood and vanish.</summary>
public sealed class HostileServerTests
{
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 3, 7, 9, TimeSpan.Zero);

    [Fact]
    public async Task A_server_that_never_answers_ends_in_a_time_out_that_may_be_tried_again()
    {
        var connected = new TaskCompletionSource();
        await using var server = new HostileServer(async talk =>
        {
            connected.SetResult();
            await talk.ForeverAsync();
        });
        var time = new FakeTime(Night);
        var sending = SendAsync(server, time: time);
        await connected.Task;
        // The greeting's own limit is shorter than the limit of the whole.
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.TimedOut, true), Short(await sending));
    }

    [Theory]
    [InlineData("endless line")]
    [InlineData("endless lines")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("\0\0\0\r\n")]
    [InlineData("99 too small\r\n")]
    public async Task What_is_not_SMTP_is_refused_without_filling_the_memory(string what)
    {
        await using var server = new HostileServer(async talk =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                await talk.SayAsync(what switch
                {
                    "endless line" => new string('2', 1000),
                    "endless lines" => "220-more\r\n",
                    _ => what,
                });
            }
        });
        var result = await SendAsync(server);
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.NotUnderstood, false), Short(result));
    }

    [Fact]
    public async Task A_connection_lost_after_the_last_dot_is_unknown_and_never_called_rejected()
    {
        await using var server = new HostileServer(async talk =>
        {
            await talk.BehaveToDataAsync();
            await talk.HearToTheDotAsync();
        });
        var result = await SendAsync(server);
        Assert.Equal((DeliveryState.Unknown, DeliveryFailure.AnswerLost, false), Short(result));
    }

    [Fact]
    public async Task A_connection_lost_before_the_content_was_sent_is_rejected_and_may_be_tried_again()
    {
        await using var server = new HostileServer(async talk =>
        {
            await talk.SayAsync("220 hello\r\n");
            await talk.HearAsync();
            await talk.SayAsync("250 hello\r\n");
            await talk.HearAsync();
        });
        var result = await SendAsync(server);
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.ConnectionLost, true), Short(result));
    }

    [Theory]
    [InlineData("452 disk full\r\n", DeliveryFailure.Busy, true)]
    [InlineData("554 spam\r\n", DeliveryFailure.ContentRefused, false)]
    public async Task A_no_after_the_last_dot_is_a_no(string verdict, DeliveryFailure failure, bool retryable)
    {
        await using var server = new HostileServer(async talk =>
        {
            await talk.BehaveToDataAsync();
            await talk.HearToTheDotAsync();
            await talk.SayAsync(verdict);
        });
        Assert.Equal((DeliveryState.Rejected, failure, retryable), Short(await SendAsync(server)));
    }

    [Fact]
    public async Task Without_STARTTLS_on_offer_nothing_is_sent_in_the_clear()
    {
        var heard = new List<string>();
        await using var server = new HostileServer(async talk =>
        {
            await talk.SayAsync("220 hello\r\n");
            await talk.HearAsync();
            await talk.SayAsync("250-hello\r\n250 AUTH PLAIN\r\n");
            await talk.HearAsync();
            heard.AddRange(talk.Heard);
        });
        var result = await SendAsync(server, MailSecurity.StartTls, user: "pager");
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.EncryptionNotOffered, false), Short(result));
        Assert.DoesNotContain(heard, line => line.Contains("AUTH", StringComparison.Ordinal) || line.Contains("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_slipped_in_before_the_encryption_are_not_believed_after_it()
    {
        await using var server = new HostileServer(async talk =>
        {
            await talk.SayAsync("220 hello\r\n");
            await talk.HearAsync();
            await talk.SayAsync("250-hello\r\n250 STARTTLS\r\n");
            await talk.HearAsync();
            await talk.SayAsync("220 go on\r\n250 injected\r\n");
            await talk.ForeverAsync();
        });
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.NotUnderstood, false), Short(await SendAsync(server, MailSecurity.StartTls)));
    }

    [Theory]
    [InlineData(MailSecurity.Implicit)]
    [InlineData(MailSecurity.StartTls)]
    public async Task What_is_not_TLS_where_TLS_was_promised_is_said_plainly(MailSecurity security)
    {
        await using var server = new HostileServer(async talk =>
        {
            if (security == MailSecurity.StartTls)
            {
                await talk.SayAsync("220 hello\r\n");
                await talk.HearAsync();
                await talk.SayAsync("250-hello\r\n250 STARTTLS\r\n");
                await talk.HearAsync();
                await talk.SayAsync("220 go on\r\n");
                // Something of the handshake must have come, or the nonsense would count as slipped in before it.
                await talk.HearAsync();
            }

            await talk.SayAsync("this is no handshake at all, is it\r\n");
            await talk.ForeverAsync();
        });
        var result = await SendAsync(server, security);
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.EncryptionFailed), (result.Delivery.State, result.Delivery.Failure));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_may_be_tried_again()
    {
        var server = new HostileServer(_ => Task.CompletedTask);
        var port = server.Port;
        await server.DisposeAsync();
        var result = await new SmtpSender(TimeProvider.System).SendAsync(
            new MailServer("127.0.0.1", port, MailSecurity.None, "holdfast@localhost"), Mail(), TestContext.Current.CancellationToken);
        Assert.Equal((DeliveryState.Rejected, DeliveryFailure.Unreachable, true), Short(result));
    }

    [Fact]
    public async Task A_lone_dot_in_the_text_does_not_end_the_mail()
    {
        var heard = new TaskCompletionSource<IReadOnlyList<string>>();
        await using var server = new HostileServer(async talk =>
        {
            await talk.BehaveToDataAsync();
            await talk.HearToTheDotAsync();
            heard.SetResult([.. talk.Heard]);
            await talk.SayAsync("250 taken\r\n");
        });
        var result = await SendAsync(server, text: "one\n.\nMAIL FROM:<x@y>\ntwo");
        Assert.Equal(DeliveryState.Confirmed, result.Delivery.State);
        var lines = await heard.Task;
        Assert.Contains("..", lines);
        Assert.Contains("two", lines);
    }

    private static Task<MailResult> SendAsync(
        HostileServer server, MailSecurity security = MailSecurity.None, string? user = null, string text = "Text.", TimeProvider? time = null) =>
        new SmtpSender(time ?? TimeProvider.System).SendAsync(
            new MailServer("127.0.0.1", server.Port, security, "holdfast@localhost", User: user, Password: user), Mail(text), TestContext.Current.CancellationToken);

    private static MailMessage Mail(string text = "Text.") =>
        new(Mailbox.Parse("ania@localhost").Value, null, "Level 3", text, null, "hostile@holdfast.test", Night);

    private static (DeliveryState State, DeliveryFailure Failure, bool Retryable) Short(MailResult result) =>
        (result.Delivery.State, result.Delivery.Failure, result.Delivery.Retryable);
}
