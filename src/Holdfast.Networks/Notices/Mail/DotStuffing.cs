namespace Holdfast.Networks.Notices.Mail;

/// <summary>RFC 5321, 4.5.2: a line that begins with a dot gets another, so that no text can end the message early.</summary>
internal static class DotStuffing
{
    public static byte[] Apply(ReadOnlySpan<byte> message)
    {
        var output = new List<byte>(message.Length + 64);
        var lineStart = true;
        foreach (var b in message)
        {
            if (lineStart && b == (byte)'.')
            {
                output.Add((byte)'.');
            }

            output.Add(b);
            lineStart = b == (byte)'\n';
        }

        if (!lineStart)
        {
            output.AddRange("\r\n"u8);
        }

        return [.. output];
    }
}
