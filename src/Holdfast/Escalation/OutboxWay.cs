using Holdfast.Core.Escalation;
using Holdfast.Database;
using Holdfast.Networks.Notices;

namespace Holdfast.Escalation;

/// <summary>Keeps messages here for reading instead of sending them.</summary>
internal sealed class OutboxWay(Store store, TimeProvider time) : IPageWay
{
    public const string Topic = "outbox";

    public PageWay Way => PageWay.Outbox;

    public async Task<Delivery> SendAsync(PageMessage message, CancellationToken cancel)
    {
        await store.InTransactionAsync(async transaction =>
        {
            await OutboxSql.InsertAsync(transaction, Ids.New(time), message, cancel);
            await Changes.NotifyAsync(transaction, Topic);
        }, cancel);
        return Delivery.Confirmed("kept in the outbox");
    }
}
