using System.Text;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>Text from outside as it may be stored: well formed, without NUL and other control characters, not too long.</summary>
internal static class IntakeText
{
    /// <summary>Null where nothing is left. Lines and tabs stay.</summary>
    public static string? Clean(string text, int limit)
    {
        text = PostRules.Cut(text.Trim(), limit);
        if (text.AsSpan().ContainsAnyInRange('\0', '\u0008') || text.AsSpan().ContainsAnyInRange('\u000b', '\u001f') || !IsWellFormed(text))
        {
            var clean = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                if (rune.Value is >= 32 or '\n' or '\t' or '\r')
                {
                    clean.Append(rune.ToString());
                }
            }

            text = clean.ToString();
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>Bytes from anywhere, as they may stand in a page.</summary>
    public static string Shown(byte[] raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var rune in Encoding.UTF8.GetString(raw).EnumerateRunes())
        {
            text.Append(rune.Value is < 32 and not ('\n' or '\t' or '\r') or 127 ? "\ufffd" : rune.ToString());
        }

        return text.ToString();
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
