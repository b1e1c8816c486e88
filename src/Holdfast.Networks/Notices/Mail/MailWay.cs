using Holdfast.Core.Escalation;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>Pages by mail.</summary>
public sealed class MailWay(SmtpSender sender, MailServer server) : IPageWay
{
    public PageWay Way => PageWay.Mail;

    public async Task<Delivery> SendAsync(PageMessage message, CancellationToken cancel)
    {
        if (!Mailbox.Parse(message.Address).Succeeded(out var to))
        {
            return Delivery.Rejected(DeliveryFailure.BadAddress, false, $"“{message.Address}” is not a mail address.");
        }

        var mail = new MailMessage(
            to, message.Name, message.Subject, message.Text, message.Html, message.MessageId, message.At,
            InReplyTo: message.Thread, References: [message.Thread], message.Urgent);
        return (await sender.SendAsync(server, mail, cancel).ConfigureAwait(false)).Delivery;
    }
}
