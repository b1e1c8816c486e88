using System.Text;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>Writes header fields: folded, in ASCII, with no way for a value to begin another field.</summary>
internal sealed class HeaderWriter(StringBuilder output)
{
    private const int FoldAt = 78;
    private const int MaxEncodedWord = 75;

    /// <summary>RFC 5322: no line beyond 998; a run without spaces that is longer than this is encoded so that it can be folded.</summary>
    private const int MaxPlainRun = 70;

    /// <summary>A field of free text, such as the subject.</summary>
    public void Text(string name, string value)
    {
        var safe = OneLine(value);
        Fold(name, NeedsEncoding(safe) ? EncodedWords(safe) : safe.Split(' '));
    }

    /// <summary>A field of an address with a name for people.</summary>
    public void Address(string name, string? display, string address)
    {
        var words = string.IsNullOrWhiteSpace(display) ? [] : Phrase(OneLine(display));
        Fold(name, [.. words, $"<{Strict(address)}>"]);
    }

    /// <summary>A field of one or more message ids.</summary>
    public void MessageIds(string name, IEnumerable<string> ids) => Fold(name, ids.Select(id => $"<{Strict(id)}>"));

    /// <summary>A field whose value is our own constant.</summary>
    public void Plain(string name, string value) => output.Append(name).Append(": ").Append(value).Append("\r\n");

    private void Fold(string name, IEnumerable<string> words)
    {
        output.Append(name).Append(':');
        var column = name.Length + 1;
        foreach (var word in words)
        {
            if (column + 1 + word.Length > FoldAt && column > 1 && word.Length > 0)
            {
                output.Append("\r\n");
                column = 0;
            }

            output.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        output.Append("\r\n");
    }

    /// <summary>Control signs and line ends of every alphabet become spaces, broken surrogates a question mark.</summary>
    private static string OneLine(string value)
    {
        var line = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            line.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        }

        return string.Join(' ', line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Strict(string value) =>
        value.Any(c => c is '<' or '>' || char.IsControl(c) || char.IsWhiteSpace(c))
            ? throw new ArgumentException("An address or message id with a space, bracket or control sign cannot be written.", nameof(value))
            : value;

    private static bool NeedsEncoding(string value) =>
        !Ascii.IsValid(value) || value.Contains("=?", StringComparison.Ordinal) || value.Split(' ').Any(w => w.Length > MaxPlainRun);

    private static IEnumerable<string> Phrase(string display) =>
        NeedsEncoding(display) || display.Length > MaxPlainRun ? EncodedWords(display) : [$"\"{display.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""];

    /// <summary>RFC 2047, B: each word whole in itself, none cutting a character in two.</summary>
    private static IEnumerable<string> EncodedWords(string value)
    {
        const string prefix = "=?utf-8?B?";
        const int maxBytes = (MaxEncodedWord - 12) / 4 * 3;
        var bytes = new List<byte>(maxBytes);
        var one = new byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (bytes.Count + length > maxBytes)
            {
                yield return prefix + Convert.ToBase64String([.. bytes]) + "?=";
                bytes.Clear();
            }

            bytes.AddRange(one.AsSpan(0, length));
        }

        yield return prefix + Convert.ToBase64String([.. bytes]) + "?=";
    }
}
