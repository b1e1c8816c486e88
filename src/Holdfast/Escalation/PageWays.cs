using Holdfast.Database;
using Holdfast.Networks.Notices;
using Holdfast.Networks.Notices.Mail;

namespace Holdfast.Escalation;

/// <summary>Which way a message really goes: mail where a server is set, else the outbox.</summary>
internal sealed class PageWays(MailSettingsDesk mail, SmtpSender sender, Store store, TimeProvider time)
{
    public async Task<IPageWay> ForAsync(CancellationToken cancel) =>
        await mail.ServerAsync(cancel) is { } server ? new MailWay(sender, server) : new OutboxWay(store, time);
}
