using System.Text;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>RFC 2045, 6.7: any text as ASCII lines of at most 76.</summary>
internal static class QuotedPrintable
{
    private const int MaxLine = 76;
    private const string Hex = "0123456789ABCDEF";

    public static void Write(StringBuilder output, string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        foreach (var line in lines)
        {
            WriteLine(output, Encoding.UTF8.GetBytes(line));
            output.Append("\r\n");
        }
    }

    private static void WriteLine(StringBuilder output, byte[] line)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            // A space at the end of a line would be stripped on the way.
            var plain = line[i] is >= 33 and <= 126 and not (byte)'=' || (line[i] is (byte)' ' or (byte)'\t' && i < line.Length - 1);
            var width = plain ? 1 : 3;
            if (column + width > MaxLine - 1)
            {
                output.Append("=\r\n");
                column = 0;
            }

            if (plain)
            {
                output.Append((char)line[i]);
            }
            else
            {
                output.Append('=').Append(Hex[line[i] >> 4]).Append(Hex[line[i] & 15]);
            }

            column += width;
        }
    }
}
