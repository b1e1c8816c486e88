namespace Holdfast.Networks.Notices.Mail;

/// <summary>One mail to one person.</summary>
/// <param name="MessageId">Without brackets: <c>id@example.org</c>, made from our own ids.</param>
/// <param name="Text">Plain text, lines ended by \n.</param>
/// <param name="Html">The same as simple HTML, or null.</param>
/// <param name="InReplyTo">The message id this one follows in its thread.</param>
/// <param name="References">The thread from its first message on, oldest first.</param>
public sealed record MailMessage(
    Mailbox To,
    string? ToName,
    string Subject,
    string Text,
    string? Html,
    string MessageId,
    DateTimeOffset Date,
    string? InReplyTo = null,
    IReadOnlyList<string>? References = null,
    bool Urgent = false);
