namespace Holdfast.Escalation;

/// <summary>How this node does its work.</summary>
/// <param name="Lease">How long a claim holds without a word; longer than any way takes to answer.</param>
/// <param name="Node">The name this node is known by among the others.</param>
internal sealed record EscalationSettings(TimeSpan Lease, string Node)
{
    /// <summary>Longer than <see cref="Networks.Notices.Mail.SmtpSender.WholeLimit"/>, so that nobody takes what is still being sent.</summary>
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(90);

    public static EscalationSettings From(IConfiguration configuration) => new(
        TimeSpan.TryParse(configuration["Escalation:Lease"], System.Globalization.CultureInfo.InvariantCulture, out var lease) ? lease : DefaultLease,
        configuration["Node"] ?? Environment.MachineName);
}
