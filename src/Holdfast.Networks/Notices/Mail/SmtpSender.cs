using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Holdfast.Core.Escalation;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>Hands one mail to a server and says what became of it. Never throws for what a server or a network can do.</summary>
public sealed class SmtpSender(TimeProvider time)
{
    /// <summary>All phases together: a page that hangs longer than this had better go another way.</summary>
    public static readonly TimeSpan WholeLimit = TimeSpan.FromSeconds(60);

    /// <summary>A page is a few kilobytes; anything near this is a mistake of ours.</summary>
    public const int MaxMessageBytes = 1024 * 1024;

    public async Task<MailResult> SendAsync(MailServer server, MailMessage message, CancellationToken ct)
    {
        if (!Mailbox.Parse(server.From).Succeeded(out var sender))
        {
            return new MailResult(Delivery.Rejected(DeliveryFailure.BadAddress, false, $"The sender “{server.From}” is not a mail address."), []);
        }

        var content = DotStuffing.Apply(MimeWriter.Write(message, server));
        if (content.Length > MaxMessageBytes)
        {
            return new MailResult(Delivery.Rejected(DeliveryFailure.TooLarge, false, $"The message is larger than {MaxMessageBytes} bytes."), []);
        }

        using var clock = new CancellationTokenSource(WholeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, ct);
        var delivery = new SmtpDelivery(server, time, both.Token);
        await using (delivery.ConfigureAwait(false))
        {
            var ending = await EndAsync(delivery, new Envelope(sender, message.To, content)).ConfigureAwait(false);
            return new MailResult(ending, delivery.Steps);
        }
    }

    private static async Task<Delivery> EndAsync(SmtpDelivery delivery, Envelope envelope)
    {
        try
        {
            return await delivery.RunAsync(envelope).ConfigureAwait(false);
        }
        catch (SmtpRefusedException refused)
        {
            return refused.Delivery;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or SmtpProtocolException or AuthenticationException or CryptographicException)
        {
            return delivery.Explain(e);
        }
    }
}

/// <summary>Who says it to whom, and the dot-stuffed bytes.</summary>
internal sealed record Envelope(Mailbox From, Mailbox To, byte[] Content)
{
    public bool IsInternational => From.IsInternational || To.IsInternational;
}

/// <summary>The server said no; ends the delivery from any phase.</summary>
internal sealed class SmtpRefusedException(Delivery delivery) : Exception(delivery.Detail)
{
    public Delivery Delivery { get; } = delivery;
}
