using Holdfast.Core.Escalation;

namespace Holdfast.Networks.Notices;

/// <summary>
/// One way to reach a person. A way says what became of a message and never throws for what the other side can do;
/// when it is told to stop, it answers what it knows.
/// </summary>
public interface IPageWay
{
    PageWay Way { get; }

    Task<Delivery> SendAsync(PageMessage message, CancellationToken cancel);
}

/// <summary>One message to one person, ready to go.</summary>
/// <param name="MessageId">Our own, without brackets; another for each try.</param>
/// <param name="Thread">The same for all messages of one page.</param>
public sealed record PageMessage(
    string Address, string? Name, string Subject, string Text, string Html, string MessageId, string Thread, DateTimeOffset At, bool Urgent);
