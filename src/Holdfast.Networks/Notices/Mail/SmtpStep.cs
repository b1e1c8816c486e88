using Holdfast.Core.Escalation;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>The phases of one delivery, in order.</summary>
public enum SmtpPhase
{
    Connect,
    Greeting,
    Hello,
    Encrypt,
    Authenticate,
    Envelope,
    Content,
}

/// <summary>How one phase ended, and what the server said.</summary>
public sealed record SmtpStep(SmtpPhase Phase, bool Succeeded, string Said);

/// <summary>The end of a delivery and the way there.</summary>
public sealed record MailResult(Delivery Delivery, IReadOnlyList<SmtpStep> Steps);
