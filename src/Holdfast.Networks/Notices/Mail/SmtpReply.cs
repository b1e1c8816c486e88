namespace Holdfast.Networks.Notices.Mail;

/// <summary>A whole answer: its three-digit code and its lines without it.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int MaxShown = 300;

    public bool IsOk => Code is >= 200 and < 300;

    /// <summary>4xx: the server says that trying later may help.</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>For people: on one line, without control signs, not endless.</summary>
    public override string ToString()
    {
        var text = $"{Code} {string.Join(' ', Lines)}";
        var clean = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return clean.Length <= MaxShown ? clean : clean[..MaxShown] + "…";
    }
}

/// <summary>The other side said something that is not SMTP, or too much of it.</summary>
internal sealed class SmtpProtocolException(string message) : Exception(message);
